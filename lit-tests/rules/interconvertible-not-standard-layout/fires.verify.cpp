// A class that is not standard-layout shares no address with its first member by the letter: the cast leaves the pointer
// where it was. A warning at the cast, an error where the result is used. [basic.compound]/7.
// RUN: %verify_both %s --ignore-notes

struct engine {
  int power;
};
class car {
public:
  engine motor;

private:
  int plate;
};

car *reinterpreted(engine *e) {
  // expected-warning@+1 {{'car' is not pointer-interconvertible with its first member 'motor'; the result still points to the 'engine' [snug-interconvertible-not-standard-layout]}}
  return reinterpret_cast<car *>(e);
}
car *throughVoid(engine *e) {
  return static_cast<car *>(static_cast<void *>(e)); // expected-warning {{the result still points to the 'engine'}}
}
car *cStyle(engine *e) {
  return (car *)e; // expected-warning {{the result still points to the 'engine'}}
}
using car_pointer = car *;
car *functional(engine *e) {
  return car_pointer(e); // expected-warning {{the result still points to the 'engine'}}
}
car *implicitlyThroughVoid(engine *e) {
  void *anything = e;
  return static_cast<car *>(anything); // expected-warning {{the result still points to the 'engine'}}
}
engine *down(car *c) {
  return reinterpret_cast<engine *>(c); // expected-warning {{the result still points to the 'car'}}
}
const engine *keepsConst(const car *c) {
  return reinterpret_cast<const engine *>(c); // expected-warning {{the result still points to the 'car'}}
}

// Used in the same function: undefined on every execution.
int usedAtOnce(car *c) {
  return reinterpret_cast<engine *>(c)->power; // expected-error {{the result still points to the 'car'}}
}
int usedThroughLocals(car *c) {
  auto *e = reinterpret_cast<engine *>(c); // expected-error {{the result still points to the 'car'}}
  auto *again = e;
  return (*again).power;
}
int usedAsReference(car &c) {
  auto &e = reinterpret_cast<engine &>(c); // expected-error {{the result still points to the 'car'}}
  return e.power;
}
struct sports_car : engine {
  int spoiler;
};
sports_car *usedInDowncast(car *c) {
  return static_cast<sports_car *>(reinterpret_cast<engine *>(c)); // expected-error {{the result still points to the 'car'}} expected-error {{this pointer still points to the 'car'}}
}
engine &usedAsGlvalue(car *c) {
  return *reinterpret_cast<engine *>(c); // expected-error {{the result still points to the 'car'}}
}

// Known members, deeper members, inherited ones.
car *ofAMember(car &c) {
  return reinterpret_cast<car *>(&c.motor); // expected-warning {{the result still points to the 'engine'}}
}
struct garage {
  car first;
};
garage *twoLevels(engine *e) {
  return reinterpret_cast<garage *>(e); // expected-warning {{'garage' is not pointer-interconvertible with its first member 'first'; the result still points to the 'engine'}}
}
struct painted : car {};
painted *inherited(engine *e) {
  return reinterpret_cast<painted *>(e); // expected-warning {{'painted' is not pointer-interconvertible with its first member 'motor'}}
}
// A number at the start counts as well.
engine *numberUp(int *n) { return reinterpret_cast<engine *>(n); }
car *numberUpToo(int *n) {
  return reinterpret_cast<car *>(n); // expected-warning {{'car' is not pointer-interconvertible with its first member 'motor'; the result still points to the 'int'}}
}
