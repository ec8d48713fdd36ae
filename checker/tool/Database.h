// The compilation database: where it is, and what is wrong with it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_DATABASE_H
#define SNUG_CHECKER_TOOL_DATABASE_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace snug::tool {

/// The database's own file for `-p BUILD`.
std::string databaseFile(llvm::StringRef BuildPath);

/// The nearest database in `Folder`, in `build` or `build/release` there, or above, up to the root of the repository;
/// named from here. Empty when there is none.
std::string nearestDatabase(llvm::StringRef Folder);

/// Fails, with one message that names the cause, when there is no such file, when it is malformed, or has no entries.
llvm::Expected<std::unique_ptr<clang::tooling::CompilationDatabase>> loadDatabase(const std::string &File);

/// The object that a command writes, absolute; empty when it says none.
std::string objectOf(const clang::tooling::CompileCommand &Command);

} // namespace snug::tool

#endif
