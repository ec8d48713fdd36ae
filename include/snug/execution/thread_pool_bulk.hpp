// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the algorithms of [exec.bulk] become where a sender completes on a static_thread_pool: calls on all its threads.
#ifndef SNUG_EXECUTION_THREAD_POOL_BULK_HPP
#define SNUG_EXECUTION_THREAD_POOL_BULK_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/thread_pool.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/bulk.hpp>
#include <snug/execution/bulk_on_threads.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/execution_policy.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/sender.hpp>
#include <snug/execution/then.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct pool_bulk_child {};

// Values are kept, decayed, while several threads work with them; errors and the stop are handed on as they are.
struct pool_bulk_keeps {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      return decayed_completions::of(static_cast<set_value_t (*)(Values...)>(nullptr));
    } else {
      return execution::completion_signatures<Signal(Values...)>{};
    }
  }
};
struct pool_bulk_values {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (snug::detail::is_same<Signal, set_value_t>) {
      return execution::completion_signatures<set_value_t(snug::detail::decay_t<Values>...)>{};
    } else {
      return execution::completion_signatures<>{};
    }
  }
};

template <class Sndr, class Shape, class F, class Completions>
using pool_bulk_completions_t =
    typename transformed_completions<bulk_transform<bulk_by_chunk, Sndr, Shape, F>,
                                     typename transformed_completions<pool_bulk_keeps, Completions>::type>::type;

// Whether a call may throw for the values of any completion.
template <class Shape, class F, class Values> inline constexpr bool bulk_is_nothrow = true;
template <class Shape, class F, class... Signatures>
inline constexpr bool bulk_is_nothrow<Shape, F, completion_signatures<Signatures...>> =
    (... && []<class... Values>(set_value_t (*)(Values...)) {
      return bulk_by_chunk::is_nothrow<Shape, F, Values...>();
    }(static_cast<Signatures *>(nullptr)));

// The job of an operation, told from those of its children by its type.
template <class Op> class pool_bulk_job : protected snug::detail::thread_pool_bulk {
protected:
  explicit pool_bulk_job(snug::detail::thread_pool &pool) noexcept : thread_pool_bulk(pool, calls) {}

private:
  // Base to derived, [expr.static.cast]/10, twice: only this class hands its job out, with these functions, and Op is
  // the one that names itself.
  static Op &op_of(thread_pool_bulk &job) noexcept { return static_cast<Op &>(static_cast<pool_bulk_job &>(job)); }
  static void run(thread_pool_bulk &job, std::size_t begin, std::size_t end) noexcept { op_of(job).run(begin, end); }
  static void finish(thread_pool_bulk &job, bool) noexcept { op_of(job).finish(); }

  static constexpr functions calls{&run, &finish};
};

template <class Sndr, class Shape, class F, class Rcvr> class pool_bulk_op;

template <class Sndr, class Shape, class F, class Rcvr> struct pool_bulk_bases {
  using op = pool_bulk_op<Sndr, Shape, F, Rcvr>;
  using receiver_base = inlinable_operation_state<op, Rcvr>;
  using job = pool_bulk_job<op>;
  using child = child_for<op, pool_bulk_child, env_of_t<Rcvr>, Sndr>;
};

