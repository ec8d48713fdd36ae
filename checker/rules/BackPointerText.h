// What stored-back-pointer says about one class: the sentence and the reasons below it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_BACKPOINTERTEXT_H
#define SNUG_CHECKER_RULES_BACKPOINTERTEXT_H

#include "rules/BackPointers.h"
#include "rules/Rule.h"

#include <optional>

namespace snug::rules {

/// The back-pointers of one class that are reported: one per offset, the best known alternative of each.
struct ReportedClass {
  const clang::CXXRecordDecl *Record;
  std::vector<BackPointer> Pointers;
  /// Of one pointer of the target.
  std::int64_t PointerBytes;

  std::int64_t sizeBytes() const { return static_cast<std::int64_t>(Pointers.size()) * PointerBytes; }
};

/// "the enclosing 'op<…>'", "the 'buffer' at offset 64": what a back-pointer leads to.
std::string targetOf(const BackPointer &P);

/// "operation state 'op<…>' stores 3 back-pointers, 24 bytes, that its address already determines".
std::string messageFor(const ReportedClass &Class);

/// Per pointer: what it is, why it is redundant, and why its receiver was not inlined; one obstacle is said once.
std::vector<Reason> reasonsFor(const ReportedClass &Class, const RuleContext &Context);

/// "'op<…>' is 72 bytes; without its back-pointers it could be 24": the padding that goes with them included. None
/// where padding takes their place, or where the layout is beyond `sizeWithout`.
std::optional<Reason> smallerSize(const ReportedClass &Class, const RuleContext &Context);

} // namespace snug::rules

#endif
