// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scheduler as users write one: work runs step by step, the most urgent first. Its operations store no receiver, only
// what the queue needs.
#include <snug/execution.hpp>

#include <cstdio>
#include <utility>

namespace ex = snug::execution;

namespace app::inline SNUG_ABI_NAMESPACE {

// The queue knows nothing of receivers: a list of what to call, sorted by priority.
class agenda {
public:
  struct item {
    int priority;
    void (*run)(item &) noexcept;
    item *next = nullptr;
  };

  void add(item &added) noexcept {
    item **place = &first_;
    while (*place != nullptr && (*place)->priority >= added.priority) {
      place = &(*place)->next;
    }
    added.next = std::exchange(*place, &added);
  }
  bool step() noexcept {
    if (first_ == nullptr) {
      return false;
    }
    item &taken = *std::exchange(first_, first_->next);
    taken.run(taken); // may destroy the item
    return true;
  }

private:
  item *first_ = nullptr;
};

// The operation is an item of the queue. The base class keeps the receiver, or knows how to make it again.
template <class Rcvr>
class operation : public ex::inlinable_operation_state<operation<Rcvr>, Rcvr>, private agenda::item {
  using receiver_base = ex::inlinable_operation_state<operation, Rcvr>;

public:
  template <class Sndr>
  operation(Sndr const &sndr, Rcvr rcvr)
      : receiver_base(std::move(rcvr)), item{sndr.sch.priority, &complete}, agenda_(sndr.sch.queue) {}

  void start() noexcept { agenda_->add(*this); }

private:
  static void complete(item &self) noexcept {
    auto &&rcvr = static_cast<operation &>(self).get_receiver();
    ex::set_value(std::move(rcvr));
  }

  agenda *agenda_;
};

struct scheduler {
  using scheduler_concept = ex::scheduler_tag;

  // What schedule() returns names its operation and is not asked to connect: a parent builds the operation in itself.
  struct sender;
  sender schedule() const noexcept;
  friend bool operator==(scheduler, scheduler) noexcept = default;

  agenda *queue;
  int priority;
};

struct scheduler::sender {
  using sender_concept = ex::sender_tag;
  using in_place_self = sender;
  template <class, class Rcvr> using operation_for = operation<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t()>;

  struct attrs {
    scheduler sch;
    scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) const noexcept { return sch; }
  };
  attrs get_env() const noexcept { return {sch}; }

  scheduler sch;
};

scheduler::sender scheduler::schedule() const noexcept { return {*this}; }

static_assert(ex::scheduler<scheduler>);

struct done {
  using receiver_concept = ex::receiver_tag;
  void set_value(int, int, int) && noexcept { std::puts("all done"); }
  void set_stopped() && noexcept {}
};

} // namespace app::inline SNUG_ABI_NAMESPACE

int main() {
  app::agenda agenda;
  auto task = [&](int priority) {
    return ex::schedule(app::scheduler{&agenda, priority}) | ex::then([priority]() noexcept {
             std::printf("priority %d\n", priority);
             return priority;
           });
  };
  auto op = ex::connect(ex::when_all(task(1), task(3), task(2)), app::done{});
  ex::start(op);
  while (agenda.step()) {
  }
  std::printf("operation size = %zu\n", sizeof(op));
}
