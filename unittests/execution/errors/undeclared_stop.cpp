// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that completes as stopped and does not declare it.
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
    void start() noexcept { ex::set_stopped(std::move(rcvr)); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr)}; }
};

struct take_all {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto &&...) && noexcept {}
  void set_stopped() && noexcept {}
};

int main() {
  auto op = ex::connect(liar{} | ex::then([](int) noexcept { return 1; }), take_all{});
  op.start();
}
