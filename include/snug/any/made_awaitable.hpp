// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a table returns when it has made an awaitable.
#ifndef SNUG_ANY_MADE_AWAITABLE_HPP
#define SNUG_ANY_MADE_AWAITABLE_HPP

#include <snug/any/awaitable_functions.hpp>

namespace snug::io::detail {

// The functions of the awaitable, and whether it is ready: two registers.
template <class Table> struct made_awaitable {
  Table const *table;
  readiness answer;
};

} // namespace snug::io::detail

#endif
