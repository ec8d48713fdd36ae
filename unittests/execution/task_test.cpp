// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tests of task ([exec.task]).
#include <snug/execution.hpp>

#include "coroutine_support.hpp"
#include "either_sender.hpp"
#include "test_receivers.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <tuple>
#include <vector>

namespace ex = snug::execution;
using namespace snug_test;
using snug::this_thread::sync_wait;

namespace {

// Goes on wherever a sender completes.
struct anywhere {
  using start_scheduler_type = ex::inline_scheduler;
};
template <class T = void> using inline_task = ex::task<T, anywhere>;

// [task.class]
static_assert(std::same_as<ex::task<int>::start_scheduler_type, ex::task_scheduler>);
static_assert(std::same_as<ex::task<int>::stop_source_type, snug::inplace_stop_source>);
static_assert(std::same_as<ex::task<int>::stop_token_type, snug::inplace_stop_token>);
static_assert(std::same_as<ex::task<int>::error_types, ex::completion_signatures<ex::set_error_t(std::exception_ptr)>>);
static_assert(std::same_as<ex::task<int>::allocator_type::value_type, std::byte>);
static_assert(std::same_as<ex::task<>, ex::task<void, ex::env<>>>);
// A stop token and a stop source of other types than the library's.
struct other_token : snug::inplace_stop_token {
  other_token() = default;
  explicit other_token(snug::inplace_stop_token token) : snug::inplace_stop_token(token) {}
  template <class F> struct callback_type : snug::inplace_stop_callback<F> {
    template <class Init>
    callback_type(other_token token, Init &&init)
        : snug::inplace_stop_callback<F>(static_cast<snug::inplace_stop_token>(token), std::forward<Init>(init)) {}
  };
  [[maybe_unused]] friend bool operator==(other_token const &, other_token const &) = default;
};
static_assert(snug::stoppable_token<other_token>);
struct other_source : snug::inplace_stop_source {
  other_token get_token() const { return other_token(snug::inplace_stop_source::get_token()); }
};
struct says_everything {
  using allocator_type = std::allocator<std::byte>;
  using start_scheduler_type = ex::run_loop::scheduler;
  using stop_source_type = other_source;
  using error_types = ex::completion_signatures<ex::set_error_t(int), ex::set_error_t(std::string)>;
};
using custom_task = ex::task<int, says_everything>;
static_assert(std::same_as<custom_task::start_scheduler_type, ex::run_loop::scheduler>);
static_assert(std::same_as<custom_task::stop_source_type, other_source>);
static_assert(std::same_as<custom_task::stop_token_type, other_token>);
static_assert(std::same_as<custom_task::error_types, says_everything::error_types>);
static_assert(std::same_as<custom_task::allocator_type, std::allocator<std::byte>>);

// [task.members]
static_assert(ex::sender<ex::task<int>> && !ex::sender<ex::task<int> &>, "a task is started once");
static_assert(std::is_nothrow_move_constructible_v<ex::task<int>> && !std::is_move_assignable_v<ex::task<int>>);
template <class Task, class... Signatures>
inline constexpr bool completes_with =
    std::same_as<ex::completion_signatures_of_t<Task, ex::env<>>, ex::completion_signatures<Signatures...>>;
static_assert(
    completes_with<ex::task<int>, ex::set_value_t(int), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>);
static_assert(completes_with<ex::task<>, ex::set_value_t(), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>);
static_assert(
    completes_with<ex::task<int &>, ex::set_value_t(int &), ex::set_error_t(std::exception_ptr), ex::set_stopped_t()>);
static_assert(completes_with<custom_task, ex::set_value_t(int), ex::set_error_t(int), ex::set_error_t(std::string),
                             ex::set_stopped_t()>);

// [task.state]: the sizes that the header states.
static_assert(size_of_op<ex::task<int>> == 32 && size_of_op<ex::task<int>, ignore_behind_pointer> == 40);
static_assert(size_of_op<ex::task<>> == 32);
static_assert(size_of_op<decltype(std::declval<ex::task<int>>() | ex::then([](int) {}))> == either(32, 40));
static_assert(sizeof(ex::task<int>::promise_type) == 24 && sizeof(inline_task<int>::promise_type) == 8);

ex::task<int> returns(int i) { co_return i; }
ex::task<> returns_nothing() { co_return; }
ex::task<std::unique_ptr<int>> returns_moved() { co_return std::make_unique<int>(7); }
ex::task<int &> returns_reference(int &i) { co_return i; }
ex::task<int &&> returns_rvalue(int &i) { co_return std::move(i); }

TEST(Task, CompletesWithWhatItReturns) {
  EXPECT_EQ(sync_wait(returns(3)), std::tuple(3));
  EXPECT_EQ(sync_wait(returns_nothing()), std::tuple());
  auto moved = sync_wait(returns_moved());
  EXPECT_EQ(*std::get<0>(moved.value()), 7);
  int i = 0;
  sync_wait(returns_reference(i) | ex::then([&i](int &same) { EXPECT_EQ(&same, &i); }));
  sync_wait(returns_rvalue(i) | ex::then([&i](int &&same) { EXPECT_EQ(&same, &i); }));
}

ex::task<int> adds(int a, int b) {
  int const sum = co_await returns(a) + co_await returns(b);
  co_await returns_nothing();
  auto const moved = co_await returns_moved();
  EXPECT_EQ(*moved, 7);
  auto [text, c] = co_await ex::when_all(ex::just(std::string("x")), returns(1));
  EXPECT_EQ(text.size(), 1U);
  co_return sum + c;
}
TEST(Task, AwaitsTasksAndSenders) {
  EXPECT_EQ(sync_wait(adds(2, 3)), std::tuple(6));
  EXPECT_EQ(sync_wait(ex::when_all(adds(1, 1), adds(2, 2)) | ex::then([](int a, int b) { return a * 10 + b; })),
            std::tuple(35));
  EXPECT_EQ(sync_wait(returns(4) | ex::let_value([](int &i) { return adds(i, i); })), std::tuple(9));
}

ex::task<std::size_t> joins(int number) {
  auto const joined = co_await ex::into_variant(either_sender{number});
  co_return joined.index();
}
TEST(Task, AwaitsSeveralValueCompletionsThroughIntoVariant) {
  EXPECT_EQ(sync_wait(joins(1)), std::tuple(0U));
  EXPECT_EQ(sync_wait(joins(-1)), std::tuple(1U));
}

TEST(Task, IsLazy) {
  bool ran = false;
  auto body = [&ran]() -> ex::task<> {
    ran = true;
    co_return;
  };
  {
    auto unstarted = body();
    auto moved = std::move(unstarted);
    outcome<> result;
    auto op =
        ex::connect(std::move(moved), recorder<ex::env<ex::prop<ex::get_start_scheduler_t, ex::inline_scheduler>>>{
                                          &result, ex::prop{ex::get_start_scheduler, ex::inline_scheduler()}});
    EXPECT_FALSE(ran);
  }
  EXPECT_FALSE(ran);
  sync_wait(body());
  EXPECT_TRUE(ran);
}

// [task.promise]: errors.
ex::task<int> throws(bool now) {
  if (now) {
    throw std::runtime_error("thrown");
  }
  co_return 1;
}
ex::task<std::string> catches() {
  try {
    co_await throws(true);
  } catch (std::runtime_error const &error) {
    co_return error.what();
  }
  co_return "";
}
TEST(Task, CompletesWithItsException) {
  EXPECT_THROW(sync_wait(throws(true)), std::runtime_error);
  EXPECT_EQ(sync_wait(throws(false)), std::tuple(1));
  EXPECT_EQ(sync_wait(catches()), std::tuple(std::string("thrown")));
}
struct throws_when_destroyed {
  ~throws_when_destroyed() noexcept(false) { throw std::runtime_error("destroyed"); }
};
ex::task<std::string> throws_after_its_result() {
  throws_when_destroyed local;
  co_return std::string("a result that is longer than a string holds in place");
}
TEST(Task, PrefersAnExceptionToAResultThatIsThereAlready) {
  EXPECT_THROW(sync_wait(throws_after_its_result()), std::runtime_error);
}

struct typed_errors : anywhere {
  using error_types = ex::completion_signatures<ex::set_error_t(std::error_code), ex::set_error_t(std::string)>;
};
ex::task<int, typed_errors> fails(int how, bool &went_on) {
  if (how == 1) {
    co_yield ex::with_error(std::make_error_code(std::errc::io_error));
  } else if (how == 2) {
    co_yield ex::with_error("text");
  }
  went_on = true;
  co_return how;
}
TEST(Task, CompletesWithATypedError) {
  bool went_on = false;
  auto failure = [&](int how) {
    return sync_wait(fails(how, went_on) | ex::upon_error([](auto error) {
                       return std::is_same_v<decltype(error), std::error_code> ? -1 : -2;
                     }));
  };
  EXPECT_EQ(failure(1), std::tuple(-1));
  EXPECT_EQ(failure(2), std::tuple(-2));
  EXPECT_FALSE(went_on);
  EXPECT_EQ(failure(0), std::tuple(0));
}
struct no_errors : anywhere {
  using error_types = ex::completion_signatures<>;
};
static_assert(completes_with<ex::task<int, no_errors>, ex::set_value_t(int), ex::set_stopped_t()>);
ex::task<int, no_errors> must_not_throw(bool throws) {
  if (throws) {
    throw 1;
  }
  co_return 2;
}
TEST(TaskDeathTest, EndsTheProgramWhereItHasNoExceptionToCompleteWith) {
  EXPECT_EQ(sync_wait(must_not_throw(false)), std::tuple(2));
  EXPECT_DEATH(sync_wait(must_not_throw(true)), "");
}

// Stops.
struct counted {
  explicit counted(int *count) : count_(count) { ++*count_; }
  counted(counted &&) = delete;
  ~counted() { --*count_; }

private:
  int *count_;
};
ex::task<> stops(int *alive) {
  counted local(alive);
  co_await ex::just_stopped();
  ADD_FAILURE() << "went on";
}
ex::task<int> awaits_stopped(int depth, int *alive) {
  counted local(alive);
  if (depth == 0) {
    co_await stops(alive);
  } else {
    co_await awaits_stopped(depth - 1, alive);
  }
  ADD_FAILURE() << "went on";
  co_return 0;
}
TEST(Task, PassesAStopThroughEveryTaskAndDestroysThem) {
  int alive = 0;
  EXPECT_EQ(sync_wait(awaits_stopped(5, &alive)), std::nullopt);
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(sync_wait(awaits_stopped(2, &alive) | ex::upon_stopped([] { return -1; })), std::tuple(-1));
}
TEST(Task, DestroysWhatNobodyStarts) {
  int alive = 0;
  {
    auto unstarted = stops(&alive);
  }
  EXPECT_EQ(alive, 0);
}
inline_task<> waits_in(std::coroutine_handle<> *place, int *alive) {
  counted local(alive);
  co_await parked{place};
}
TEST(Task, DestroysASuspendedCoroutine) {
  int alive = 0;
  std::coroutine_handle<> handle;
  outcome<> result;
  {
    auto op = ex::connect(waits_in(&handle, &alive), recorder<ex::env<>>{&result});
    ex::start(op);
    EXPECT_EQ(alive, 1);
  }
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(result.completions, 0);
}

// [task.promise]: the environment.
template <class Query> inline_task<bool> asks_whether_stopped(Query query) {
  auto const token = co_await ex::read_env(query);
  co_return token.stop_requested();
}
inline_task<int> polls_deeply(int depth) {
  if (depth == 0) {
    co_return co_await polling{5};
  }
  co_return co_await polls_deeply(depth - 1);
}
TEST(Task, HandsTheStopTokenOn) {
  snug::inplace_stop_source source;
  EXPECT_EQ(run<int>(polls_deeply(3), token_env{source.get_token()}).value(), 5);
  source.request_stop();
  EXPECT_TRUE(run<int>(polls_deeply(3), token_env{source.get_token()}).stopped);
}
TEST(Task, NeverStopsWhereNobodyAsks) {
  EXPECT_EQ(run<int>(polls_deeply(3)).value(), 5);
  EXPECT_FALSE(run<bool>(asks_whether_stopped(snug::get_stop_token)).value());
}

// A receiver with a stop token of another type: the task has a source of its own that follows it.
struct other_token_env {
  other_token token;
  other_token query(snug::get_stop_token_t) const noexcept { return token; }
};
// Completes as stopped when a stop is requested, not before.
template <class Rcvr> class until_stopped_op : public ex::inlinable_operation_state<until_stopped_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<until_stopped_op, Rcvr>;
  struct on_stop {
    until_stopped_op *op;
    void operator()() noexcept {
      op->callback_.reset();
      auto &&rcvr = op->receiver_base::get_receiver();
      ex::set_stopped(std::move(rcvr));
    }
  };

public:
  until_stopped_op(auto const &, Rcvr rcvr) : receiver_base(std::move(rcvr)) {}
  void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    callback_.emplace(snug::get_stop_token(ex::get_env(rcvr)), on_stop{this});
  }

