// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The half of the program that inlines receivers.
#include "pipeline.hpp"

static_assert(SNUG_STORE_RECEIVERS == 0);

answer run_inlined(snug::inplace_stop_token token) { return both_modes::run(token); }
