// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Receivers of any type behind one interface ([exec.parschedrepl.recvproxy]).
#ifndef SNUG_EXECUTION_RECEIVER_PROXY_HPP
#define SNUG_EXECUTION_RECEIVER_PROXY_HPP

#include <snug/detail/traits.hpp>
#include <snug/execution/queries.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>

namespace snug::execution::parallel_scheduler_replacement {

/// Stands for the receiver of an operation that a parallel_scheduler_backend carries out, which completes it once.
///
/// Threads:    one of the three completions is called, on any thread; set_value() on one of the backend.
/// Lifetime:   gone when a completion returns, and so is the storage that came with it.
/// Source:     [exec.parschedrepl.recvproxy].
struct receiver_proxy {
  virtual void set_value() noexcept = 0;
  virtual void set_error(std::exception_ptr) noexcept = 0;
  virtual void set_stopped() noexcept = 0;

  /// What a query yields in the receiver's environment. Known is the query get_stop_token with the result
  /// inplace_stop_token, which stands for the receiver's token whatever its type; everything else yields nothing.
  template <class P, class Query>
    requires std::is_class_v<Query>
  std::optional<P> try_query(Query) const noexcept {
    static_assert(std::is_object_v<P> && !std::is_array_v<P> && !std::is_const_v<P> && !std::is_volatile_v<P>,
                  "try_query: the result is an object type without const, and no array [exec.parschedrepl.recvproxy]");
    if constexpr (snug::detail::is_same<P, inplace_stop_token> && snug::detail::is_same<Query, get_stop_token_t>) {
      return query_env(get_stop_token_t{});
    } else {
      return std::nullopt;
    }
  }

protected:
  ~receiver_proxy() = default;

  virtual inplace_stop_token query_env(get_stop_token_t) const noexcept = 0;
};

/// The same for an operation of many items, each of which is executed before it completes with set_value().
///
/// Threads:    execute() is called on threads of the backend, on several of them at the same time.
/// Source:     [exec.parschedrepl.recvproxy].
struct bulk_item_receiver_proxy : receiver_proxy {
  /// Executes the items from begin to end, without the end.
  virtual void execute(std::size_t begin, std::size_t end) noexcept = 0;

protected:
  ~bulk_item_receiver_proxy() = default;
};

} // namespace snug::execution::parallel_scheduler_replacement

#endif