private:
  std::optional<snug::inplace_stop_callback<on_stop>> callback_;
};
struct until_stopped {
  using sender_concept = ex::sender_tag;
  using in_place_self = until_stopped;
  template <class, class Rcvr> using operation_for = until_stopped_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(), ex::set_stopped_t()>;
};
inline_task<int> waits_for_a_stop(int *alive) {
  counted local(alive);
  co_await until_stopped{};
  co_return 1;
}
// The request completes the task, and with it the operation that holds the source, in the middle of request_stop().
TEST(Task, FollowsATokenOfAnotherType) {
  for (bool before : {false, true}) {
    other_source source;
    int alive = 0;
    if (before) {
      source.request_stop();
    }
    outcome<int> result;
    {
      std::optional<ex::connect_result_t<inline_task<int>, recorder<other_token_env, int>>> op;
      struct in_place {
        decltype(op) *place;
      };
      auto const made = [&] {
        return ex::connect(waits_for_a_stop(&alive), recorder<other_token_env, int>{&result, {source.get_token()}});
      };
      struct convertible {
        decltype(made) const &make;
        operator ex::connect_result_t<inline_task<int>, recorder<other_token_env, int>>() const { return make(); }
      };
      op.emplace(convertible{made});
      ex::start(*op);
      EXPECT_EQ(alive, before ? 0 : 1);
      source.request_stop();
      EXPECT_TRUE(result.stopped);
      EXPECT_EQ(result.completions, 1);
      EXPECT_EQ(alive, 0);
    }
  }
}
struct destroys_op {
  using receiver_concept = ex::receiver_tag;
  void (*destroy)(void *);
  void *owner;
  bool *stopped;
  other_token token;

