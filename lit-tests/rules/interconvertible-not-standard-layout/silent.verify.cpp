// Standard-layout classes and unions share the address with what they start with; nothing is said of types that have
// nothing to do with each other, of bytes, of round trips, or of what was never compiled. [basic.compound]/7.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <cstdint>
#include <cstring>
#include <type_traits>

struct engine {
  int power;
};
class car { // one access for all members, whichever it is
  engine motor;
  int plate;

public:
  car();
  ~car();
  static car *of(engine *e) { return reinterpret_cast<car *>(e); }
  static engine *in(car *c) { return reinterpret_cast<engine *>(c); }
};
static_assert(std::is_standard_layout_v<car>);

struct tag {};
struct tagged : tag {
  engine motor;
};
struct plain : tagged {}; // all data in one base
plain *inherited(engine *e) { return reinterpret_cast<plain *>(e); }
int used(plain *p) { return reinterpret_cast<engine *>(p)->power; }

union any_layout { // a union needs none, even with a member that has none
  engine motor;
  struct {
    int open;

  private:
    int closed;
  } other;
  any_layout();
  ~any_layout();
};
any_layout *ofUnion(engine *e) { return reinterpret_cast<any_layout *>(e); }

struct holder {
  union {
    engine motor;
    double speed;
  };
};
holder *anonymousUnion(engine *e) { return reinterpret_cast<holder *>(e); }

class closed {
public:
  engine motor;

private:
  int plate;
};
struct bicycle {
  double wheels[2];
};
bicycle *unrelated(closed *c) { return reinterpret_cast<bicycle *>(c); }
unsigned char *bytes(closed *c) { return reinterpret_cast<unsigned char *>(c); }
void copy(closed *to, closed const *from) { std::memcpy(static_cast<void *>(to), from, sizeof(engine)); }
engine *roundTrip(engine *e) { return reinterpret_cast<engine *>(reinterpret_cast<closed *>(static_cast<void *>(nullptr)) ? e : e); }
engine *roundTripOfOneValue(void *userData) { return static_cast<engine *>(userData); }
const closed *constOnly(closed *c) { return const_cast<const closed *>(c); }
std::uintptr_t number(closed *c) { return reinterpret_cast<std::uintptr_t>(c); }
closed *unknownOrigin(char *from) { return reinterpret_cast<closed *>(from); }
closed *ofACall(engine *(*get)()) { return reinterpret_cast<closed *>(get()); }

struct incomplete;
incomplete *opaque(engine *e) { return reinterpret_cast<incomplete *>(e); }

struct truck : engine {
  int load;
};
truck *staticCast(engine *e) { return static_cast<truck *>(e); }

template <class T>
T *neverInstantiated(engine *e) {
  return reinterpret_cast<closed *>(e);
}
using never_evaluated = decltype(reinterpret_cast<closed *>((engine *)nullptr)->motor);
