// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of domains: what they make of senders, and whose they are ([exec.snd.transform], [exec.domain.default],
// [exec.domain.indeterminate], [exec.get.domain], [exec.get.compl.domain], [exec.get.compl.sched]).
#include <snug/execution.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

namespace ex = snug::execution;
using namespace snug_test;

namespace {

// A context whose domain runs bulk_chunked in two halves, and bulk_unchunked backwards.
int halves = 0;
int backwards = 0;

template <class F> struct in_halves {
  template <class Shape, class... Values>
  constexpr void operator()(Shape begin, Shape end, Values &...values) noexcept {
    ++halves;
    Shape const middle = begin + (end - begin) / 2;
    f(begin, middle, values...);
    f(middle, end, values...);
  }
  F f;
};
struct halving_domain {
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::bulk_chunked_t>
  static constexpr auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = sndr;
    auto &[policy, shape, f] = data;
    auto call = [run = in_halves<std::remove_cvref_t<decltype(f)>>{f}, shape = shape](auto &&...values) mutable {
      run(decltype(shape)(0), shape, values...);
      return sizeof...(values);
    };
    return ex::then(child, call);
  }
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::bulk_unchunked_t>
  static constexpr auto transform_sender(ex::set_value_t, Sndr &&sndr, Env const &) {
    auto &&[tag, data, child] = sndr;
    auto &[policy, shape, f] = data;
    return ex::then(child, [f = f, shape = shape](auto &&...values) mutable {
      ++backwards;
      for (auto i = shape; i > 0; --i) {
        f(i - 1, values...);
      }
      return sizeof...(values);
    });
  }
};
struct halving_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  struct attrs {
    static constexpr halving_scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) noexcept { return {}; }
  };
  struct sender : ex::schedule_result_t<ex::inline_scheduler> {
    using base = ex::schedule_result_t<ex::inline_scheduler>;
    using in_place_self = sender;
    static constexpr attrs get_env() noexcept { return {}; }
  };
  static constexpr sender schedule() noexcept { return {}; }
  static constexpr halving_domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  bool operator==(halving_scheduler const &) const = default;
};
static_assert(ex::scheduler<halving_scheduler>);

TEST(Domain, OfTheSchedulerReplacesBulkChunked) {
  halves = 0;
  int sum = 0;
  auto add = [&sum](int begin, int end) noexcept {
    for (; begin != end; ++begin) {
      sum += begin;
    }
  };
  EXPECT_EQ(run<std::size_t>(ex::schedule(halving_scheduler()) | ex::bulk_chunked(ex::par, 5, add)).value(), 0u);
  EXPECT_EQ(halves, 1);
  EXPECT_EQ(sum, 10);
  // Not where the work is elsewhere.
  auto elsewhere = ex::just() | ex::bulk_chunked(ex::par, 5, add);
  EXPECT_TRUE(run<>(elsewhere).values.has_value());
  EXPECT_EQ(halves, 1);
}

TEST(Domain, SeesBulkAsBulkChunked) {
  halves = 0;
  int sum = 0;
  auto sndr = ex::schedule(halving_scheduler()) | ex::bulk(ex::par, 5, [&sum](int i) noexcept { sum += i; });
  EXPECT_EQ(run<std::size_t>(sndr).value(), 0u);
  EXPECT_EQ(halves, 1);
  EXPECT_EQ(sum, 10);
}

TEST(Domain, ReplacesBulkUnchunkedBelowOtherAlgorithms) {
  backwards = 0;
  int last = -1;
  auto sndr = ex::just(3L) | ex::continues_on(halving_scheduler()) |
              ex::bulk_unchunked(ex::par, 5, [&last](int i, long &) noexcept { last = i; }) |
              ex::then([](std::size_t count) noexcept { return count + 10; });
  EXPECT_EQ(run<std::size_t>(sndr).value(), 11u);
  EXPECT_EQ(backwards, 1);
  EXPECT_EQ(last, 0);
}

// What the domain makes of a sender inlines its receivers as the sender would have.
using bulk_above = decltype(ex::schedule(halving_scheduler()) | ex::bulk_chunked(ex::par, 5, [](int, int) noexcept {}) |
                            ex::then([](std::size_t) noexcept {}));
static_assert(size_of_op<bulk_above> == (SNUG_STORE_RECEIVERS ? 24 : 8));