  void set_value(int) && noexcept { destroy(owner); }
  void set_error(std::exception_ptr) && noexcept { destroy(owner); }
  void set_stopped() && noexcept {
    *stopped = true;
    destroy(owner);
  }
  other_token_env get_env() const noexcept { return {token}; }
};
TEST(Task, MayBeDestroyedByTheRequestThatStopsIt) {
  using op_t = ex::connect_result_t<inline_task<int>, destroys_op>;
  other_source source;
  int alive = 0;
  bool stopped = false;
  std::unique_ptr<op_t> owner;
  auto const destroy = [](void *place) { static_cast<std::unique_ptr<op_t> *>(place)->reset(); };
  owner.reset(new op_t(waits_for_a_stop(&alive), destroys_op{destroy, &owner, &stopped, source.get_token()}));
  ex::start(*owner);
  source.request_stop();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(owner, nullptr);
}

struct custom_query_t : snug::forwarding_query_t {
  template <class Env>
    requires snug::detail::has_query<Env, custom_query_t>
  int operator()(Env const &env) const noexcept {
    return env.query(*this);
  }
};
struct private_query_t {
  template <class Env>
    requires snug::detail::has_query<Env, private_query_t>
  int operator()(Env const &env) const noexcept {
    return env.query(*this);
  }
};
struct answers : anywhere {
  template <class Env>
    requires snug::detail::has_query<Env, custom_query_t>
  explicit answers(Env const &env) : value(custom_query_t{}(env) + 1) {}
  int query(custom_query_t) const noexcept { return value; }
  int query(private_query_t) const noexcept { return value; }
  int value;
};
ex::task<int, answers> asks() { co_return co_await ex::read_env(custom_query_t{}); }
TEST(Task, AnswersWithItsEnvironment) {
  EXPECT_EQ(run<int>(asks(), ex::prop{custom_query_t{}, 1}).value(), 2);
  using promise_env = ex::env_of_t<ex::task<int, answers>::promise_type>;
  static_assert(snug::detail::has_query<promise_env, custom_query_t>);
  static_assert(!snug::detail::has_query<promise_env, private_query_t>, "it is not a forwarding query");
}
struct answers_through_own_env : anywhere {
  template <class Env> struct env_type {
    explicit env_type(Env const &env) : value(custom_query_t{}(env) * 10) {}
    int value;
  };
  template <class Env> explicit answers_through_own_env(env_type<Env> const &own) : own_value(&own.value) {}
  int query(custom_query_t) const noexcept { return *own_value; }
  int const *own_value; // lives as long as the operation
};
ex::task<int, answers_through_own_env> asks_own_env() { co_return co_await ex::read_env(custom_query_t{}); }
TEST(Task, MakesItsEnvironmentOfItsOwn) {
  EXPECT_EQ(run<int>(asks_own_env(), ex::prop{custom_query_t{}, 4}).value(), 40);
}

