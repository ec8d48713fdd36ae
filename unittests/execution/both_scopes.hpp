// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the tests of counting scopes share: both scopes, and whether one is empty.
#ifndef SNUG_UNITTESTS_EXECUTION_BOTH_SCOPES_HPP
#define SNUG_UNITTESTS_EXECUTION_BOTH_SCOPES_HPP

#include <snug/execution/counting_scope.hpp>
#include <snug/execution/simple_counting_scope.hpp>

#include "test_receivers.hpp"

#include <gtest/gtest.h>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

using scopes = testing::Types<ex::simple_counting_scope, ex::counting_scope>;

// Whether nobody is in the scope; joins it then, and leaves it in use otherwise.
template <class Scope> bool is_empty(Scope &scope) { return run<>(scope.join(), inline_env{}).completions == 1; }

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
