// `snug explain`: the page of a rule.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_EXPLAINCOMMAND_H
#define SNUG_CHECKER_TOOL_EXPLAINCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command explainCommand();

} // namespace snug::tool

#endif