// [task.promise]: allocators.
template <class T> struct counting_allocator {
  using value_type = T;
  explicit counting_allocator(std::ptrdiff_t *bytes) : bytes(bytes) {}
  template <class U> counting_allocator(counting_allocator<U> const &other) : bytes(other.bytes) {}
  T *allocate(std::size_t n) {
    *bytes += static_cast<std::ptrdiff_t>(n * sizeof(T));
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T *memory, std::size_t n) {
    *bytes -= static_cast<std::ptrdiff_t>(n * sizeof(T));
    std::allocator<T>().deallocate(memory, n);
  }
  friend bool operator==(counting_allocator const &, counting_allocator const &) = default;
  std::ptrdiff_t *bytes;
};
using byte_allocator = counting_allocator<std::byte>;
ex::task<int> allocates(std::allocator_arg_t, byte_allocator, int value) { co_return value; }
struct allocates_as_member {
  int value;
  ex::task<int> run(std::allocator_arg_t, byte_allocator) { co_return value; }
};
// Out of sight, or the compiler leaves out the allocation of a coroutine that nobody starts.
[[gnu::noinline]] ex::task<int> allocates_out_of_sight(std::ptrdiff_t *bytes) {
  return allocates_as_member{8}.run(std::allocator_arg, byte_allocator(bytes));
}
TEST(Task, TakesItsFrameFromTheAllocator) {
  std::ptrdiff_t bytes = 0;
  {
    auto task = allocates(std::allocator_arg, byte_allocator(&bytes), 6);
    EXPECT_GT(bytes, 0);
    EXPECT_EQ(bytes % static_cast<std::ptrdiff_t>(__STDCPP_DEFAULT_NEW_ALIGNMENT__), 0);
    EXPECT_EQ(sync_wait(std::move(task)), std::tuple(6));
    EXPECT_EQ(bytes, 0) << "the frame goes before the task completes";
    auto unstarted = allocates_out_of_sight(&bytes);
    EXPECT_GT(bytes, 0);
  }
  EXPECT_EQ(bytes, 0);
}
struct with_allocator : anywhere {
  using allocator_type = byte_allocator;
};
ex::task<std::ptrdiff_t *, with_allocator> asks_allocator(std::allocator_arg_t, byte_allocator) {
  co_return (co_await ex::read_env(snug::get_allocator)).bytes;
}
TEST(Task, AnswersWithTheReceiversAllocator) {
  std::ptrdiff_t frame = 0;
  std::ptrdiff_t around = 0;
  auto const result = run<std::ptrdiff_t *>(asks_allocator(std::allocator_arg, byte_allocator(&frame)),
                                            ex::prop{snug::get_allocator, byte_allocator(&around)});
  EXPECT_EQ(result.value(), &around);
}

