// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Senders and receivers of people who know [exec] and nothing of inlined receivers: they work, and store what they
// must.
#include <snug/execution.hpp>

#include <cstdio>
#include <utility>

namespace ex = snug::execution;

namespace foreign::inline SNUG_ABI_NAMESPACE {

// Counts down by itself; keeps its receiver, as [exec] always allowed.
template <class Rcvr> struct countdown_op {
  using operation_state_concept = ex::operation_state_tag;
  Rcvr rcvr;
  int from;

  void start() noexcept {
    while (from > 0) {
      std::printf("%d… ", from--);
    }
    ex::set_value(std::move(rcvr), 42);
  }
};

struct countdown {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  int from;

  template <class Rcvr> countdown_op<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), from}; }
};

struct print {
  using receiver_concept = ex::receiver_tag;
  void set_value(int x) && noexcept { std::printf("%d\n", x); }
};

// One who does know: inlinable_operation_state keeps the receiver only where nobody can make it again, and naming the
// operation lets a parent hold it as a base class.
template <class Rcvr> class answer_op : public ex::inlinable_operation_state<answer_op<Rcvr>, Rcvr> {
public:
  template <class Sndr>
  answer_op(Sndr const &, Rcvr rcvr) : ex::inlinable_operation_state<answer_op, Rcvr>(std::move(rcvr)) {}

  void start() noexcept {
    auto &&rcvr = this->get_receiver();
    ex::set_value(std::move(rcvr), 42);
  }
};

struct answer {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  using in_place_self = answer;
  template <class, class Rcvr> using operation_for = answer_op<Rcvr>;
};

} // namespace foreign::inline SNUG_ABI_NAMESPACE

int main() {
  auto twice = ex::then([](int x) noexcept { return 2 * x; });

  auto storing = ex::connect(foreign::countdown{3} | twice, foreign::print{});
  ex::start(storing);
  auto inlining = ex::connect(foreign::answer{} | twice, foreign::print{});
  ex::start(inlining);

  std::printf("foreign size = %zu, informed size = %zu\n", sizeof(storing), sizeof(inlining));
}
