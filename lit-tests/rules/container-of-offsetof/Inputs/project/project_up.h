// The project's own header with the pattern in it.
struct ours {
  int x;
  child c;
};
inline ours *project_up(child *p) {
  return reinterpret_cast<ours *>(reinterpret_cast<char *>(p) - offsetof(ours, c));
}
