// Immovable by itself, by a base, by a member; classes that merely have a start(); hooks that are moved with care.
// [exec.opstate.general]/2.
// RUN: %verify_both %s --checks=movable-operation-state
// expected-no-diagnostics
struct deleted {
  using operation_state_concept = void;
  deleted() = default;
  deleted(deleted &&) = delete;
};
struct by_its_base : deleted {};
struct by_a_member {
  using operation_state_concept = void;
  deleted child;
};
class kept_private {
  kept_private(kept_private &&);

public:
  using operation_state_concept = void;
};
struct timer {
  void start() {}
};
struct declared_only;
template <class T> struct never_instantiated {
  using operation_state_concept = void;
  T value;
};

template <class Derived> struct careful_hook {
  void *handle = this;
  careful_hook() = default;
  careful_hook(careful_hook &&) : handle(this) {}
};
struct carefully_hooked : careful_hook<carefully_hooked> {};
template <class Derived> struct pinned_hook {
  void *handle = this;
  pinned_hook() = default;
  pinned_hook(pinned_hook &&) = delete;
};
struct pinned : pinned_hook<pinned> {};
struct node { // its own business
  node *next = this;
};
auto lambda = [] {};
