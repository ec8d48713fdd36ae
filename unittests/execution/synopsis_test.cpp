// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every name of the header's synopsis ([execution.syn]) and of the stop tokens ([thread.stoptoken.syn]) is there, and an
// object has the type that the synopsis gives it: none can be lost unnoticed. The names with which a program replaces
// what is behind parallel_scheduler, and the stop tokens that are shared, have headers of their own; everything else is
// in <snug/execution.hpp>.
#include <snug/execution.hpp>
#include <snug/execution/parallel_scheduler_replacement.hpp>
#include <snug/shared_stop_token.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <coroutine>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace ex = snug::execution;

namespace {

// An object of the synopsis: constant, of the type beside it, and made of nothing.
template <class Object, class Type>
concept object_of = std::same_as<Object, Type const> && std::is_empty_v<Type> && std::semiregular<Type>;

namespace execution_policies {

using ex::parallel_policy;
using ex::parallel_unsequenced_policy;
using ex::sequenced_policy;
using ex::unsequenced_policy;
using snug::is_execution_policy;
using snug::is_execution_policy_v;

static_assert(object_of<decltype(ex::seq), sequenced_policy> && is_execution_policy_v<sequenced_policy>);
static_assert(object_of<decltype(ex::par), parallel_policy> && is_execution_policy_v<parallel_policy>);
static_assert(object_of<decltype(ex::par_unseq), parallel_unsequenced_policy> &&
              is_execution_policy_v<parallel_unsequenced_policy>);
static_assert(object_of<decltype(ex::unseq), unsequenced_policy> && is_execution_policy<unsequenced_policy>::value);
static_assert(!is_execution_policy_v<int>);

} // namespace execution_policies

namespace queries {

static_assert(object_of<decltype(snug::forwarding_query), snug::forwarding_query_t>);
static_assert(object_of<decltype(snug::get_allocator), snug::get_allocator_t>);
static_assert(object_of<decltype(snug::get_stop_token), snug::get_stop_token_t>);
static_assert(std::same_as<snug::stop_token_of_t<ex::env<>>, snug::never_stop_token>);

static_assert(object_of<decltype(ex::get_env), ex::get_env_t>);
static_assert(std::same_as<ex::env_of_t<int>, ex::env<>>);
static_assert(object_of<decltype(ex::get_domain), ex::get_domain_t>);
static_assert(object_of<decltype(ex::get_scheduler), ex::get_scheduler_t>);
static_assert(object_of<decltype(ex::get_start_scheduler), ex::get_start_scheduler_t>);
static_assert(object_of<decltype(ex::get_delegation_scheduler), ex::get_delegation_scheduler_t>);
static_assert(object_of<decltype(ex::get_forward_progress_guarantee), ex::get_forward_progress_guarantee_t>);
static_assert(object_of<decltype(ex::get_completion_scheduler<ex::set_error_t>),
                        ex::get_completion_scheduler_t<ex::set_error_t>>);
static_assert(
    object_of<decltype(ex::get_completion_domain<ex::set_error_t>), ex::get_completion_domain_t<ex::set_error_t>>);
static_assert(object_of<decltype(ex::get_completion_domain<>), ex::get_completion_domain_t<>>);
static_assert(std::same_as<ex::get_completion_domain_t<>, ex::get_completion_domain_t<void>>);
static_assert(object_of<decltype(ex::get_await_completion_adaptor), ex::get_await_completion_adaptor_t>);

using enum ex::forward_progress_guarantee;
static_assert(std::is_enum_v<ex::forward_progress_guarantee> &&
              !std::convertible_to<ex::forward_progress_guarantee, int>);
static_assert(concurrent != parallel && parallel != weakly_parallel && concurrent != weakly_parallel);

using ex::env;
using ex::prop;
static_assert(ex::prop(ex::get_delegation_scheduler, 3).query(ex::get_delegation_scheduler) == 3);
static_assert(ex::env(ex::prop(ex::get_delegation_scheduler, 4)).query(ex::get_delegation_scheduler) == 4);

} // namespace queries

namespace domains {

using ex::default_domain;
using ex::indeterminate_domain;
static_assert(std::same_as<decltype(ex::get_domain(ex::env<>{})), default_domain>);
static_assert(std::is_empty_v<indeterminate_domain<>> && std::is_empty_v<indeterminate_domain<default_domain, int>>);

} // namespace domains

namespace concepts_and_their_tags {

using ex::operation_state_tag;
using ex::receiver_tag;
using ex::scheduler_tag;
using ex::sender_tag;

using just_one = decltype(ex::just(1));
struct gets_one {
  using receiver_concept = receiver_tag;
  void set_value(int) && noexcept {}
  gets_one make_receiver_for(int *) noexcept;
};
using operation_of_one = ex::connect_result_t<just_one, gets_one>;
using needs_a_scheduler = decltype(ex::read_env(ex::get_scheduler));

static_assert(ex::scheduler<ex::inline_scheduler> && !ex::scheduler<int>);
static_assert(std::derived_from<ex::inline_scheduler::scheduler_concept, scheduler_tag>);
static_assert(ex::receiver<gets_one> && !ex::receiver<int>);
static_assert(std::derived_from<gets_one::receiver_concept, receiver_tag>);
static_assert(ex::operation_state<operation_of_one> && !ex::operation_state<int>);
static_assert(std::derived_from<operation_of_one::operation_state_concept, operation_state_tag>);
static_assert(ex::sender<just_one> && !ex::sender<int> && ex::enable_sender<just_one> && !ex::enable_sender<int>);
static_assert(std::derived_from<just_one::sender_concept, sender_tag>);
static_assert(ex::sender_in<just_one> && ex::sender_in<just_one, ex::env<>> && !ex::sender_in<needs_a_scheduler>);
static_assert(ex::dependent_sender<needs_a_scheduler> && !ex::dependent_sender<just_one>);
static_assert(ex::scope_token<ex::counting_scope::token> && !ex::scope_token<int>);
static_assert(!ex::scope_association<int> &&
              ex::scope_association<decltype(std::declval<ex::counting_scope::token &>().try_associate())>);

} // namespace concepts_and_their_tags

namespace inlined_receivers {

struct child;
struct parent {
  using receiver_concept = ex::receiver_tag;
  static parent make_receiver_for(child *) noexcept { return {}; }
};
static_assert(ex::inlinable_receiver<parent, child> && !ex::inlinable_receiver<parent, int>);

} // namespace inlined_receivers

namespace core {

static_assert(object_of<decltype(ex::set_value), ex::set_value_t>);
static_assert(object_of<decltype(ex::set_error), ex::set_error_t>);
static_assert(object_of<decltype(ex::set_stopped), ex::set_stopped_t>);
static_assert(object_of<decltype(ex::start), ex::start_t>);
static_assert(object_of<decltype(ex::connect), ex::connect_t>);
using ex::connect_result_t;

using fails = decltype(ex::just_error('e'));
static_assert(
    std::same_as<decltype(ex::get_completion_signatures<fails>()), ex::completion_signatures<ex::set_error_t(char)>>);
static_assert(std::same_as<ex::completion_signatures_of_t<fails>, ex::completion_signatures<ex::set_error_t(char)>>);
static_assert(std::is_class_v<ex::dependent_sender_error>);

template <class... Types> struct list {};
using gives = decltype(ex::just(1, 'c'));
static_assert(std::same_as<ex::value_types_of_t<gives, ex::env<>, list, list>, list<list<int, char>>>);
static_assert(std::same_as<ex::error_types_of_t<fails, ex::env<>, list>, list<char>>);
static_assert(ex::sends_stopped<decltype(ex::just_stopped())> && !ex::sends_stopped<gives>);
static_assert(std::same_as<ex::tag_of_t<gives>, ex::just_t>);
static_assert(
    std::same_as<ex::schedule_result_t<ex::inline_scheduler>, decltype(ex::schedule(ex::inline_scheduler()))>);

static_assert(std::same_as<decltype(ex::transform_sender(ex::just(1), ex::env<>{})), decltype(ex::just(1))>);
struct doubles {
  static constexpr int apply_sender(int x, auto &&) noexcept { return 2 * x; }
};
static_assert(ex::apply_sender(doubles(), 4, ex::just()) == 8);

struct closure : ex::sender_adaptor_closure<closure> {};
static_assert(std::is_empty_v<ex::sender_adaptor_closure<closure>>);

} // namespace core

namespace factories {

static_assert(object_of<decltype(ex::just), ex::just_t>);
static_assert(object_of<decltype(ex::just_error), ex::just_error_t>);
static_assert(object_of<decltype(ex::just_stopped), ex::just_stopped_t>);
static_assert(object_of<decltype(ex::schedule), ex::schedule_t>);
static_assert(ex::sender<decltype(ex::read_env(ex::get_scheduler))>);

} // namespace factories

namespace adaptors {

static_assert(object_of<decltype(ex::starts_on), ex::starts_on_t>);
static_assert(object_of<decltype(ex::continues_on), ex::continues_on_t>);
static_assert(object_of<decltype(ex::on), ex::on_t>);
static_assert(object_of<decltype(ex::schedule_from), ex::schedule_from_t>);
static_assert(object_of<decltype(ex::then), ex::then_t>);
static_assert(object_of<decltype(ex::upon_error), ex::upon_error_t>);
static_assert(object_of<decltype(ex::upon_stopped), ex::upon_stopped_t>);
static_assert(object_of<decltype(ex::let_value), ex::let_value_t>);
static_assert(object_of<decltype(ex::let_error), ex::let_error_t>);
static_assert(object_of<decltype(ex::let_stopped), ex::let_stopped_t>);
static_assert(object_of<decltype(ex::bulk), ex::bulk_t>);
static_assert(object_of<decltype(ex::bulk_chunked), ex::bulk_chunked_t>);
static_assert(object_of<decltype(ex::bulk_unchunked), ex::bulk_unchunked_t>);
static_assert(object_of<decltype(ex::when_all), ex::when_all_t>);
static_assert(object_of<decltype(ex::when_all_with_variant), ex::when_all_with_variant_t>);
static_assert(object_of<decltype(ex::into_variant), ex::into_variant_t>);
static_assert(object_of<decltype(ex::stopped_as_optional), ex::stopped_as_optional_t>);
static_assert(object_of<decltype(ex::stopped_as_error), ex::stopped_as_error_t>);
static_assert(object_of<decltype(ex::associate), ex::associate_t>);
static_assert(object_of<decltype(ex::spawn_future), ex::spawn_future_t>);
static_assert(object_of<decltype(ex::affine), ex::affine_t>);
static_assert(ex::sender<decltype(ex::write_env(ex::just(), ex::env<>{}))>);
static_assert(ex::sender<decltype(ex::unstoppable(ex::just()))>);

} // namespace adaptors

namespace consumers {

static_assert(object_of<decltype(snug::this_thread::sync_wait), snug::this_thread::sync_wait_t>);
static_assert(
    object_of<decltype(snug::this_thread::sync_wait_with_variant), snug::this_thread::sync_wait_with_variant_t>);
static_assert(object_of<decltype(ex::spawn), ex::spawn_t>);

} // namespace consumers

namespace contexts_and_scopes {

using ex::counting_scope;
using ex::inline_scheduler;
using ex::parallel_scheduler;
using ex::run_loop;
using ex::simple_counting_scope;
using ex::task_scheduler;

static_assert(ex::scheduler<inline_scheduler> && ex::scheduler<parallel_scheduler> && ex::scheduler<task_scheduler>);
static_assert(ex::scheduler<decltype(std::declval<run_loop &>().get_scheduler())>);
static_assert(ex::scope_token<counting_scope::token> && ex::scope_token<simple_counting_scope::token>);
static_assert(std::same_as<decltype(ex::get_parallel_scheduler()), parallel_scheduler>);

} // namespace contexts_and_scopes

namespace replacement {

namespace repl = ex::parallel_scheduler_replacement;
static_assert(std::derived_from<repl::bulk_item_receiver_proxy, repl::receiver_proxy>);
static_assert(std::is_abstract_v<repl::parallel_scheduler_backend>);
static_assert(std::same_as<decltype(repl::query_parallel_scheduler_backend()),
                           std::shared_ptr<repl::parallel_scheduler_backend>>);

} // namespace replacement

namespace coroutines {

static_assert(object_of<decltype(ex::as_awaitable), ex::as_awaitable_t>);
static_assert(std::same_as<decltype(ex::with_error{3}), ex::with_error<int>>);
static_assert(std::same_as<ex::with_error<int const &>::type, int>);
struct promise : ex::with_awaitable_senders<promise> {};
static_assert(std::same_as<decltype(std::declval<promise &>().unhandled_stopped()), std::coroutine_handle<>>);
struct no_environment {};
static_assert(ex::sender<ex::task<int, no_environment>> && ex::sender<ex::task<>>);

} // namespace coroutines

namespace stop_tokens {

using snug::inplace_stop_callback;
using snug::inplace_stop_source;
using snug::inplace_stop_token;
using snug::never_stop_token;
using snug::nostopstate_t;
using snug::stop_callback;
using snug::stop_source;
using snug::stop_token;

struct does_nothing {
  void operator()() const noexcept {}
};
static_assert(std::same_as<decltype(snug::nostopstate), nostopstate_t const>);
static_assert(snug::stoppable_token<stop_token> && snug::stoppable_token<inplace_stop_token>);
static_assert(snug::unstoppable_token<never_stop_token> && !snug::unstoppable_token<inplace_stop_token>);
static_assert(std::same_as<decltype(std::declval<stop_source const &>().get_token()), stop_token>);
static_assert(std::same_as<decltype(std::declval<inplace_stop_source const &>().get_token()), inplace_stop_token>);
static_assert(std::same_as<snug::stop_callback_for_t<stop_token, does_nothing>, stop_callback<does_nothing>>);
static_assert(
    std::same_as<snug::stop_callback_for_t<inplace_stop_token, does_nothing>, inplace_stop_callback<does_nothing>>);

} // namespace stop_tokens

// What a program can only see by running it: the names are those of objects that can be used, not of types alone.
TEST(Synopsis, NamesWhatWorksTogether) {
  auto sndr = ex::starts_on(ex::inline_scheduler(), ex::just(20) | ex::then([](int x) noexcept { return x + 1; })) |
              ex::unstoppable;
  auto const result = snug::this_thread::sync_wait(ex::write_env(std::move(sndr), ex::env<>{}));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(std::get<0>(*result), 21);
}

} // namespace
