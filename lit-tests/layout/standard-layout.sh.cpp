// Each condition of [class.prop]/2 has its reason, with its place; what breaks a member or base follows as a chain.
// RUN: %snug layout %s --format=json --depth=0 > %t.json
// RUN: %python %S/Inputs/print_reasons.py %t.json | FileCheck --match-full-lines %s
// RUN: %clangxx -std=c++20 -fsyntax-only %s
// RUN: %gxx -std=c++20 -fsyntax-only %s
#include <type_traits>

struct child {
  int v;
};
struct e {};
struct virt {
  virtual void f();
};
// CHECK: virt
// CHECK-NEXT:   sl-virtual-function 13:16: because 'f' is virtual

namespace no {
class mixed {
public:
  child c;

private:
  int x;
};
// CHECK-NEXT: no::mixed
// CHECK-NEXT:   sl-mixed-access 24:7: because member 'x' has different access than 'c'
struct two_classes : child {
  int x;
};
// CHECK-NEXT: no::two_classes
// CHECK-NEXT:   sl-two-classes 9:7: because 'no::two_classes' declares 'x' and its base 'child' declares 'v'
struct other {
  int w;
};
struct two_bases : child, other {};
// CHECK-NEXT: no::two_bases
// CHECK-NEXT:   sl-two-classes 34:7: because base 'child' declares 'v' and base 'no::other' declares 'w'
struct bits {
  int : 4;
};
struct two_bits : bits {
  child c;
};
// CHECK-NEXT: no::two_bits
// CHECK-NEXT:   sl-two-classes 40:7: because 'no::two_bits' declares 'c' and its base 'no::bits' declares an unnamed bit-field
struct reference {
  child c;
  int &r;
};
// CHECK-NEXT: no::reference
// CHECK-NEXT:   sl-reference-member 49:8: because member 'r' is a reference
struct member {
  virt v;
  virt a[2];
};
// CHECK-NEXT: no::member
// CHECK-NEXT:   sl-member-type 54:8: because member 'v' has non-standard-layout type 'virt'
// CHECK-NEXT:   sl-virtual-function 13:16: because 'f' is virtual
// CHECK-NEXT:   sl-member-type 55:8: because member 'a' is an array of non-standard-layout type 'virt'
// CHECK-NEXT:   sl-virtual-function 13:16: because 'f' is virtual
struct base : virt {};
// CHECK-NEXT: no::base
// CHECK-NEXT:   sl-base-type 62:15: because base 'virt' is not standard-layout
// CHECK-NEXT:   sl-virtual-function 13:16: because 'f' is virtual
struct virtual_base : virtual e {};
// CHECK-NEXT: no::virtual_base
// CHECK-NEXT:   sl-virtual-base 66:23: because 'e' is a virtual base
struct s1 : e {};
struct s2 : e {};
struct repeated : s1, s2 {};
// CHECK-NEXT: no::repeated
// CHECK-NEXT:   sl-repeated-base 71:23: because base class 'e' occurs more than once
struct first : e {
  e m;
};
// CHECK-NEXT: no::first
// CHECK-NEXT:   sl-first-member-base 75:5: because 'e', the type of the first member 'm', is also a base class
struct nested {
  e m;
};
struct deep : e {
  nested n[2];
};
// CHECK-NEXT: no::deep
// CHECK-NEXT:   sl-first-member-base 83:10: because 'e', at offset 0 of the first member 'n', is also a base class
struct in_union : e {
  union {
    int i;
    e m;
  };
};
// CHECK-NEXT: no::in_union
// CHECK-NEXT:   sl-first-member-base 88:3: because 'e', at offset 0 of the first anonymous union, is also a base class
struct empty_later : e {
  int x;
  [[no_unique_address]] e n;
};
// CHECK-NEXT: no::empty_later
// CHECK-NEXT:   sl-first-member-base 97:27: because 'e', the type of the empty member 'n', is also a base class
static_assert(!std::is_standard_layout_v<mixed> && !std::is_standard_layout_v<two_classes> &&
              !std::is_standard_layout_v<two_bases> && !std::is_standard_layout_v<two_bits> &&
              !std::is_standard_layout_v<reference> && !std::is_standard_layout_v<member> &&
              !std::is_standard_layout_v<base> && !std::is_standard_layout_v<virtual_base> &&
              !std::is_standard_layout_v<repeated> && !std::is_standard_layout_v<first>);
#ifdef __clang__ // g++ 12 does not look below the first member itself
static_assert(!std::is_standard_layout_v<deep> && !std::is_standard_layout_v<in_union>);
#endif
} // namespace no

namespace yes {
class all_private {
  child c;
  int x;
};
struct s1 : e {};
struct s2 {};
struct empties : s1, s2 {
  child c;
  int x[3];
};
struct constructed {
  constructed();
  ~constructed();
  child c;
};
struct only_base : constructed {};
// The letter may be read otherwise here; clang and g++ agree.
struct holds {
  e m;
};
struct inherited_first : holds, e {};
static_assert(std::is_standard_layout_v<all_private> && std::is_standard_layout_v<empties> &&
              std::is_standard_layout_v<constructed> && std::is_standard_layout_v<only_base> &&
              std::is_standard_layout_v<inherited_first>);
} // namespace yes
