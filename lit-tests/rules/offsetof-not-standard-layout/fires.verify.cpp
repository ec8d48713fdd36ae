// offsetof of a class that is not standard-layout is supported if the implementation feels like it; reported where something
// is computed from it. The compiler's own warning speaks of every use. [support.types.layout]/1.
// RUN: %verify_both %s --ignore-notes -- -Wno-invalid-offsetof
#include <cstddef>

class parent {
public:
  int x;

private:
  int y;

public:
  int z;
};
constexpr std::size_t named = offsetof(parent, z); // expected-warning {{offsetof on the non-standard-layout 'parent' is only conditionally supported [snug-offsetof-not-standard-layout]}}
std::size_t returned() {
  return offsetof(parent, z); // expected-warning {{offsetof on the non-standard-layout 'parent'}}
}
std::size_t local() {
  const auto offset = sizeof(int) + offsetof(parent, z); // expected-warning {{offsetof on the non-standard-layout 'parent'}}
  return offset * 2;
}
struct engine {
  int power;
};
struct car : engine {
  int plate;
};
int *added(car *c) {
  // expected-warning@+1 {{offsetof on the non-standard-layout 'car'}}
  auto *bytes = reinterpret_cast<char *>(c) + offsetof(car, plate);
  return reinterpret_cast<int *>(bytes);
}
void shift(void *from, std::size_t by);
struct hook {
  void bind(long by);
};
void handedOn(parent *p, hook &h) {
  shift(p, offsetof(parent, z)); // expected-warning {{offsetof on the non-standard-layout 'parent'}}
  h.bind(-(long)offsetof(parent, z)); // expected-warning {{offsetof on the non-standard-layout 'parent'}}
}
template <class T>
struct offsets {
  static constexpr std::size_t of_z = offsetof(T, z); // expected-warning {{offsetof on the non-standard-layout 'parent'}}
};
std::size_t instantiated() { return offsets<parent>::of_z; }
