// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From names to addresses.
#ifndef SNUG_IO_RESOLVER_HPP
#define SNUG_IO_RESOLVER_HPP

#include <snug/io/detail/posting.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/executor.hpp>
#include <snug/io/io_context.hpp>
#include <snug/io/io_result.hpp>
#include <snug/stop_token.hpp>

#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

namespace snug::io {

/// Why a name has no addresses. Failures of the system have its own codes.
enum class name_error {
  not_found = 1,     ///< the host has no address
  try_again,         ///< who knows the name does not answer at present
  service_not_found, ///< the service has no port
  failed,            ///< who knows the name will not answer
};

std::error_category const &name_category() noexcept;

inline std::error_code make_error_code(name_error e) noexcept { return {static_cast<int>(e), name_category()}; }

namespace detail {

class name_lookup;

// A look-up owns memory of its own, since the system cannot be told to give one up: it may outlive who waits.
class [[nodiscard]] resolve_operation {
public:
  resolve_operation(event_loop &loop, std::string_view host, std::string_view service)
      : loop_(&loop), host_(host), service_(service) {}
  resolve_operation(resolve_operation &&other) noexcept = default;
  ~resolve_operation() { withdraw(); }

  // Numbers are no names.
  bool await_ready();
  template <executor_handle Handle> bool await_suspend(coro h, Handle ex, inplace_stop_token stop) {
    return start(h, posting(ex), stop);
  }
  io_result<std::vector<tcp_endpoint>> await_resume();

private:
  bool start(coro h, posting const &post, inplace_stop_token stop);
  void withdraw() noexcept;

  event_loop *loop_;
  std::string host_;
  std::string service_;
  name_lookup *lookup_ = nullptr; // while the coroutine is suspended
  io_result<std::vector<tcp_endpoint>> result_;
};

} // namespace detail

/// Finds the addresses of hosts and the ports of services, without blocking the threads that run the context.
///
/// `auto [ec, endpoints] = co_await resolver.resolve("localhost", "http");` Numeric hosts with numeric services complete at
/// once; an empty host is the loopback address, an empty service port 0.
/// State:      8 bytes; each look-up allocates its names and its results.
/// Threads:    the system is asked on a thread of the context, one name after the other.
/// Lifetime:   the context outlives it; what it was asked goes on without it. A context that is destroyed waits for the
///             look-up that the system is at.
/// Errors:     name_error, those of the system, errc::operation_canceled by the stop token.
class resolver {
public:
  explicit resolver(io_context &context) noexcept : loop_(&context.loop()) {}

  detail::resolve_operation resolve(std::string_view host, std::string_view service) const {
    return {*loop_, host, service};
  }

private:
  detail::event_loop *loop_;
};

} // namespace snug::io

template <> struct std::is_error_code_enum<snug::io::name_error> : std::true_type {};

#endif
