// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An operation state that is the proxy of its own receiver ([exec.par.scheduler]).
#ifndef SNUG_EXECUTION_PROXIED_OPERATION_HPP
#define SNUG_EXECUTION_PROXIED_OPERATION_HPP

#include <snug/config.hpp>
#include <snug/detail/traits.hpp>
#include <snug/execution/completion_signatures.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/receiver_proxy.hpp>
#include <snug/execution/stop_hook.hpp>
#include <snug/stop_token.hpp>

#include <exception>
#include <utility>

namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE {

// A base of Op: the receiver's stop token as an inplace_stop_token. For tokens of other types, a source that follows
// the token between open_token() and close_token().
template <class Op, class Token>
class as_inplace_token : stop_hook<as_inplace_token<Op, Token>, Token>, inplace_stop_source {
  using hook = stop_hook<as_inplace_token, Token>;
  friend hook;

protected:
  void open_token() noexcept {
    hook::open(get_stop_token(execution::get_env(static_cast<Op &>(*this).get_receiver())));
  }
  void close_token() noexcept { hook::close(); }
  inplace_stop_token token() const noexcept { return get_token(); }

private:
  void stop_from_outside() noexcept { request_stop(); }
};
template <class Op> class as_inplace_token<Op, inplace_stop_token> {
protected:
  static void open_token() noexcept {}
  static void close_token() noexcept {}
  inplace_stop_token token() const noexcept {
    return get_stop_token(execution::get_env(static_cast<Op &>(const_cast<as_inplace_token &>(*this)).get_receiver()));
  }
};
template <class Op, class Token>
  requires unstoppable_token<Token>
class as_inplace_token<Op, Token> {
protected:
  static void open_token() noexcept {}
  static void close_token() noexcept {}
  static inplace_stop_token token() noexcept { return {}; }
};

template <class Completions, class Signature> inline constexpr bool has_completion = false;
template <class... Signatures, class Signature>
inline constexpr bool has_completion<completion_signatures<Signatures...>, Signature> =
    (snug::detail::is_same<Signatures, Signature> || ...);

/// Holds the receiver of the operation state Op, which derives from it, and completes it where its base Proxy, a
/// receiver_proxy, is completed. Op opens the token before it hands out the proxy, and offers `complete_value()`, which
/// completes with values, by complete_with() or after it closed the token.
///
/// Op itself declares nothing that Proxy does: a parent that has it, and another such operation, as children in the base
/// form inherits the virtual functions of both.
///
/// State:      Proxy; the receiver where it is not inlinable; a stop source and a callback where the receiver's stop
///             token is neither an inplace_stop_token nor unstoppable.
/// Errors:     terminates where a proxy is completed in a way that Completions does not contain.
/// Source:     [exec.par.scheduler].
template <class Op, class Rcvr, class Proxy, class Completions>
class proxied_operation : public Proxy,
                          public inlinable_operation_state<Op, Rcvr>,
                          public as_inplace_token<Op, stop_token_of_t<env_of_t<Rcvr>>> {
  using receiver_base = inlinable_operation_state<Op, Rcvr>;
  using token_base = as_inplace_token<Op, stop_token_of_t<env_of_t<Rcvr>>>;

public:
  using operation_state_concept = operation_state_tag;
  using receiver_base::get_receiver;

  void set_value() noexcept final { static_cast<Op &>(*this).complete_value(); }
  void set_error(std::exception_ptr error) noexcept final { complete_with(set_error_t{}, std::move(error)); }
  void set_stopped() noexcept final { complete_with(set_stopped_t{}); }

protected:
  template <class... Args>
  explicit proxied_operation(Rcvr &&rcvr, Args &&...args)
      : Proxy(static_cast<Args &&>(args)...), receiver_base(static_cast<Rcvr &&>(rcvr)) {}
  ~proxied_operation() = default;

  using token_base::close_token;
  using token_base::open_token;

  template <class Signal, class... Args> void complete_with(Signal, Args &&...args) noexcept {
    if constexpr (has_completion<Completions, Signal(Args...)>) {
      close_token();
      auto &&rcvr = get_receiver();
      Signal{}(std::move(rcvr), static_cast<Args &&>(args)...);
    } else {
      std::terminate();
    }
  }

private:
  inplace_stop_token query_env(get_stop_token_t) const noexcept final { return token_base::token(); }
};

} // namespace snug::execution::detail::inline SNUG_ABI_NAMESPACE

#endif
