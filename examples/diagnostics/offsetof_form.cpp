// The parent operation as P3425 first sketches it: the parent's address by offsetof arithmetic, which is undefined.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/execution.hpp>

#include <concepts>
#include <cstddef>

namespace ex = snug::execution;

template <class ParentReceiver, class ChildSender>
class parent_op : public ex::inlinable_operation_state<parent_op<ParentReceiver, ChildSender>, ParentReceiver> {
  using receiver_base = ex::inlinable_operation_state<parent_op, ParentReceiver>;

  struct child_receiver {
    using receiver_concept = ex::receiver_tag;
    parent_op *op;

    template <class ChildOp> static child_receiver make_receiver_for(ChildOp *child) noexcept {
      auto *parent =
          reinterpret_cast<parent_op *>(reinterpret_cast<unsigned char *>(child) - offsetof(parent_op, child_op_));
      return child_receiver{parent};
    }
    template <class... Values> void set_value(Values &&...values) && noexcept {
      ex::set_value(static_cast<ParentReceiver &&>(op->get_receiver()), static_cast<Values &&>(values)...);
    }
  };
  using child_op_t = ex::connect_result_t<ChildSender, child_receiver>;
  child_op_t child_op_;

public:
  using operation_state_concept = ex::operation_state_tag;
  parent_op(ChildSender &&child, ParentReceiver rcvr)
      : receiver_base(static_cast<ParentReceiver &&>(rcvr)),
        child_op_(ex::connect(static_cast<ChildSender &&>(child), child_receiver{this})) {}
  void start() noexcept { ex::start(child_op_); }
};

struct print_receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value(int) && noexcept {}
};

void run() {
  parent_op<print_receiver, decltype(ex::just(42))> op(ex::just(42), print_receiver{});
  op.start();
}
