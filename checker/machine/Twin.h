// A function held to its hand-written twin: no more than one would have written oneself.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_TWIN_H
#define SNUG_CHECKER_MACHINE_TWIN_H

#include "machine/Expectations.h"

namespace snug::machine {

/// One finding for each of loads, chain, instructions and calls in which the function is above its twin, with what makes
/// the difference. Fewer are fine, and the names of registers play no part.
std::vector<Finding> holdToTwin(const FunctionReport &Function, const FunctionReport &Twin);

} // namespace snug::machine

#endif