// Which domain it is.
template <class Query, class... Args> using domain_t = std::invoke_result_t<Query, Args...>;
using on_halving = ex::prop<ex::get_scheduler_t, halving_scheduler>;
struct other_domain {};
static_assert(std::same_as<domain_t<ex::get_domain_t, ex::env<>>, ex::default_domain>);
static_assert(std::same_as<domain_t<ex::get_domain_t, on_halving>, halving_domain>);
static_assert(std::same_as<domain_t<ex::get_domain_t, ex::env<ex::prop<ex::get_domain_t, other_domain>, on_halving>>,
                           other_domain>);
static_assert(std::same_as<domain_t<ex::get_domain_t, ex::prop<ex::get_scheduler_t, ex::run_loop::scheduler>>,
                           ex::default_domain>);

using on_value = ex::get_completion_domain_t<ex::set_value_t>;
using goes_on = ex::get_completion_domain_t<>;
template <class Sndr> using attrs_t = ex::env_of_t<Sndr>;
using scheduled = ex::schedule_result_t<halving_scheduler>;
static_assert(std::same_as<domain_t<on_value, attrs_t<scheduled>>, halving_domain>);
static_assert(std::same_as<domain_t<goes_on, attrs_t<scheduled>, ex::env<>>, halving_domain>);
static_assert(std::same_as<domain_t<on_value, halving_scheduler>, halving_domain>);
static_assert(!std::invocable<on_value, ex::env<>> && !std::invocable<on_value, ex::run_loop::scheduler>);
static_assert(std::same_as<domain_t<on_value, ex::run_loop::scheduler, ex::env<>>, ex::default_domain>);
static_assert(!std::invocable<ex::get_completion_domain_t<int>, attrs_t<scheduled>>);
static_assert(!std::invocable<ex::get_completion_domain_t<ex::set_error_t>, attrs_t<scheduled>>);

// just completes where it is started.
using just1 = decltype(ex::just(1));
static_assert(std::same_as<domain_t<on_value, attrs_t<just1>, on_halving>, halving_domain>);
static_assert(std::same_as<domain_t<on_value, attrs_t<just1>, ex::env<>>, ex::default_domain>);
static_assert(!std::invocable<ex::get_completion_scheduler_t<ex::set_value_t>, attrs_t<just1>, ex::env<>>);
static_assert(!std::invocable<ex::get_completion_scheduler_t<ex::set_error_t>, attrs_t<just1>, on_halving>);

template <class Sndr, class... Env> constexpr auto completes_on(Sndr const &sndr, Env const &...env) {
  return ex::get_completion_scheduler<ex::set_value_t>(ex::get_env(sndr), env...);
}
TEST(CompletionScheduler, IsThatOfTheLastWord) {
  ex::run_loop loop;
  ex::run_loop other;
  auto const sch = loop.get_scheduler();
  ex::prop const started(ex::get_start_scheduler, sch);
  auto const next = ex::then([](auto...) {});
  EXPECT_EQ(completes_on(ex::schedule(sch) | next), sch);
  EXPECT_EQ(completes_on(ex::just(1) | next, started), sch);
  EXPECT_EQ(completes_on(ex::just(1) | ex::continues_on(sch) | next), sch);
  EXPECT_EQ(completes_on(ex::starts_on(sch, ex::just(1))), sch);
  EXPECT_EQ(completes_on(ex::starts_on(sch, ex::just(1)), ex::prop(ex::get_start_scheduler, other.get_scheduler())),
            sch);
  EXPECT_EQ(completes_on(ex::starts_on(other.get_scheduler(), ex::schedule(sch))), sch);
  EXPECT_EQ(completes_on(ex::on(other.get_scheduler(), ex::just(1)), started), sch);
  EXPECT_EQ(completes_on(ex::schedule(ex::inline_scheduler()) | next, started), sch);
  EXPECT_EQ(completes_on(ex::just(1) | ex::continues_on(ex::inline_scheduler()), started), sch);
  EXPECT_EQ(ex::get_completion_scheduler<ex::set_value_t>(sch), sch);
}

TEST(CompletionScheduler, OfTheEnvironmentIsAskedToo) {
  ex::run_loop loop;
  auto const sch = loop.get_scheduler();
  EXPECT_EQ(ex::get_scheduler(ex::prop(ex::get_scheduler, sch)), sch);
  EXPECT_EQ(ex::get_scheduler(ex::prop(ex::get_scheduler, ex::inline_scheduler())), ex::inline_scheduler());
}

