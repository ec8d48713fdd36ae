// Finds classes with at least so many bytes of holes as the configuration says, with an order that has fewer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/PaddingHole.h"

#include "rules/LayoutDifference.h"
#include "rules/Names.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

namespace snug::rules {
namespace {

std::uint64_t bytesIn(clang::CharUnits N) { return static_cast<std::uint64_t>(N.getQuantity()); }

std::string bytesOf(std::uint64_t N) { return bytes(static_cast<std::int64_t>(N)); }

struct Member {
  const clang::FieldDecl *Field;
  std::uint64_t SizeBytes;
  std::uint64_t AlignBytes;
};

/// An order of the members with its size.
struct Order {
  std::vector<Member> Members;
  std::uint64_t SizeBytes;
};

/// The members in an order that leaves as little as possible unused: at each place the most aligned one that fits
/// without a hole. Nothing where an order decides more than offsets (bit-fields, members that share bytes, packing), or
/// where none is smaller.
std::optional<Order> betterOrder(const clang::CXXRecordDecl &Record, const layout::RecordLayout &Shown) {
  const clang::ASTContext &AST = Record.getASTContext();
  const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
  if (Record.hasAttr<clang::PackedAttr>() || Record.hasAttr<clang::MaxFieldAlignmentAttr>() || Record.getNumVBases() ||
      Record.field_empty())
    return std::nullopt;
  std::vector<Member> Left;
  for (const clang::FieldDecl *Field : Record.fields()) {
    if (Field->isBitField() || Field->isPotentiallyOverlapping() || Field->getType()->isIncompleteArrayType())
      return std::nullopt;
    Left.push_back({Field, bytesIn(AST.getTypeSizeInChars(Field->getType())), bytesIn(AST.getDeclAlign(Field))});
  }
  // Members begin behind the bases and the pointer to virtual functions.
  std::uint64_t Offset = 0;
  for (const layout::Node &Child : Shown.Root.Children)
    if (Child.Kind == layout::NodeKind::Base || Child.Kind == layout::NodeKind::VTablePointer)
      Offset = std::max(Offset, llvm::divideCeil(Child.occupied().End, AST.getCharWidth()));
  Order Result{{}, 0};
  while (!Left.empty()) {
    auto Best = Left.begin();
    auto Hole = [&](const Member &M) { return llvm::alignTo(Offset, M.AlignBytes) - Offset; };
    for (auto It = Left.begin(); It != Left.end(); ++It)
      if (Hole(*It) < Hole(*Best) || (Hole(*It) == Hole(*Best) && It->AlignBytes > Best->AlignBytes))
        Best = It;
    Offset = llvm::alignTo(Offset, Best->AlignBytes) + Best->SizeBytes;
    Result.Members.push_back(*Best);
    Left.erase(Best);
  }
  Result.SizeBytes = llvm::alignTo(std::max<std::uint64_t>(Offset, 1), bytesIn(Layout.getAlignment()));
  if (Result.SizeBytes >= bytesIn(Layout.getSize()))
    return std::nullopt;
  return Result;
}

} // namespace

void PaddingHole::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  if (!Threshold)
    Threshold = Context.option(info().Id, "threshold");
  if (!*Threshold || Record.isUnion() || Record.isLambda() || Context.isExcluded(Record.getLocation()))
    return;
  const clang::ASTRecordLayout &Layout = Context.AST.getASTRecordLayout(&Record);
  if (bytesIn(Layout.getSize()) <= *Threshold)
    return;
  const LayoutDifference Difference(Record, Context);
  if (std::uint64_t Own = Difference.ownPaddingBytes(); Own >= *Threshold)
    Found.add(Record, Own);
}

void PaddingHole::finish(RuleContext &Context) {
  for (const auto &[Template, K] : Found.all()) {
    const clang::CXXRecordDecl &Record = *K.Record;
    const LayoutDifference Difference(Record, Context);
    const std::size_t Holes = Difference.layout().Root.Holes.size();
    Finding F = violated(Context.locate(Context.sources().getFileLoc(Record.getLocation())),
                         quoted(Record) + " has " + bytesOf(K.Amount) + " of padding in " + countOf(Holes, "hole") +
                             "; " + std::to_string(*Threshold) + " are reported");
    for (Reason &R : Difference.ownPadding())
      F.Reasons.push_back(std::move(R));
    if (std::optional<Order> Better = betterOrder(Record, Difference.layout())) {
      std::string Names =
          llvm::join(llvm::map_range(Better->Members, [](const Member &M) { return quoted(*M.Field); }), ", ");
      F.Reasons.push_back({"",
                           "declared in the order " + Names + " it would take " + bytesOf(Better->SizeBytes) +
                               " instead of " + std::to_string(Difference.layout().SizeBytes),
                           F.Where,
                           {}});
    }
    addOthers(F, K);
    Context.report(std::move(F));
  }
}

} // namespace snug::rules
