// `snug check`: all rules over sources or a compilation database.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_CHECKCOMMAND_H
#define SNUG_CHECKER_TOOL_CHECKCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command checkCommand();

} // namespace snug::tool

#endif