// Scheduler affinity.
class looping_thread {
public:
  looping_thread() : thread_([this] { loop_.run(); }) {}
  ~looping_thread() {
    loop_.finish();
    thread_.join();
  }
  ex::run_loop::scheduler scheduler() { return loop_.get_scheduler(); }
  std::thread::id id() const { return thread_.get_id(); }

private:
  ex::run_loop loop_;
  std::thread thread_;
};

ex::task<std::thread::id> visits(ex::run_loop::scheduler other) {
  co_return co_await (ex::schedule(other) | ex::then([] { return std::this_thread::get_id(); }));
}
ex::task<int> comes_back(looping_thread &other) {
  int right = 0;
  auto const home = std::this_thread::get_id();
  for (int i = 0; i != 50; ++i) {
    auto const visited =
        co_await (ex::schedule(other.scheduler()) | ex::then([] { return std::this_thread::get_id(); }));
    right += visited == other.id() && std::this_thread::get_id() == home;
    right += co_await visits(other.scheduler()) == other.id() && std::this_thread::get_id() == home;
    try {
      co_await (ex::schedule(other.scheduler()) | ex::then([] { throw 1; }));
    } catch (int) {
      right += std::this_thread::get_id() == home;
    }
  }
  co_return right;
}
TEST(Task, GoesOnOnItsScheduler) {
  looping_thread other;
  looping_thread home;
  EXPECT_EQ(sync_wait(comes_back(other)), std::tuple(150)) << "home is sync_wait's loop";
  EXPECT_EQ(sync_wait(ex::starts_on(home.scheduler(), comes_back(other))), std::tuple(150));
}
// The request and the end of the task meet on two threads.
inline_task<int> hops(looping_thread &other, int times) {
  for (int i = 0; i != times; ++i) {
    co_await ex::schedule(other.scheduler());
  }
  co_return times;
}
TEST(Task, MayCompleteWhileItIsAskedToStop) {
  for (int i = 0; i != 100; ++i) {
    other_source source;
    outcome<int> result;
    std::optional<looping_thread> other(std::in_place);
    auto op = ex::connect(hops(*other, i % 7), recorder<other_token_env, int>{&result, {source.get_token()}});
    ex::start(op);
    source.request_stop();
    other.reset(); // joins: the task has completed
    EXPECT_EQ(result.completions, 1);
    EXPECT_TRUE(result.stopped || result.value() == i % 7);
  }
}
// A stop that is requested away from home does not lose the result on the way back.
ex::task<bool> comes_back_stopped(looping_thread &other, snug::inplace_stop_source &source) {
  auto const home = std::this_thread::get_id();
  int const result = co_await (ex::schedule(other.scheduler()) | ex::then([&source] {
                                 source.request_stop();
                                 return 5;
                               }));
  co_return result == 5 && std::this_thread::get_id() == home;
}
TEST(Task, GoesHomeEvenIfItIsToStop) {
  looping_thread other;
  snug::inplace_stop_source source;
  EXPECT_EQ(
      sync_wait(ex::write_env(comes_back_stopped(other, source), ex::prop(snug::get_stop_token, source.get_token()))),
      std::tuple(true));
}
// A task that is awaited in a task is at home when it completes, and need not be sent there.
template <class Task>
concept is_affine = requires(Task task) { static_cast<Task &&>(task).affine(); };
static_assert(is_affine<ex::task<int>> && !is_affine<inline_task<int>>);

