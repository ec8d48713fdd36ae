// `snug report`: one page with pictures of what a build, its objects or its lock files hold.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_REPORTCOMMAND_H
#define SNUG_CHECKER_TOOL_REPORTCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command reportCommand();

} // namespace snug::tool

#endif
