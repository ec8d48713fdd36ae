// Where the member happens to be, and what takes no room either. [intro.object]/10.
// RUN: %verify_both %s

struct child {};
struct parent { // expected-note {{make 'child' a base class of 'parent', where it takes no room either, and use static_cast}}
  int x;
  [[no_unique_address]] child c; // expected-note {{'c' is empty and [[no_unique_address]]: it may have the address of any byte of 'parent' (here of byte 0)}}
};
parent *up(child *c) {
  return reinterpret_cast<parent *>(c); // expected-warning {{the address of the empty member 'c' does not determine its 'parent'}}
}

template <class Policy>
struct holder { // expected-note {{make 'child' a base class of 'holder<child>'}}
  int x;
  [[no_unique_address]] Policy policy; // expected-note {{'policy' is empty and [[no_unique_address]]}}
  static holder *of(Policy *p) {
    return reinterpret_cast<holder *>(p); // expected-warning {{the address of the empty member 'policy' does not determine its 'holder<child>'}}
  }
};
auto *a(child *c) { return holder<child>::of(c); } // expected-note {{in instantiation of 'holder<child>::of' requested here}}
