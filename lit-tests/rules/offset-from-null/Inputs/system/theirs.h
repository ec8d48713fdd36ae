// The offsetof of a C library, and a function that writes its own.
#define their_offsetof(type, member) ((unsigned long) & ((type *)0)->member)
struct record {
  int x;
  int y;
};
inline unsigned long their_offset() { return (unsigned long)&((record *)0)->y; }
