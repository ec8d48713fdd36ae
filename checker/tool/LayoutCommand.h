// `snug layout`: layout trees of the records in sources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_LAYOUTCOMMAND_H
#define SNUG_CHECKER_TOOL_LAYOUTCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command layoutCommand();

} // namespace snug::tool

#endif
