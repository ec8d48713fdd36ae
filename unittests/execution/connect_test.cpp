// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of connect and of what domains make of senders before ([exec.connect], [exec.snd.transform], [exec.snd.apply],
// [exec.domain.default]).
#include <snug/execution/connect.hpp>
#include <snug/execution/domain.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

TEST(Connect, YieldsAnOperationStateThatDoesNotMove) {
  using op = ex::connect_result_t<decltype(ex::just(1)), ignore>;
  static_assert(ex::operation_state<op> && !std::is_move_constructible_v<op>);
}

TEST(Connect, CallsTheMemberOfASenderThatHasNothingElse) { EXPECT_EQ(run<int>(foreign{4}).value(), 4); }

TEST(Connect, WantsASenderAndAReceiver) {
  static_assert(!std::invocable<ex::connect_t, int, ignore>);
  static_assert(!std::invocable<ex::connect_t, decltype(ex::just(1)), int>);
}

// Derives from an in-place sender and means something else by connect: the promise is not inherited.
struct overrides : decltype(ex::just(1)) {
  using base = decltype(ex::just(1));
  overrides() : base(ex::set_value, 1) {}
  template <class Rcvr> foreign::operation<Rcvr> connect(Rcvr rcvr) const { return {std::move(rcvr), 2}; }
};

TEST(Connect, ADerivedSenderMayOverrideIt) {
  static_assert(!ex::in_place_sender<overrides> && !ex::named_operation_sender<overrides>);
  EXPECT_EQ(run<int>(overrides{}).value(), 2);
  EXPECT_EQ(run<int>(overrides{} | ex::then([](int x) noexcept { return 10 * x; })).value(), 20);
}

struct doubling_domain {
  template <class Sndr, class Env>
  static auto transform_sender(ex::start_t, Sndr &&sndr, Env const &)
    requires requires { sndr.doubled(); }
  {
    return sndr.doubled();
  }
};
struct in_domain {
  ex::prop<ex::get_domain_t, doubling_domain> env = {};
  auto query(ex::get_domain_t) const noexcept { return doubling_domain{}; }
};
struct doubled_by_domain : foreign {
  foreign doubled() const { return {2 * value}; }
};
struct in_place_and_doubled {
  using sender_concept = ex::sender_tag;
  using in_place_self = in_place_and_doubled;
  template <class, class Rcvr> using operation_for = polling_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
  polling doubled() const { return {2 * value}; }
  int value;
};

TEST(Connect, TheDomainOfTheEnvironmentTransformsTheSender) {
  EXPECT_EQ(run<int>(doubled_by_domain{{3}}).value(), 3);
  EXPECT_EQ(run<int>(doubled_by_domain{{3}}, in_domain{}).value(), 6);
  EXPECT_EQ(run<int>(in_place_and_doubled{3}, in_domain{}).value(), 6);
}

TEST(Connect, TheDomainReachesChildren) {
  auto next = ex::then([](int x) noexcept { return x + 1; });
  EXPECT_EQ(run<int>(doubled_by_domain{{3}} | next, in_domain{}).value(), 7);
  EXPECT_EQ(run<int>(in_place_and_doubled{3} | next, in_domain{}).value(), 7);
  EXPECT_EQ(run<int>(in_place_and_doubled{3} | next).value(), 4);
}

// Transforms a sender into one that hands its receiver on to an operation of the sender it was.
struct wrapping_domain {
  template <class Env> static auto transform_sender(ex::start_t, polling sndr, Env const &) {
    return foreign_wrapper{sndr_behind{sndr.value}};
  }
  struct sndr_behind {
    using sender_concept = ex::sender_tag;
    using in_place_self = sndr_behind;
    template <class, class Rcvr> using operation_for = polling_op<Rcvr>;
    using completion_signatures = polling::completion_signatures;
    int value;
  };
};
struct in_wrapping_domain {
  auto query(ex::get_domain_t) const noexcept { return wrapping_domain{}; }
};

TEST(Connect, AChildThatADomainMadeStoresNoReceiver) {
  auto next = ex::then([](int x) noexcept { return x + 1; });
  using parent = ex::connect_result_t<decltype(in_place_and_doubled{3} | next), recorder<in_domain, int>>;
  static_assert(sizeof(parent) == sizeof(recorder<in_domain, int>) + (SNUG_STORE_RECEIVERS ? 2 * sizeof(void *) : 0),
                "the value lies in the receiver's tail padding");
  // Two operations of one type: the one that a domain wrapped must keep the receiver that the wrapper hands on.
  EXPECT_EQ(run<int>(polling{3} | next, in_wrapping_domain{}).value(), 4);
}

struct with_domain {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  struct domain {
    static auto transform_sender(ex::set_value_t, with_domain const &, auto const &) { return ex::just(8); }
  };
  struct attrs {
    static domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  };
  static attrs get_env() noexcept { return {}; }
};

TEST(Connect, TheDomainOfTheSenderTransformsIt) {
  EXPECT_EQ(run<int>(with_domain{}).value(), 8);
  EXPECT_EQ(run<int>(with_domain{} | ex::then([](int x) noexcept { return x + 1; })).value(), 9);
}

struct greet_t {
  template <class Sndr> int apply_sender(Sndr &&, int x) const { return x; }
};
struct rude_domain {
  template <class Sndr> int apply_sender(greet_t, Sndr &&, int x) const { return -x; }
};

TEST(Connect, ApplySenderAsksTheDomain) {
  EXPECT_EQ(ex::apply_sender(ex::default_domain{}, greet_t{}, ex::just(), 2), 2);
  EXPECT_EQ(ex::apply_sender(rude_domain{}, greet_t{}, ex::just(), 2), -2);
}

} // namespace
