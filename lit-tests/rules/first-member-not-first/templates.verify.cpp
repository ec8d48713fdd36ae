// Which member is first may depend on a template's argument: reported once, for the instantiation where it is not.
// [class.mem.general]/31.
// RUN: %verify_both %s

struct wheel {
  int spokes;
};
struct nothing {};
template <class Head>
struct cart : Head {
  wheel left; // expected-note {{'left' is at offset 4 of 'cart<box>'; the cast does not adjust the address}}
  static cart *of(wheel *w) {
    // expected-error@+2 {{'left' is not the first member of 'cart<box>' (that is 'size')}}
    // expected-note@+1 {{move 'left' to the front of 'cart<box>'}}
    return reinterpret_cast<cart *>(w);
  }
};
struct box {
  int size; // expected-note {{'size' is the first member of 'cart<box>'}}
};
auto *a(wheel *w) { return cart<nothing>::of(w); }
auto *b(wheel *w) { return cart<box>::of(w); } // expected-note {{in instantiation of 'cart<box>::of' requested here}}
