// The types of a report: gathered from sources, objects and lock files, the same type's layouts side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_REPORTTYPES_H
#define SNUG_CHECKER_TOOL_REPORTTYPES_H

#include "facts/Lock.h"
#include "report/HtmlReport.h"
#include "rules/RecordPortraits.h"
#include "tool/ReportFunctions.h"
#include "tool/Sources.h"

#include "llvm/Support/Error.h"

#include <functional>
#include <string>
#include <vector>

namespace snug::tool {

/// One layout of a type, and what tells it from the type's others.
struct TypeVariant {
  rules::Portrait Shown;
  /// "-DSNUG_STORE_RECEIVERS=1", "armv7em-none-eabi with gcc"; empty for what is nothing special.
  std::string Label;
};

/// A type as the report has it.
struct ReportedType {
  /// At least one; the largest first.
  std::vector<TypeVariant> Variants;

  /// The one that stands for the type in lists: the one without a label, or else the first.
  const TypeVariant &main() const;
  /// As people know it.
  const std::string &name() const;
};

struct TypeRequest {
  std::vector<std::string> Sources;
  std::string BuildPath;
  std::optional<std::vector<std::string>> Flags;
  /// Flags that every source is compiled with a second time; empty for once.
  std::vector<std::string> Beside;
  /// The folder that places are named from.
  std::string Root;
  std::string ConfigFile;
  /// As in PortraitOptions.
  std::function<bool(llvm::StringRef)> Filter;
  unsigned Jobs = 1;
};

/// Collects layouts and puts together what is of one type.
class TypeCollection {
public:
  /// Compiles the sources, those of the whole database when none is named. Fails as Sources::find and findConfig do, and
  /// when one does not compile, which was said on stderr by then.
  llvm::Error addSources(const TypeRequest &Request);
  /// The types of a lock. `Filter` as above.
  void addLock(const facts::Lock &Entries, const std::function<bool(llvm::StringRef)> &Filter);

  /// Sorted by name. Layouts under one name and of one place are one type's, if they have labels to tell them apart.
  std::vector<ReportedType> take();

  /// The objects of the commands that are not older than what they were compiled from.
  const std::vector<BuiltObject> &objects() const { return Objects; }
  /// What the sources state about functions.
  const facts::Lock &functions() const { return Functions; }

  /// Main files that were compiled.
  std::size_t sourceCount() const { return SourceCount; }

private:
  llvm::Error compile(const Sources &Units, const TypeRequest &Request, llvm::StringRef Label);

  std::vector<TypeVariant> All;
  std::vector<BuiltObject> Objects;
  facts::Lock Functions;
  std::size_t SourceCount = 0;
};

/// The section "types" of the page.
report::HtmlSection typesSection(llvm::ArrayRef<ReportedType> Types);

} // namespace snug::tool

#endif
