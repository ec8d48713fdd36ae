// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender whose operation completes when the test says so, and a way to let completions destroy their operation.
#ifndef SNUG_UNITTESTS_EXECUTION_CONTROLLED_SENDER_HPP
#define SNUG_UNITTESTS_EXECUTION_CONTROLLED_SENDER_HPP

#include <snug/config.hpp>
#include <snug/execution/connect.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/queries.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>

#include "test_receivers.hpp"

#include <new>
#include <optional>
#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// What a test holds of a controlled operation.
struct controller {
  enum class on_stop { completes, counts };

  on_stop reaction = on_stop::completes;
  int starts = 0;
  int stop_requests = 0;
  int alive = 0; // operations

  void set_value(int value) { complete(0, value); }
  void set_error(int error) { complete(1, error); }
  void set_stopped() { complete(2, 0); }

  void *op = nullptr;
  void (*run)(void *op, int signal, int value) = nullptr;

private:
  void complete(int signal, int value) { run(op, signal, value); }
};

template <class Rcvr> class controlled_op : public ex::inlinable_operation_state<controlled_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<controlled_op, Rcvr>;
  using token = snug::stop_token_of_t<ex::env_of_t<Rcvr>>;

  struct stopper {
    controlled_op *op;
    void operator()() noexcept {
      ++op->control_->stop_requests;
      if (op->control_->reaction == controller::on_stop::completes) {
        complete(op, 2, 0);
      }
    }
  };

public:
  template <class Sndr>
  controlled_op(Sndr const &sndr, Rcvr rcvr) : receiver_base(std::move(rcvr)), control_(sndr.control) {
    ++control_->alive;
  }
  ~controlled_op() { --control_->alive; }

  void start() noexcept {
    controller &control = *control_;
    ++control.starts;
    control.op = this;
    control.run = &complete;
    auto const token = snug::get_stop_token(ex::get_env(receiver_base::get_receiver()));
    if (token.stop_requested()) {
      stopper{this}();
    } else {
      callback_.emplace(token, stopper{this});
    }
  }

private:
  static void complete(void *object, int signal, int value) noexcept {
    auto &self = *static_cast<controlled_op *>(object);
    self.callback_.reset();
    auto &&rcvr = self.receiver_base::get_receiver();
    if (signal == 0) {
      ex::set_value(std::move(rcvr), std::move(value));
    } else if (signal == 1) {
      ex::set_error(std::move(rcvr), std::move(value));
    } else {
      ex::set_stopped(std::move(rcvr));
    }
  }

  controller *control_;
  std::optional<snug::stop_callback_for_t<token, stopper>> callback_;
};

struct controlled {
  using sender_concept = ex::sender_tag;
  using in_place_self = controlled;
  template <class, class Rcvr> using operation_for = controlled_op<Rcvr>;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(int), ex::set_stopped_t()>;
  controller *control;
};

// Records how an operation completed and destroys the operation before it returns.
template <class Env, class... Values> struct destroying_recorder : recorder<Env, Values...> {
  void (*destroy)(void *) = nullptr;
  void *memory = nullptr;

  template <class... Vs> void set_value(Vs &&...values) && noexcept {
    static_cast<recorder<Env, Values...> &&>(*this).set_value(static_cast<Vs &&>(values)...);
    destroy(memory);
  }
  template <class Error> void set_error(Error &&error) && noexcept {
    static_cast<recorder<Env, Values...> &&>(*this).set_error(static_cast<Error &&>(error));
    destroy(memory);
  }
  void set_stopped() && noexcept {
    static_cast<recorder<Env, Values...> &&>(*this).set_stopped();
    destroy(memory);
  }
};

// Connects and starts an operation on the heap that is destroyed inside its completion: an access after it shows under
// AddressSanitizer. The operation may complete later.
template <class... Values, class Sndr, class Env = ex::env<>>
void start_and_destroy(outcome<Values...> &result, Sndr &&sndr, Env env = {}) {
  using rcvr_t = destroying_recorder<Env, Values...>;
  using op_t = ex::connect_result_t<Sndr, rcvr_t>;
  void *const memory = ::operator new(sizeof(op_t));
  auto destroy = [](void *p) {
    static_cast<op_t *>(p)->~op_t();
    ::operator delete(p);
  };
  rcvr_t rcvr{{&result, env}, destroy, memory};
  auto *const op = ::new (memory) op_t(ex::connect(static_cast<Sndr &&>(sndr), std::move(rcvr)));
  ex::start(*op);
}

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
