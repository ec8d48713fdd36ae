// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The half of the program that stores receivers.
#include "pipeline.hpp"

static_assert(SNUG_STORE_RECEIVERS == 1);

answer run_stored(snug::inplace_stop_token token) { return both_modes::run(token); }
