// The expectations that sources stated on functions, read from the objects they were compiled to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_STATEDINOBJECTS_H
#define SNUG_CHECKER_TOOL_STATEDINOBJECTS_H

#include "machine/Expectations.h"
#include "machine/Inputs.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace snug::tool {

/// One expectation for each figure in the sections .snug.facts of the inputs, each said once. A function that its own
/// object was free to drop, and dropped, is left out; any other that is missing will be found missing.
/// Fails on facts that cannot be read, naming the object.
llvm::Expected<std::vector<machine::Expectation>> statedInObjects(llvm::ArrayRef<machine::Input> Inputs);

} // namespace snug::tool

#endif
