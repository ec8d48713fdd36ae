// The tree of P3425: when_all of two branches, each three adaptors over schedule(), with a pointer-sized root receiver.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/execution.hpp>

namespace ex = snug::execution;

struct root_state {
  int sum = 0;
};
/// What a root that waits for the tree would use: it never asks to stop.
struct root_receiver {
  using receiver_concept = ex::receiver_tag;
  root_state *root;
  void set_value(int x, int y) && noexcept { root->sum = x + y; }
  void set_stopped() && noexcept {}
};

/// In the leaf's place: reads the stop token when it starts, as the paper's schedule_op does.
struct stop_reading_leaf {
  using sender_concept = ex::sender_tag;
  using in_place_self = stop_reading_leaf;

  template <class Rcvr> class operation : public ex::inlinable_operation_state<operation<Rcvr>, Rcvr> {
    using receiver_base = ex::inlinable_operation_state<operation, Rcvr>;

  public:
    using operation_state_concept = ex::operation_state_tag;
    constexpr operation(stop_reading_leaf const &, Rcvr rcvr) : receiver_base(static_cast<Rcvr &&>(rcvr)) {}
    /// The query alone: what the paper compares. Out of line, so that its machine code is a function of its own.
    [[gnu::noinline]] constexpr bool stop_requested() noexcept {
      auto &&rcvr = this->get_receiver();
      return snug::get_stop_token(ex::get_env(rcvr)).stop_requested();
    }
    constexpr void start() noexcept {
      auto &&rcvr = this->get_receiver();
      if (stop_requested())
        ex::set_stopped(static_cast<Rcvr &&>(rcvr));
      else
        ex::set_value(static_cast<Rcvr &&>(rcvr));
    }
  };
  template <class Self, class Rcvr> using operation_for = operation<Rcvr>;
  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>{};
  }
};

template <class Leaf> auto branch(Leaf leaf, int f, int g, int h) {
  return ex::then(ex::then(ex::then(leaf, [f]() noexcept { return f; }), [g](int x) noexcept { return x ^ g; }),
                  [h](int x) noexcept { return x + h; });
}
template <class Leaf> auto connect_tree(Leaf leaf, int const *v, root_receiver receiver) {
  return ex::connect(ex::when_all(branch(leaf, v[0], v[1], v[2]), branch(leaf, v[3], v[4], v[5])), receiver);
}

using scheduled = decltype(ex::schedule(static_cast<ex::run_loop *>(nullptr)->get_scheduler()));
using tree = decltype(connect_tree(*static_cast<scheduled *>(nullptr), nullptr, root_receiver{}));
using leaf_tree = decltype(connect_tree(stop_reading_leaf{}, nullptr, root_receiver{}));
