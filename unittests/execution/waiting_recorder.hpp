// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A receiver for operations that complete on other threads.
#ifndef SNUG_UNITTESTS_EXECUTION_WAITING_RECORDER_HPP
#define SNUG_UNITTESTS_EXECUTION_WAITING_RECORDER_HPP

#include "test_receivers.hpp"

#include <exception>
#include <latch>
#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

// Whoever waits for it knows how it completed.
struct waited {
  outcome<> result;
  std::latch done{1};

  outcome<> const &wait() {
    done.wait();
    return result;
  }
};
template <class Env> struct waiting_recorder {
  using receiver_concept = ex::receiver_tag;

  waited *to;
  [[no_unique_address]] Env env = {};

  void set_value() && noexcept {
    to->result.values.emplace();
    complete();
  }
  void set_error(std::exception_ptr error) && noexcept {
    to->result.error = std::move(error);
    complete();
  }
  void set_error(int error) && noexcept {
    to->result.int_error = error;
    complete();
  }
  void set_stopped() && noexcept {
    to->result.stopped = true;
    complete();
  }
  Env get_env() const noexcept { return env; }

private:
  void complete() const noexcept {
    ++to->result.completions;
    to->done.count_down();
  }
};

template <class Sndr, class Env = ex::env<>> outcome<> run_and_wait(Sndr &&sndr, Env env = {}) {
  waited result;
  auto op = ex::connect(static_cast<Sndr &&>(sndr), waiting_recorder<Env>{&result, env});
  ex::start(op);
  return result.wait();
}

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