// A sender that completes with values on one scheduler and with errors or stopped on another.
struct here {
  using sender_concept = ex::sender_tag;
  using completion_signatures =
      ex::completion_signatures<ex::set_value_t(int), ex::set_error_t(char), ex::set_stopped_t()>;
  struct attrs {
    ex::inline_scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) const noexcept { return {}; }
    halving_scheduler query(ex::get_completion_scheduler_t<ex::set_error_t>) const noexcept { return {}; }
    halving_scheduler query(ex::get_completion_scheduler_t<ex::set_stopped_t>) const noexcept { return {}; }
  };
  attrs get_env() const noexcept { return {}; }
};
// The same without errors and without stopping, and one that never completes with a value.
struct here_only : here {
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
};
struct there_only : here {
  using completion_signatures = ex::completion_signatures<ex::set_error_t(char)>;
};

template <class Tag, class Sndr>
using scheduler_t = std::invoke_result_t<ex::get_completion_scheduler_t<Tag>, ex::env_of_t<Sndr>, ex::env<>>;
template <class Tag, class Sndr>
concept names_scheduler = std::invocable<ex::get_completion_scheduler_t<Tag>, ex::env_of_t<Sndr>, ex::env<>>;
template <class Tag, class Sndr>
using domain_of_t = std::invoke_result_t<ex::get_completion_domain_t<Tag>, ex::env_of_t<Sndr>, ex::env<>>;

inline constexpr auto quiet = [](auto &&...) noexcept { return 1; };
inline constexpr auto throwing = [](auto &&...) { return 1; };
template <class Sndr, class F> using on_error = decltype(ex::upon_error(Sndr(), std::declval<F>()));
template <class Sndr, class F> using on_stop = decltype(ex::upon_stopped(Sndr(), std::declval<F>()));
template <class Sndr, class F> using in_bulk = decltype(ex::bulk(Sndr(), ex::par, 3, std::declval<F>()));
using silent_f = decltype(quiet) const &;
using throwing_f = decltype(throwing) const &;

// What the function returns is a value from where the error was.
static_assert(!names_scheduler<ex::set_value_t, on_error<here, silent_f>>);
static_assert(!names_scheduler<ex::set_value_t, on_stop<here, silent_f>>);
static_assert(std::same_as<scheduler_t<ex::set_value_t, on_error<here_only, silent_f>>, ex::inline_scheduler>);
static_assert(std::same_as<scheduler_t<ex::set_value_t, on_stop<here_only, silent_f>>, ex::inline_scheduler>);
static_assert(std::same_as<scheduler_t<ex::set_value_t, on_error<there_only, silent_f>>, halving_scheduler>);
static_assert(std::same_as<domain_of_t<ex::set_value_t, on_error<there_only, silent_f>>, halving_domain>);
static_assert(!std::same_as<domain_of_t<ex::set_value_t, on_error<here, silent_f>>, halving_domain>);
static_assert(std::same_as<scheduler_t<ex::set_error_t, on_error<here, throwing_f>>, halving_scheduler>);
static_assert(std::same_as<scheduler_t<ex::set_stopped_t, on_error<here, silent_f>>, halving_scheduler>);

// What the function throws is an error from where the value was, or from where it stopped.
static_assert(std::same_as<scheduler_t<ex::set_error_t, in_bulk<here, silent_f>>, halving_scheduler>);
static_assert(!names_scheduler<ex::set_error_t, in_bulk<here, throwing_f>>);
static_assert(std::same_as<scheduler_t<ex::set_error_t, in_bulk<here_only, throwing_f>>, ex::inline_scheduler>);
static_assert(!names_scheduler<ex::set_error_t, in_bulk<here_only, silent_f>>);
static_assert(std::same_as<scheduler_t<ex::set_value_t, in_bulk<here, throwing_f>>, ex::inline_scheduler>);
static_assert(std::same_as<scheduler_t<ex::set_error_t, on_stop<here, throwing_f>>, halving_scheduler>);
static_assert(std::same_as<scheduler_t<ex::set_error_t, decltype(ex::into_variant(here()))>, halving_scheduler>);

// Where a sender completes may depend on the environment that is written for it.
using asks_env = decltype(ex::write_env(ex::just(1), ex::prop(ex::get_start_scheduler, halving_scheduler())));
static_assert(std::same_as<scheduler_t<ex::set_value_t, asks_env>, halving_scheduler>);
static_assert(
    std::same_as<scheduler_t<ex::set_error_t, decltype(ex::write_env(here(), ex::env<>{}))>, halving_scheduler>);

