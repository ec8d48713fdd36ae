// The sketch that the idea of inlined receivers began with: a parent operation that finds itself from its child member by
// an offsetof. Rejected with the whole chain of reasons; the base class that does the same without arithmetic is silent.
// [expr.add]/4; P3425R1.
// RUN: %verify_both %s -- -Wno-invalid-offsetof
#include <concepts>
#include <cstddef>
#include <utility>

template <class Receiver>
struct leaf {
  int value;
  void start() noexcept { Receiver::make_receiver_for(this).set_value(value); }
};

template <class ParentReceiver>
class by_offset { // expected-note {{offsetof is only conditionally supported here: 'by_offset<sink>' is not a standard-layout class}}
  struct child_receiver {
    by_offset *op;
    template <class ChildOp>
    static child_receiver make_receiver_for(ChildOp *child) noexcept {
      static_assert(std::same_as<ChildOp, leaf<child_receiver>>);
      // expected-warning@+3 {{the address of the enclosing 'by_offset<sink>' is computed by pointer arithmetic that leaves 'child_'; this is undefined [snug-container-of-offsetof]}}
      // expected-note-re@+2 {{make 'leaf<{{.*}}>' a base class of 'by_offset<sink>' and use static_cast, or store a pointer to the 'by_offset<sink>'}}
      auto *parent =
          reinterpret_cast<by_offset *>(reinterpret_cast<unsigned char *>(child) - offsetof(by_offset, child_));
      return {parent};
    }
    void set_value(int v) noexcept { op->receiver.set_value(v); }
  };
  leaf<child_receiver> child_; // expected-note {{'child_' is a member subobject; arithmetic on a pointer to it can only reach one past it}}

public:
  ParentReceiver receiver; // expected-note {{because member 'receiver' has different access than 'child_'}}
  explicit by_offset(int v) : child_{v} {}
  void start() noexcept { child_.start(); }
};

template <class Parent>
struct base_receiver {
  Parent *op;
  template <class ChildOp>
  static base_receiver make_receiver_for(ChildOp *child) noexcept {
    return {static_cast<Parent *>(child)};
  }
  void set_value(int v) noexcept { op->receiver.set_value(v); }
};
template <class ParentReceiver>
struct by_base : leaf<base_receiver<by_base<ParentReceiver>>> {
  ParentReceiver receiver;
};

struct sink {
  int last = 0;
  void set_value(int v) noexcept { last = v; }
};
int run() {
  by_offset<sink> a{1};
  a.start(); // the chain of instantiations starts in leaf::start
  by_base<sink> b{{2}, {}};
  b.start();
  return a.receiver.last + b.receiver.last;
}
// expected-note-re@12 {{in instantiation of '{{.*}}make_receiver_for<{{.*}}>' requested here}}