template <class Sndr, class Shape, class F, class Rcvr>
class pool_bulk_op : public pool_bulk_bases<Sndr, Shape, F, Rcvr>::receiver_base,
                     public pool_bulk_bases<Sndr, Shape, F, Rcvr>::job,
                     public pool_bulk_bases<Sndr, Shape, F, Rcvr>::child {
  using bases = pool_bulk_bases<Sndr, Shape, F, Rcvr>;
  friend typename bases::job;
  using values = typename transformed_completions<pool_bulk_values, completions_t<Sndr, env_of_t<Rcvr>>>::type;
  static constexpr bool may_throw = !bulk_is_nothrow<Shape, F, values>;

public:
  using operation_state_concept = operation_state_tag;
  using bases::receiver_base::get_receiver;

  template <class Self>
  pool_bulk_op(Self &&self, Rcvr rcvr)
      : bases::receiver_base(static_cast<Rcvr &&>(rcvr)), bases::job(*self.pool_),
        bases::child(static_cast<Sndr &&>(self.sndr_)), shape_(self.shape_),
        f_(snug::detail::forward_member<Self>(self.f_)) {}

  void start() noexcept { bases::child::start_child(); }

  template <class Signal, class... Values> void complete(pool_bulk_child, Signal, Values &&...results) noexcept {
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      auto &&rcvr = get_receiver();
      Signal{}(std::move(rcvr), static_cast<Values &&>(results)...);
    } else if (keep(static_cast<Values &&>(results)...)) {
      bases::job::run_here(Shape(0) < shape_ ? static_cast<std::size_t>(shape_) : 0);
    }
  }

  static env_of_t<Rcvr> get_env(pool_bulk_child, pool_bulk_op &op) noexcept {
    return execution::get_env(bases::receiver_base::receiver_of(op));
  }

private:
  // False where that throws, and the receiver has been told so.
  template <class... Values> bool keep(Values &&...results) noexcept {
    using signature = set_value_t(snug::detail::decay_t<Values>...);
    if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      storage_.template keep<signature>(static_cast<Values &&>(results)...);
    } else {
      try {
        storage_.template keep<signature>(static_cast<Values &&>(results)...);
      } catch (...) {
        auto &&rcvr = get_receiver();
        set_error_t{}(std::move(rcvr), std::current_exception());
        return false;
      }
    }
    return true;
  }

  void run(std::size_t begin, std::size_t end) noexcept {
    auto &&f = f_.take();
    auto call = [&](auto &...results) { f(static_cast<Shape>(begin), static_cast<Shape>(end), results...); };
    if constexpr (may_throw) {
      try {
        storage_.lend(call);
      } catch (...) {
        exception_.keep();
        bases::job::skip_the_rest();
      }
    } else {
      storage_.lend(call);
    }
  }
  void finish() noexcept {
    auto &&rcvr = get_receiver();
    if constexpr (may_throw) {
      if (exception_) {
        set_error_t{}(std::move(rcvr), exception_.take());
        return;
      }
    }
    storage_.send(rcvr);
  }

  Shape shape_;
  [[no_unique_address]] snug::detail::callable<F, pool_bulk_op> f_;
  [[no_unique_address]] completion_storage<pool_bulk_op, values> storage_;
  [[no_unique_address]] first_exception<pool_bulk_op, may_throw> exception_;
};

// bulk_chunked, its calls shared out by a pool.
template <class Sndr, class Shape, class F> class pool_bulk_sender {
  template <class, class, class, class> friend class pool_bulk_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = pool_bulk_sender;
  template <class Self, class Rcvr>
  using operation_for = pool_bulk_op<snug::detail::copy_cvref_t<Self, Sndr>, Shape, F, Rcvr>;

  template <class S, class G>
  pool_bulk_sender(snug::detail::thread_pool &pool, S &&sndr, Shape shape, G &&f)
      : pool_(&pool), sndr_(static_cast<S &&>(sndr)), shape_(shape), f_(static_cast<G &&>(f)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    using child = snug::detail::copy_cvref_t<Self, Sndr>;
    return pool_bulk_completions_t<Sndr, Shape, F, completions_t<child, Env...>>{};
  }

  forwarded_env_of_t<Sndr> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  snug::detail::thread_pool *pool_;
  [[no_unique_address]] Sndr sndr_;
  Shape shape_;
  [[no_unique_address]] F f_;
};

template <class> inline constexpr bool is_bulk_for_threads = false;
template <class Policy, class Shape, class F>
inline constexpr bool is_bulk_for_threads<bulk_data<Policy, Shape, F>> = allows_threads<Policy>;

template <class Sndr, class Tag>
concept bulk_for_threads =
    sender_for<Sndr, Tag> && is_bulk_for_threads<snug::detail::remove_cvref_t<detail::part_t<1, Sndr>>>;

// Whether a sender completes where it is started: values, and what functions make of them there.
template <class Sndr> inline constexpr bool completes_where_started = false;
template <class Sndr>
  requires sender_for<Sndr, just_t>
