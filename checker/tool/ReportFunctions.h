// The functions of a report: listings, chains of loads, and two builds of one function side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_REPORTFUNCTIONS_H
#define SNUG_CHECKER_TOOL_REPORTFUNCTIONS_H

#include "facts/Lock.h"
#include "report/HtmlReport.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <functional>
#include <string>
#include <vector>

namespace snug::tool {

/// An object, and what it was made from.
struct BuiltObject {
  std::string Path;
  /// The source it was made from, or the object itself: what has the same one is shown side by side.
  std::string Source;
  /// What tells it from the other objects of that source; see TypeVariant.
  std::string Label;
};

struct FunctionRequest {
  std::vector<BuiltObject> Objects;
  /// What is promised about functions, counted or not; what is in no object is shown as it was counted.
  facts::Lock Promised;
  /// Names, demangled or mangled, to be shown instead of what is promised; empty takes that.
  std::function<bool(llvm::StringRef)> Filter;
};

/// The sections "functions" and "coroutines", each without entries where there is nothing to show.
/// Fails on objects that cannot be read.
llvm::Expected<std::vector<report::HtmlSection>> functionSections(const FunctionRequest &Request);

} // namespace snug::tool

#endif
