// Says which settings are in force and where each comes from: `snug check --list-rules` and `--explain-config`.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_SETTINGSTEXT_H
#define SNUG_CHECKER_TOOL_SETTINGSTEXT_H

#include "core/Config.h"
#include "rules/Rule.h"

#include "llvm/Support/raw_ostream.h"

namespace snug::tool {

/// One line for each rule that runs: "id (level): summary paragraph", with the place that set the level if one did.
void listRules(llvm::raw_ostream &OS, const rules::RunOptions &Options);

/// Every setting as .snug.yaml would say it, with its origin as a comment.
void explainSettings(llvm::raw_ostream &OS, const Config &Settings, const rules::RunOptions &Options);

} // namespace snug::tool

#endif