inline constexpr bool completes_where_started<Sndr> = true;
template <class Sndr>
  requires sender_for<Sndr, then_t> || sender_for<Sndr, bulk_t> || sender_for<Sndr, bulk_chunked_t> ||
               sender_for<Sndr, bulk_unchunked_t>
inline constexpr bool completes_where_started<Sndr> =
    completes_where_started<snug::detail::remove_cvref_t<detail::part_t<2, Sndr>>>;

struct thread_pool_domain;

// The scheduler of the pool on which the sender of a bulk algorithm completes: it says so, or completes where it is
// started. Who knows the domain alone, since there may be several pools, is left as it is.
template <class Child, class Env>
  requires requires(Child const &child, Env const &env) {
    get_completion_scheduler<set_value_t>(execution::get_env(child), env);
  }
constexpr auto pool_scheduler(set_value_t, Child const &child, Env const &env) noexcept {
  return get_completion_scheduler<set_value_t>(execution::get_env(child), env);
}
template <class Child, class Env>
  requires completes_where_started<Child> && requires(Env const &env) { get_start_scheduler_t{}(env); } &&
           snug::detail::is_same<
               completion_domain_t<set_value_t, decltype(get_start_scheduler_t{}(std::declval<Env const &>())), Env>,
               thread_pool_domain>
constexpr auto pool_scheduler(start_t, Child const &, Env const &env) noexcept {
  return get_start_scheduler_t{}(env);
}

template <class When, class Sndr, class Env>
concept completes_on_pool =
    requires(detail::part_t<2, Sndr> const &child, Env const &env) { detail::pool_scheduler(When{}, child, env); };

/// The domain of a static_thread_pool: has its threads share the calls of bulk algorithms whose policy allows that.
///
/// Shapes:     those of the algorithm, with decayed values.
/// State:      the child's state, the number, the callable, 56 bytes by which the threads share the calls, the values,
///             and 16 bytes for an exception where a call may throw; no receiver, no back-pointer (x86-64, Itanium
///             ABI), held by execution/thread_pool_bulk_test.cpp.
/// Threads:    calls the function on the thread where the sender completes, and on those of the pool that are free
///             meanwhile; at most 16 chunks for each thread. Completes where the last call ends.
/// Lifetime:   the values live in the state until they are sent on.
/// Errors:     the first exception becomes set_error_t(std::exception_ptr), once the calls that have begun have ended;
///             chunks that nobody has begun are left out.
/// Complexity: no allocation; one atomic read-modify-write for each chunk, and one submission for each thread.
/// Source:     snug; as [exec.par.scheduler] says of its domain, and also where values are started on the pool.
struct thread_pool_domain {
  template <class When, class Sndr, class Env>
    requires bulk_for_threads<Sndr, bulk_chunked_t> && completes_on_pool<When, Sndr, Env>
  static auto transform_sender(When when, Sndr &&sndr, Env const &env) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    return on_pool(detail::pool_scheduler(when, child, env), snug::detail::forward_member<Sndr>(child), data.shape,
                   snug::detail::forward_member<Sndr>(data.f));
  }
  // A thread that takes a chunk of indices calls the function with each.
  template <class When, class Sndr, class Env>
    requires bulk_for_threads<Sndr, bulk_unchunked_t> && completes_on_pool<When, Sndr, Env>
  static auto transform_sender(When when, Sndr &&sndr, Env const &env) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    using each = bulk_each<decltype(data.f)>;
    return on_pool(detail::pool_scheduler(when, child, env), snug::detail::forward_member<Sndr>(child), data.shape,
                   each{snug::detail::forward_member<Sndr>(data.f)});
  }

private:
  template <class Sch, class Child, class Shape, class F>
  static auto on_pool(Sch sch, Child &&child, Shape shape, F &&f) {
    return pool_bulk_sender<snug::detail::remove_cvref_t<Child>, Shape, snug::detail::remove_cvref_t<F>>(
        *sch.pool_, static_cast<Child &&>(child), shape, static_cast<F &&>(f));
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
