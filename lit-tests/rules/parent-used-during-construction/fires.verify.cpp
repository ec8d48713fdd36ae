// A parent's members and member functions, used while one of its bases is constructed or destroyed: in the body, in
// initialisers, through locals and helpers, one call deep, by references. [class.base.init]/18, [class.cdtor]/1-3.
// RUN: %verify_both %s --checks=parent-used-during-construction --ignore-notes
#include <string>

template <class Parent>
struct slot {
  slot() { static_cast<Parent *>(this)->notify(); }  // expected-warning {{'notify' is called on a 'parent' that is not yet constructed while its base 'slot<parent>' is [snug-parent-used-during-construction]}}
  ~slot() { static_cast<Parent *>(this)->notify(); } // expected-warning {{'notify' is called on a 'parent' that is already destroyed while its base 'slot<parent>' is}}
};
struct parent : slot<parent> {
  int x = 0;
  void notify() { ++x; }
};
parent p;

template <class Parent>
struct reads {
  int copy;
  reads() : copy(static_cast<Parent &>(*this).number) {} // expected-warning {{'number' is not yet constructed while base 'reads<read>' is}}
};
struct read : reads<read> {
  int number = 1;
};
read r;

template <class Parent>
struct writes {
  writes() {
    auto *up = static_cast<Parent *>(this);
    up->text = "early"; // expected-warning {{'text' is not yet constructed while base 'writes<written>' is}}
  }
};
struct written : writes<written> {
  std::string text;
};
written w;

// By a member function that casts, and by one that uses.
template <class Parent>
struct helped {
  Parent &self() { return static_cast<Parent &>(*this); }
  void use() { self().text.clear(); }
  helped() { self().text.clear(); } // expected-warning {{'text' is not yet constructed while base 'helped<helping>' is}}
};
struct helping : helped<helping> {
  std::string text;
};
helping h;

template <class Parent>
struct deeper {
  void use() { static_cast<Parent *>(this)->text.clear(); } // expected-warning {{'text' is already destroyed while base 'deeper<deep>' is}}
  ~deeper() { use(); }
};
struct deep : deeper<deep> {
  std::string text;
};
deep d;

// A child whose constructor asks its parent.
struct environment {
  int token;
};
template <class Parent>
struct child {
  int token;
  explicit child(Parent &parent) : token(parent.environment.token) {} // expected-warning {{'environment' is not yet constructed while base 'child_of<operation>' is}}
};
template <class Parent>
struct child_of {
  child<Parent> state;
  child_of() : state(static_cast<Parent &>(*this)) {}
};
struct operation : child_of<operation> {
  struct environment environment {1};
};
operation o;

// A later base.
struct later {
  std::string text;
};
template <class Parent>
struct first {
  first() { static_cast<Parent *>(this)->text.clear(); } // expected-warning {{'text' is not yet constructed while base 'first<two_bases>' is}}
};
struct two_bases : first<two_bases>, later {};
two_bases t;
