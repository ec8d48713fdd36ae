// Somebody else's classes, with the cast in an inline function.
struct part {
  int v;
};
class whole {
public:
  part p;

private:
  int x;
};
inline whole *to_whole(part *p) { return reinterpret_cast<whole *>(p); }