// Several domains at once.
using both = ex::indeterminate_domain<halving_domain, other_domain>;
static_assert(std::same_as<ex::detail::common_domain_t<halving_domain, halving_domain>, halving_domain>);
static_assert(std::same_as<ex::detail::common_domain_t<halving_domain, other_domain, halving_domain>, both>);
static_assert(std::same_as<std::common_type_t<ex::indeterminate_domain<>, other_domain>, other_domain>);
static_assert(std::same_as<std::common_type_t<other_domain, ex::indeterminate_domain<halving_domain>>,
                           ex::indeterminate_domain<halving_domain, other_domain>>);
static_assert(std::same_as<std::common_type_t<both, ex::indeterminate_domain<ex::default_domain, other_domain>>,
                           ex::indeterminate_domain<halving_domain, other_domain, ex::default_domain>>);
static_assert(std::same_as<domain_t<on_value, attrs_t<decltype(ex::when_all(scheduled{}, scheduled{}))>, ex::env<>>,
                           halving_domain>);
static_assert(
    std::same_as<domain_t<on_value, attrs_t<decltype(ex::when_all(scheduled{}, just1(ex::set_value, 1)))>, ex::env<>>,
                 ex::indeterminate_domain<halving_domain, ex::default_domain>>);

// A domain that transforms step by step.
struct first_step : foreign {
  foreign next() const { return {value + 1}; }
};
struct stepping_domain {
  template <class Sndr, class Env>
  static auto transform_sender(ex::start_t, Sndr &&sndr, Env const &)
    requires requires { sndr.next(); }
  {
    return sndr.next();
  }
};
struct second_step : foreign {
  first_step next() const { return {{value + 10}}; }
};
TEST(TransformSender, GoesOnUntilTheTypeStays) {
  ex::prop const env(ex::get_domain, stepping_domain());
  auto const last = ex::transform_sender(second_step{{1}}, env);
  static_assert(std::same_as<decltype(last), foreign const>);
  EXPECT_EQ(last.value, 12);
  EXPECT_EQ(run<int>(second_step{{1}}, env).value(), 12);
  EXPECT_EQ(run<int>(second_step{{1}} | ex::then([](int x) noexcept { return x + 1; }), env).value(), 13);
}

TEST(TransformSender, LeavesAloneWhatNobodyTransforms) {
  foreign sndr{1};
  static_assert(std::same_as<decltype(ex::transform_sender(sndr, ex::env<>{})), foreign &>);
  static_assert(std::same_as<decltype(ex::transform_sender(foreign{1}, ex::env<>{})), foreign>);
  static_assert(noexcept(ex::transform_sender(sndr, ex::env<>{})));
  EXPECT_EQ(&ex::transform_sender(sndr, ex::env<>{}), &sndr);
}

// A domain with its own way to its scheduler, and its own way to wait.
struct own_domain {
  template <ex::sender Sndr, class Env>
    requires std::same_as<ex::tag_of_t<Sndr>, ex::continues_on_t>
  static auto transform_sender(ex::set_value_t, Sndr &&, Env const &) {
    ++ways;
    return ex::just();
  }
  template <ex::sender Sndr> static int apply_sender(snug::this_thread::sync_wait_t, Sndr &&) { return 77; }
  static inline int ways = 0;
};
struct own_scheduler {
  using scheduler_concept = ex::scheduler_tag;
  struct attrs {
    static own_scheduler query(ex::get_completion_scheduler_t<ex::set_value_t>) noexcept { return {}; }
  };
  struct sender : ex::schedule_result_t<ex::inline_scheduler> {
    using base = ex::schedule_result_t<ex::inline_scheduler>;
    using in_place_self = sender;
    static constexpr attrs get_env() noexcept { return {}; }
  };
  static constexpr sender schedule() noexcept { return {}; }
  static constexpr own_domain query(ex::get_completion_domain_t<ex::set_value_t>) noexcept { return {}; }
  bool operator==(own_scheduler const &) const = default;
};

TEST(Domain, ReplacesTheWayOfStartsOn) {
  own_domain::ways = 0;
  EXPECT_EQ(run<int>(ex::starts_on(own_scheduler(), ex::just(3))).value(), 3);
  EXPECT_EQ(own_domain::ways, 1);
}

TEST(Domain, WaitsInAWayOfItsOwn) {
  EXPECT_EQ(snug::this_thread::sync_wait(ex::schedule(own_scheduler())), 77);
  EXPECT_TRUE(snug::this_thread::sync_wait(ex::schedule(halving_scheduler())).has_value());
}

} // namespace
