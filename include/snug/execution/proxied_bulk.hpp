// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// bulk_chunked and bulk_unchunked where somebody else executes the items ([exec.par.scheduler], [exec.task.scheduler]).
#ifndef SNUG_EXECUTION_PROXIED_BULK_HPP
#define SNUG_EXECUTION_PROXIED_BULK_HPP

#include <snug/config.hpp>
#include <snug/detail/callable.hpp>
#include <snug/detail/forward.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/bulk.hpp>
#include <snug/execution/bulk_on_threads.hpp>
#include <snug/execution/child.hpp>
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/proxied_operation.hpp>
#include <snug/execution/receiver_proxy.hpp>
#include <snug/execution/schedule_failures.hpp>
#include <snug/execution/sender.hpp>

#include <cstddef>
#include <exception>
#include <type_traits>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

struct proxied_bulk_child {};

// The values of a sender, decayed, where the callable takes them; everything else is no value to keep.
template <class Way, class Sndr, class Shape, class F> struct proxied_bulk_values {
  template <class Signature> static consteval auto each() { return of(static_cast<Signature *>(nullptr)); }
  template <class Signal, class... Values> static consteval auto of(Signal (*)(Values...)) {
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      return execution::completion_signatures<>{};
    } else if constexpr (!Way::template can_call<Shape, F, snug::detail::decay_t<Values>...>) {
      return bulk_cannot_call<Way, Sndr, F, Signal(Values...)>{};
    } else {
      return execution::completion_signatures<set_value_t(snug::detail::decay_t<Values>...)>{};
    }
  }
};
template <class Way, class Sndr, class Shape, class F, class... Env>
using proxied_bulk_values_t =
    typename transformed_completions<proxied_bulk_values<Way, Sndr, Shape, F>, completions_t<Sndr, Env...>>::type;

// Those, and what becomes of the sender or of the proxy otherwise.
template <class Way, class Sndr, class Shape, class F, class... Env>
using proxied_bulk_completions_t =
    decltype(proxied_bulk_values_t<Way, Sndr, Shape, F, Env...>{} +
             typename transformed_completions<keep_failures, completions_t<Sndr, Env...>>::type{} +
             completion_signatures<set_error_t(std::exception_ptr), set_stopped_t()>{});

// Whether the callable may throw when it is called with one of the value completions.
template <class Way, class Shape, class F, class Completions> inline constexpr bool proxied_bulk_can_throw = false;
template <class Way, class Shape, class F, class... Signatures>
inline constexpr bool proxied_bulk_can_throw<Way, Shape, F, completion_signatures<Signatures...>> =
    (proxied_bulk_can_throw<Way, Shape, F, Signatures> || ...);
template <class Way, class Shape, class F, class... Values>
inline constexpr bool proxied_bulk_can_throw<Way, Shape, F, set_value_t(Values...)> =
    !Way::template is_nothrow<Shape, F, Values...>();

template <class Proxy, class Way, bool IsParallel, class Sndr, class Shape, class F, class Rcvr> class proxied_bulk_op;

// The proxy whose items Op executes.
template <class Op, class Rcvr, class Proxy, class Completions>
class proxied_bulk_operation : public proxied_operation<Op, Rcvr, Proxy, Completions> {
public:
  void execute(std::size_t begin, std::size_t end) noexcept final {
    static_cast<Op &>(*this).execute_items(begin, end);
  }

protected:
  using proxied_operation<Op, Rcvr, Proxy, Completions>::proxied_operation;
};

template <class Proxy, class Way, bool IsParallel, class Sndr, class Shape, class F, class Rcvr>
struct proxied_bulk_bases {
  using op = proxied_bulk_op<Proxy, Way, IsParallel, Sndr, Shape, F, Rcvr>;
  using values = proxied_bulk_values_t<Way, Sndr, Shape, F, env_of_t<Rcvr>>;
  using proxy =
      proxied_bulk_operation<op, Rcvr, Proxy, proxied_bulk_completions_t<Way, Sndr, Shape, F, env_of_t<Rcvr>>>;
  using child = child_for<op, proxied_bulk_child, env_of_t<Rcvr>, Sndr>;
};

