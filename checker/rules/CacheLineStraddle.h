// Finds hot members and tables of functions that cross a cache line, with the alignment that cures it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CACHELINESTRADDLE_H
#define SNUG_CHECKER_RULES_CACHELINESTRADDLE_H

#include "layout/CacheLines.h"
#include "rules/Rule.h"
#include "rules/StatedExpectations.h"

namespace snug::rules {

/// Input: classes with members that are stated to be hot, instantiations included; constant arrays of pointers to
/// functions, and tables of functions in classes that are aligned to a cache line.
/// Result: one finding per group of hot members or table that some object has in more lines than its bytes need. What
/// nobody stated is a note.
class CacheLineStraddle : public Rule {
public:
  using Rule::Rule;
  void declareDeclInterest(DeclInterest &Interest) const override { addKinds<clang::VarDecl>(Interest); }
  void visitDecl(const clang::Decl &D, RuleContext &Context) override;
  void visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) override;

private:
  struct HotMember {
    const clang::FieldDecl *Field;
    layout::ByteRange Bytes;
    clang::SourceLocation Stated;
  };
  /// Members of one group, by offset.
  using HotGroup = std::vector<HotMember>;

  void checkGroup(const clang::CXXRecordDecl &Record, const HotGroup &Group, RuleContext &Context);
  void checkTables(const clang::CXXRecordDecl &Record, RuleContext &Context);
};

} // namespace snug::rules

#endif
