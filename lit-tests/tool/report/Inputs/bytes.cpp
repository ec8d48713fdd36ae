// One record with every kind of byte.
struct whole;
struct nothing {};
struct part {
  explicit part(whole *up) : up(up) {}
  whole *const up;
};
struct whole {
  whole() : child(this) {}
  whole(const whole &) = delete;
  whole &operator=(const whole &) = delete;
  part child;
  char flag = 0;
  nothing hole;
  int number = 0;
  char text[64] = {};
};
whole one;