// Keeps the values of its child, has Proxy execute the items, and sends the values on. Proxy is made of the scheduler
// and offers `start_items(way, shape)`.
template <class Proxy, class Way, bool IsParallel, class Sndr, class Shape, class F, class Rcvr>
class proxied_bulk_op : public proxied_bulk_bases<Proxy, Way, IsParallel, Sndr, Shape, F, Rcvr>::proxy,
                        public proxied_bulk_bases<Proxy, Way, IsParallel, Sndr, Shape, F, Rcvr>::child {
  using bases = proxied_bulk_bases<Proxy, Way, IsParallel, Sndr, Shape, F, Rcvr>;
  using proxy = typename bases::proxy;
  using child = typename bases::child;
  static constexpr bool can_throw = proxied_bulk_can_throw<Way, Shape, F, typename bases::values>;

public:
  using operation_state_concept = operation_state_tag;
  using proxy::get_receiver;

  template <class Self>
  proxied_bulk_op(Self &&self, Rcvr rcvr)
      : proxy(static_cast<Rcvr &&>(rcvr), self.sch_), child(static_cast<Sndr &&>(self.sndr_)), shape_(self.shape_),
        f_(snug::detail::forward_member<Self>(self.f_)) {}

  void start() noexcept { child::start_child(); }

  template <class Signal, class... Values> void complete(proxied_bulk_child, Signal, Values &&...values) noexcept {
    if constexpr (!snug::detail::is_same<Signal, set_value_t>) {
      auto &&rcvr = get_receiver();
      Signal{}(std::move(rcvr), static_cast<Values &&>(values)...);
    } else if constexpr ((snug::detail::is_nothrow_constructible<snug::detail::decay_t<Values>, Values> && ...)) {
      keep(static_cast<Values &&>(values)...);
      start_items();
    } else {
      try {
        keep(static_cast<Values &&>(values)...);
      } catch (...) {
        auto &&rcvr = get_receiver();
        set_error_t{}(std::move(rcvr), std::current_exception());
        return;
      }
      start_items();
    }
  }

  static env_of_t<Rcvr> get_env(proxied_bulk_child, proxied_bulk_op &op) noexcept {
    return execution::get_env(proxy::receiver_of(op));
  }

  void execute_items(std::size_t begin, std::size_t end) noexcept {
    Shape const first = IsParallel ? static_cast<Shape>(begin) : Shape(0);
    Shape const last = IsParallel ? static_cast<Shape>(end) : shape_;
    if constexpr (can_throw) {
      if (!exception_) {
        try {
          call(first, last);
        } catch (...) {
          exception_.keep();
        }
      }
    } else {
      call(first, last);
    }
  }

  void complete_value() noexcept {
    if constexpr (can_throw) {
      if (exception_) {
        proxy::complete_with(set_error_t{}, exception_.take());
        return;
      }
    }
    proxy::close_token();
    auto &&rcvr = get_receiver();
    values_.send(rcvr);
  }

private:
  template <class... Values> void keep(Values &&...values) {
    values_.template keep<set_value_t(snug::detail::decay_t<Values>...)>(static_cast<Values &&>(values)...);
  }
  void start_items() noexcept {
    proxy::open_token();
    proxy::start_items(Way{}, !(Shape(0) < shape_) ? 0 : IsParallel ? static_cast<std::size_t>(shape_) : 1);
  }
  void call(Shape begin, Shape end) noexcept(!can_throw) {
    auto &&f = f_.take();
    auto on = [&](auto &...values) noexcept(!can_throw) { Way::call(begin, end, f, values...); };
    values_.lend(on);
  }

  Shape shape_;
  [[no_unique_address]] completion_storage<proxied_bulk_op, typename bases::values> values_;
  [[no_unique_address]] snug::detail::callable<F, proxied_bulk_op> f_;
  [[no_unique_address]] first_exception<proxied_bulk_op, can_throw> exception_;
};

template <class Proxy, class Way, bool IsParallel, class Sndr, class Shape, class F> class proxied_bulk_sender {
  template <class, class, bool, class, class, class, class> friend class proxied_bulk_op;

public:
  using sender_concept = sender_tag;
  using in_place_self = proxied_bulk_sender;
  template <class Self, class Rcvr>
  using operation_for = proxied_bulk_op<Proxy, Way, IsParallel, snug::detail::copy_cvref_t<Self, Sndr>, Shape, F, Rcvr>;

  template <class S, class G, class Sch>
  proxied_bulk_sender(S &&sndr, Shape shape, G &&f, Sch const &sch)
      : sndr_(static_cast<S &&>(sndr)), sch_(sch), shape_(shape), f_(static_cast<G &&>(f)) {}

  template <class Self, class... Env> static consteval auto get_completion_signatures() {
    return proxied_bulk_completions_t<Way, snug::detail::copy_cvref_t<Self, Sndr>, Shape, F, Env...>{};
  }

  forwarded_env_of_t<Sndr> get_env() const noexcept { return {execution::get_env(sndr_)}; }

private:
  [[no_unique_address]] Sndr sndr_;
  typename Proxy::scheduler sch_;
  Shape shape_;
  [[no_unique_address]] F f_;
};

template <class Tag> struct bulk_way_of;
template <> struct bulk_way_of<bulk_chunked_t> {
  using type = bulk_by_chunk;
};
template <> struct bulk_way_of<bulk_unchunked_t> {
  using type = bulk_by_index;
};

// The scheduler on which the child of a bulk sender completes.
template <class Sndr, class Env>
using bulk_scheduler_t = decltype(get_completion_scheduler<set_value_t>(
    execution::get_env(detail::get<2>(std::declval<Sndr const &>())), std::declval<Env const &>()));

/// What a domain makes of a bulk_chunked or bulk_unchunked sender whose child completes on a scheduler of its own type,
/// where Proxy has the items executed.
template <class Proxy> struct proxied_bulk_domain : default_domain {
  template <class Sndr, class Env>
    requires(sender_for<Sndr, bulk_chunked_t> || sender_for<Sndr, bulk_unchunked_t>) &&
            snug::detail::same_as<bulk_scheduler_t<Sndr, Env>, typename Proxy::scheduler>
  static constexpr auto transform_sender(set_value_t, Sndr &&sndr, Env const &env) {
    auto &&[tag, data, child] = static_cast<Sndr &&>(sndr);
    using way = typename bulk_way_of<snug::detail::remove_cvref_t<decltype(tag)>>::type;
    using policy = snug::detail::remove_cvref_t<decltype(data.policy)>;
    using shape = snug::detail::remove_cvref_t<decltype(data.shape)>;
    using f = snug::detail::remove_cvref_t<decltype(data.f)>;
    auto const sch = get_completion_scheduler<set_value_t>(execution::get_env(child), env);
    return proxied_bulk_sender<Proxy, way, allows_threads<policy>, snug::detail::remove_cvref_t<decltype(child)>, shape,
                               f>(snug::detail::forward_member<Sndr>(child), data.shape,
                                  snug::detail::forward_member<Sndr>(data.f), sch);
  }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
