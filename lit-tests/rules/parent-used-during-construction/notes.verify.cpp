// The notes show the call that leads there, and when to do it instead. [class.cdtor]/1.
// RUN: %verify_both %s --checks=parent-used-during-construction
template <class Parent>
struct slot {
  void use() { static_cast<Parent *>(this)->x = 1; } // expected-warning {{'x' is not yet constructed while base 'slot<parent>' is}}
  // expected-note@+1 {{in instantiation of 'slot<parent>::use' requested here}}
  slot() { use(); } // expected-note {{called here, in the constructor of 'slot<parent>'}}
  ~slot() {
    static_cast<Parent *>(this)->y = 2; // expected-warning {{'y' is already destroyed while base 'slot<parent>' is}}
  }
};
// expected-note@+3 {{'parent' constructs its bases before its members; postpone this, to start() for instance}}
// expected-note@+2 {{'parent' destroys its members before its bases; do this in its own destructor, or before}}
// expected-note@+1 {{in instantiation of}}
struct parent : slot<parent> {
  int x = 0;
  int y = 0;
};
parent p;
