// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver of people who have a parent of their own and want nothing of snug's helpers: one static function opts in.
#include <snug/execution.hpp>

#include <cstdio>
#include <utility>

namespace ex = snug::execution;

namespace mine::inline SNUG_ABI_NAMESPACE {

class request;

// Hands what the child completes with to the request around it.
struct request_receiver {
  using receiver_concept = ex::receiver_tag;
  request *parent;

  // The one function: the receiver again, from the address of the operation that was connected with it.
  template <class ChildOp> static request_receiver make_receiver_for(ChildOp *child) noexcept;

  void set_value(int answer) && noexcept;
};

auto answer(int question) {
  return ex::just(question) | ex::then([](int x) noexcept { return 2 * x; });
}
using child_op = ex::connect_result_t<decltype(answer(0)), request_receiver>;

// The child is a base class: from a base to the class derived from it there is a defined way, static_cast.
class request : child_op {
public:
  request(char const *name, int question) : child_op(answer(question), request_receiver{this}), name_(name) {}
  void run() noexcept { child_op::start(); }

private:
  friend request_receiver;
  char const *name_;
};

template <class ChildOp> request_receiver request_receiver::make_receiver_for(ChildOp *child) noexcept {
  return {static_cast<request *>(static_cast<child_op *>(child))}; // base to derived, [expr.static.cast]/10
}
void request_receiver::set_value(int answer) && noexcept { std::printf("%s: %d\n", parent->name_, answer); }

} // namespace mine::inline SNUG_ABI_NAMESPACE

int main() {
  mine::request request("the answer", 21);
  request.run();
  std::printf("request size = %zu\n", sizeof(mine::request));
}
