// Names the bytes that make a layout differ from what was stated: members beyond the promise, padding, alignment.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LAYOUTDIFFERENCE_H
#define SNUG_CHECKER_RULES_LAYOUTDIFFERENCE_H

#include "layout/Tree.h"
#include "rules/Rule.h"

#include "clang/AST/DeclCXX.h"

#include <cstdint>
#include <vector>

namespace snug::rules {

/// One record and its layout, read once for all expectations on it.
class LayoutDifference {
public:
  LayoutDifference(const clang::CXXRecordDecl &Record, const RuleContext &Context);

  const layout::RecordLayout &layout() const { return Layout; }
  /// Bytes without any bit of a value; the hole of an array element counts once for each element.
  std::uint64_t paddingBytes() const;

  /// "8 bytes at offset 16 hold 'parent', of type 'op *'" for each subobject in [Begin, End), in bytes; a base or
  /// member that starts before Begin is taken apart.
  std::vector<Reason> contents(std::uint64_t Begin, std::uint64_t End) const;
  /// The subobjects that take most, most first, at most so many; one that takes more than half of the whole and has
  /// several parts is taken apart.
  std::vector<Reason> costliest(std::size_t AtMost) const;
  /// "3 bytes at offset 5 are padding behind 'flag'", in the order of the layout.
  std::vector<Reason> padding() const;
  /// The same for the holes that lie in no base or member.
  std::uint64_t ownPaddingBytes() const;
  std::vector<Reason> ownPadding() const;
  /// "'lock', of type 'mutex', is aligned to 64 bytes" for those that demand the alignment of the whole.
  std::vector<Reason> alignment() const;

private:
  struct Part;
  void collectParts(const layout::Node &N, const clang::CXXRecordDecl *Record, std::vector<Part> &Out) const;
  Reason describePart(const layout::Node &N, const clang::CXXRecordDecl *In, clang::SourceLocation Where) const;
  void collectContents(const layout::Node &N, const clang::CXXRecordDecl *Record, std::uint64_t Begin,
                       std::uint64_t End, std::vector<Reason> &Out) const;
  void addHoles(const layout::Node &N, const clang::CXXRecordDecl *Record, std::vector<Reason> &Out) const;
  void collectPadding(const layout::Node &N, const clang::CXXRecordDecl *Record, std::vector<Reason> &Out) const;

  const clang::CXXRecordDecl &Record;
  const RuleContext &Context;
  layout::RecordLayout Layout;
};

} // namespace snug::rules

#endif