inline_task<bool> stays_away(looping_thread &other) {
  co_await ex::schedule(other.scheduler());
  co_return std::this_thread::get_id() == other.id();
}
TEST(Task, StaysWhereItIsWithAnInlineScheduler) {
  looping_thread other;
  EXPECT_EQ(sync_wait(stays_away(other)), std::tuple(true));
}
ex::task<bool> asks_scheduler(ex::task_scheduler expected) {
  co_return co_await ex::read_env(ex::get_start_scheduler) == expected;
}
TEST(Task, AnswersWithItsScheduler) {
  looping_thread other;
  EXPECT_EQ(sync_wait(ex::starts_on(other.scheduler(), asks_scheduler(ex::task_scheduler(other.scheduler())))),
            std::tuple(true));
  EXPECT_EQ(sync_wait(asks_scheduler(ex::task_scheduler(other.scheduler()))), std::tuple(false));
}

// Long and deep.
inline_task<int> returns_inline(int i) { co_return i; }
inline_task<long> loops(int times) {
  long sum = 0;
  for (int i = 0; i != times; ++i) {
    sum += co_await returns_inline(1);
    sum += co_await ex::just(1);
  }
  co_return sum;
}
TEST(Task, NeedsNoStackToLoop) { EXPECT_EQ(sync_wait(loops(500'000)), std::tuple(1'000'000)); }
ex::task<long> loops_on_its_scheduler(int times) {
  long sum = 0;
  for (int i = 0; i != times; ++i) {
    sum += co_await returns(1);
    sum += co_await ex::just(1);
  }
  co_return sum;
}
TEST(Task, NeedsNoStackToLoopOnItsScheduler) {
  EXPECT_EQ(sync_wait(loops_on_its_scheduler(50'000)), std::tuple(100'000));
}
ex::task<long> recurses(int depth) {
  if (depth == 0) {
    co_return 0;
  }
  co_return 1 + co_await recurses(depth - 1);
}
TEST(Task, Recurses) { EXPECT_EQ(sync_wait(recurses(1'000)), std::tuple(1'000)); }

ex::task<int> awaits_others(std::coroutine_handle<> *place) {
  co_await std::suspend_never();
  (void)place;
  co_return co_await foreign{5} + co_await ready{7};
}
TEST(Task, AwaitsForeignSendersAndAwaiters) {
  std::coroutine_handle<> place;
  EXPECT_EQ(sync_wait(awaits_others(&place)), std::tuple(12));
}

} // namespace
