// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// std::stop_token as a token of ours, for operations that a std::jthread or a std::stop_source asks to stop.
//
// Before C++26 it has no member callback_type, so that it is no snug::stoppable_token by itself. Include this before an
// environment that offers it is asked. For everything else there is snug::stop_token, which costs no <stop_token>.
#ifndef SNUG_STD_STOP_TOKEN_HPP
#define SNUG_STD_STOP_TOKEN_HPP

#include <snug/stop_token.hpp>

#include <stop_token>

#ifdef __cpp_lib_jthread

template <> struct snug::detail::stop_callbacks<std::stop_token> {
  template <class CallbackFn> using type = std::stop_callback<CallbackFn>;
};
static_assert(snug::stoppable_token<std::stop_token>);

#endif

#endif
