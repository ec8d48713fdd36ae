// The figures of a type that its layout decides, and the bytes that make them what they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LayoutFigures.h"

#include <iterator>

namespace snug::rules {

const clang::CXXRecordDecl *LayoutFigures::record() const {
  return Context.AST.getBaseElementType(Type)->getAsCXXRecordDecl();
}

const LayoutDifference &LayoutFigures::layout() {
  if (!Layout)
    Layout = std::make_unique<LayoutDifference>(*record(), Context);
  return *Layout;
}

std::optional<std::uint64_t> LayoutFigures::of(const Quantity &Q) {
  const clang::TypeInfoChars Info = Context.AST.getTypeInfoInChars(Type);
  auto Size = static_cast<std::uint64_t>(Info.Width.getQuantity());
  if (Q.Name == "size")
    return Size;
  if (Q.Name == "align")
    return static_cast<std::uint64_t>(Info.Align.getQuantity());
  if (Q.Name == "cache_lines")
    return (Size + layout::RecordLayout::CacheLineBytes - 1) / layout::RecordLayout::CacheLineBytes;
  if (Q.Name != "padding")
    return std::nullopt;
  if (!record())
    return 0;
  // An array has what its elements have.
  auto ElementBytes =
      static_cast<std::uint64_t>(Context.AST.getTypeSizeInChars(Context.AST.getBaseElementType(Type)).getQuantity());
  return layout().paddingBytes() * (Size / ElementBytes);
}

std::vector<Reason> LayoutFigures::whyMoreThan(std::uint64_t Bound, const Quantity &Q) {
  std::optional<std::uint64_t> Actual = of(Q);
  if (!record() || !Actual || *Actual <= Bound)
    return {};
  if (Q.Name == "padding")
    return layout().padding();
  if (!Type->isRecordType())
    return {};
  if (Q.Name == "align")
    return layout().alignment();
  std::uint64_t Promised = Q.Name == "size" ? Bound : Bound * layout::RecordLayout::CacheLineBytes;
  std::vector<Reason> Reasons =
      layout().contents(Promised, static_cast<std::uint64_t>(Context.AST.getTypeSizeInChars(Type).getQuantity()));
  append(Reasons, layout().padding());
  return Reasons;
}

std::string predicate(const Quantity &Q, std::uint64_t Actual) {
  if (Q.Name == "size")
    return "is " + count(Actual, Q);
  if (Q.Name == "align")
    return "is aligned to " + count(Actual, Q);
  if (Q.Name == "padding")
    return "holds " + count(Actual, Q) + " of padding";
  if (Q.Name == "cache_lines")
    return "takes " + count(Actual, Q);
  return "holds " + count(Actual, Q);
}

void append(std::vector<Reason> &To, std::vector<Reason> More) {
  To.insert(To.end(), std::make_move_iterator(More.begin()), std::make_move_iterator(More.end()));
}

} // namespace snug::rules
