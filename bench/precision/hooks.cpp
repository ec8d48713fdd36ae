// Intrusive hooks as they are written outside of the libraries above: found by a pointer to member, by a macro around
// offsetof, by a base class, and from the first member. What is right here must stay silent.
#include <cstddef>
#include <cstdint>

#define parent_of(pointer, type, member)                                                                               \
  (reinterpret_cast<type *>(reinterpret_cast<char *>(pointer) - offsetof(type, member)))

struct hook {
  hook *next = this;
  hook *previous = this;

  void link_behind(hook &other) {
    next = other.next;
    previous = &other;
    next->previous = other.next = this;
  }
  void unlink() {
    next->previous = previous;
    previous->next = next;
    next = previous = this;
  }
};

// By a pointer to member, as a list with a member hook does it.
template <class T, hook T::*Member> class member_list {
public:
  void push_front(T &item) { (item.*Member).link_behind(head_); }
  T &front() { return *owner(head_.next); }

private:
  static T *owner(hook *h) {
    const T *none = nullptr;
    const auto distance = reinterpret_cast<std::uintptr_t>(&(none->*Member));
    return reinterpret_cast<T *>(reinterpret_cast<char *>(h) - distance);
  }
  hook head_;
};

// By a base class: nothing to complain about.
template <class T> class base_list {
public:
  void push_front(T &item) { static_cast<hook &>(item).link_behind(head_); }
  T &front() { return *static_cast<T *>(head_.next); }

private:
  hook head_;
};

struct task {
  int priority = 0;
  hook ready;
  hook all;
};

struct session : hook {
  explicit session(int n) : id(n) {}
  int id;
};

struct request {
  hook pending; // first
  int status = 0;
};

int owner_by_macro(hook *h) { return parent_of(h, task, all)->priority; }

int owner_of_first(hook *h) { return reinterpret_cast<request *>(h)->status; }

int use(task &a, session &b, request &c) {
  member_list<task, &task::ready> ready;
  ready.push_front(a);
  base_list<session> sessions;
  sessions.push_front(b);
  return ready.front().priority + sessions.front().id + owner_by_macro(&a.all) + owner_of_first(&c.pending);
}
