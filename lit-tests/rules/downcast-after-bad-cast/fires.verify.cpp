// A cast that did not change where the pointer points, and what was done with the result: a downcast, directly and by way
// of locals, by references, in C's spelling; access to a class that the object seen is not. [expr.static.cast]/10, [expr.ref].
// RUN: %verify_both %s --checks=downcast-after-bad-cast --ignore-notes
#include <new>

struct part {
  int number;
};
struct slot {
  alignas(part) unsigned char bytes[sizeof(part)];
};
struct whole : slot {
  int more;
};

whole *up(part *p) {
  return static_cast<whole *>(reinterpret_cast<slot *>(p)); // expected-error {{this pointer still points to the 'part'; the cast at line 17 did not change it [snug-downcast-after-bad-cast]}}
}
whole *upByLocal(part *p) {
  auto *s = reinterpret_cast<slot *>(p);
  return static_cast<whole *>(s); // expected-error {{this pointer still points to the 'part'; the cast at line 20 did not change it}}
}
whole &upByReference(part &p) {
  return static_cast<whole &>(reinterpret_cast<slot &>(p)); // expected-error {{this pointer still points to the 'part'}}
}
whole *upInC(part *p) {
  return (whole *)(slot *)p; // expected-error {{this pointer still points to the 'part'}}
}

// The first member of a class that has no standard layout.
class closed {
public:
  part first;

private:
  int last;
};
struct opened : closed {};
opened *ofAMember(part *p) {
  return static_cast<opened *>(reinterpret_cast<closed *>(p)); // expected-error {{this pointer still points to the 'part'}}
}
struct late {
  int before;
  part second;
};
struct later : late {};
later *ofALaterMember(part *p) {
  return static_cast<later *>(reinterpret_cast<late *>(p)); // expected-error {{this pointer still points to the 'part'}}
}

struct left : part {};
struct right : part {};
struct twice : left, right {};
struct derived : twice {};
derived *ofAnAmbiguousBase(part *p) {
  return static_cast<derived *>(reinterpret_cast<twice *>(p)); // expected-error {{this pointer still points to the 'part'}}
}

struct clock {
  double time;
  double now() const;
};
double ofAVariable() {
  part p{1};
  return reinterpret_cast<clock *>(&p)->time; // expected-error {{this pointer still points to the 'part'; the cast at line 65 did not change it}}
}
double byAMemberFunction() {
  static part p{1};
  const auto &c = reinterpret_cast<const clock &>(p);
  return c.now(); // expected-error {{this pointer still points to the 'part'; the cast at line 69 did not change it}}
}
