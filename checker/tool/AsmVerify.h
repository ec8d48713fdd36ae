// `snug asm --verify`: objects held to what their sources and EXPECT lines state.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_ASMVERIFY_H
#define SNUG_CHECKER_TOOL_ASMVERIFY_H

#include "core/Finding.h"
#include "machine/Target.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <string>
#include <vector>

namespace snug::tool {

struct VerifyRequest {
  std::vector<std::string> Files;          ///< objects, and texts with EXPECT lines
  std::vector<std::string> Texts;          ///< texts with EXPECT lines
  std::vector<std::string> Configurations; ///< lines 'EXPECT-NAME:' that count
  bool IgnoresTimes = false;               ///< an object older than its source is held to what it states all the same
  unsigned Jobs = 1;                       ///< threads
};

/// Hands the findings to `Write`, with the number of objects; returns the exit code.
int verifyObjects(const machine::Target &T, const VerifyRequest &Request,
                  llvm::function_ref<void(llvm::ArrayRef<Finding>, size_t)> Write);

} // namespace snug::tool

#endif
