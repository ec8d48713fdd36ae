// A child in the bytes of a base class whose step to the parent keeps all eleven preconditions: no finding, in the form
// with pointers and in the one with references; neither for a child that is a base class. P3425R1; [ptr.launder]/2.
// RUN: %verify_both %s
// expected-no-diagnostics
#include <concepts>
#include <new>
#include <type_traits>
#include <utility>

template <class Receiver>
struct leaf {
  int value;
  explicit leaf(int v) : value(v) {}
  leaf(leaf &&) = delete;
  void start() noexcept { Receiver::make_receiver_for(this).set_value(value); }
};

template <class Parent>
class slot {
public:
  struct receiver {
    Parent *parent;
    template <class Child>
    static receiver make_receiver_for(Child *child) noexcept {
      static_assert(std::same_as<Child, child_type>);
      auto *bytes = std::launder(reinterpret_cast<storage_type *>(child)); // the object to the array it lives in
      auto *self = reinterpret_cast<slot *>(bytes);                        // first member to standard-layout class
      return {static_cast<Parent *>(self)};                                // base to derived
    }
    void set_value(int v) noexcept { parent->complete(v); }
  };
  using child_type = leaf<receiver>;
  slot(slot &&) = delete;

protected:
  explicit slot(int v) { ::new (static_cast<void *>(&storage_)) child_type(v); }
  ~slot() { child().~child_type(); }
  child_type &child() noexcept { return *std::launder(reinterpret_cast<child_type *>(&storage_)); }

private:
  using storage_type = unsigned char[sizeof(child_type)];
  alignas(child_type) storage_type storage_;
};
struct parent : slot<parent> {
  int result = 0;
  explicit parent(int v) : slot(v) {}
  void run() noexcept { child().start(); }
  void complete(int v) noexcept { result = v; }
};

// The step as a function of the slot, with references; the receiver only calls it.
template <class Parent>
struct slot_by_reference {
  struct receiver {
    Parent *parent;
    template <class Child>
    static receiver make_receiver_for(Child *child) noexcept {
      return {slot_by_reference::parent_of(child)};
    }
    void set_value(int v) noexcept { parent->complete(v); }
  };
  using child_type = leaf<receiver>;
  using storage_type = unsigned char[sizeof(child_type)];
  template <class Child>
  static Parent *parent_of(Child *child) noexcept {
    auto &bytes = *std::launder(reinterpret_cast<storage_type *>(child));
    auto &self = reinterpret_cast<slot_by_reference &>(bytes);
    return &static_cast<Parent &>(self);
  }
  slot_by_reference(slot_by_reference &&) = delete;
  explicit slot_by_reference(int v) { ::new (static_cast<void *>(storage)) child_type(v); }
  child_type &child() noexcept { return *std::launder(reinterpret_cast<child_type *>(storage)); }
  alignas(child_type) storage_type storage;
};
struct parent_by_reference : slot_by_reference<parent_by_reference> {
  int result = 0;
  explicit parent_by_reference(int v) : slot_by_reference(v) {}
  void complete(int v) noexcept { result = v; }
};

// The child as a base class: only static_casts, nothing to judge.
template <class Parent>
struct base_receiver {
  Parent *parent;
  template <class Child>
  static base_receiver make_receiver_for(Child *child) noexcept {
    return {static_cast<Parent *>(child)};
  }
  void set_value(int v) noexcept { parent->complete(v); }
};
struct base_parent : leaf<base_receiver<base_parent>> {
  int result = 0;
  explicit base_parent(int v) : leaf(v) {}
  void complete(int v) noexcept { result = v; }
};

int all() {
  parent a{1};
  a.run();
  parent_by_reference b{2};
  b.child().start();
  base_parent c{3};
  c.start();
  return a.result + b.result + c.result;
}
