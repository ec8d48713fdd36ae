// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sender that throws when a test wants it to.
#ifndef SNUG_UNITTESTS_EXECUTION_FRAGILE_SENDER_HPP
#define SNUG_UNITTESTS_EXECUTION_FRAGILE_SENDER_HPP

#include <snug/config.hpp>
#include <snug/execution/operation_state.hpp>
#include <snug/execution/receiver.hpp>
#include <snug/execution/sender.hpp>

#include "test_receivers.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

// A sender whose copies, moves and connections throw while the counter runs out.
struct fragile {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;

  struct faults {
    int copies = 1000;
    int moves = 1000;
    int connects = 1000;
  };

  explicit fragile(faults &f) : left(&f), held(std::make_shared<int>(1)) {}
  fragile(fragile const &other) : left(other.left), held(other.held) { count(left->copies); }
  fragile(fragile &&other) : left(other.left), held(other.held) { count(left->moves); }

  template <class Rcvr> struct SNUG_TEST_STORES_ON_PURPOSE operation {
    using operation_state_concept = ex::operation_state_tag;
    Rcvr rcvr;
    void start() noexcept { ex::set_value(std::move(rcvr), 1); }
  };
  template <class Rcvr> operation<Rcvr> connect(Rcvr rcvr) && {
    count(left->connects);
    return {std::move(rcvr)};
  }

  static void count(int &left) {
    if (left-- == 0) {
      throw std::runtime_error("fragile");
    }
  }

  faults *left;
  std::shared_ptr<int> held;
};

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
