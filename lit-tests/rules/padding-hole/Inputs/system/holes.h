// What a system header's classes look like is not the user's.
struct scattered_by_system {
  char first;
  long value;
  char last;
};
