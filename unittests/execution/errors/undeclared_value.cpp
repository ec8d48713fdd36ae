// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes with something else than it declares.
// first error: the sender completes in a way that its completion signatures do not tell
#include <snug/execution/child_receiver.hpp>
#include <snug/execution/then.hpp>

#include <utility>

namespace ex = snug::execution;

struct liar {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  template <class Rcvr> struct operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    void start() noexcept { ex::set_value(std::move(rcvr), "text"); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
};

struct take_all {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto &&...) && noexcept {}
};

int main() {
  auto op = ex::connect(liar{} | ex::then([](auto const &) noexcept { return 1; }), take_all{});
  op.start();
}
