// `snug lint`: what pre-commit runs on the files of a commit.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_LINTCOMMAND_H
#define SNUG_CHECKER_TOOL_LINTCOMMAND_H

#include "tool/Command.h"

namespace snug::tool {

Command lintCommand();

} // namespace snug::tool

#endif
