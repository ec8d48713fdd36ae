// Finds tables of functions that objects point to and that are more than a cache line, or may cross one.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/VtableShape.h"

#include "layout/CacheLines.h"
#include "rules/FunctionTables.h"
#include "rules/LayoutDifference.h"
#include "rules/Names.h"

#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace snug::rules {
namespace {

constexpr std::uint64_t Line = layout::RecordLayout::CacheLineBytes;

std::string bytesOf(std::uint64_t N) { return bytes(static_cast<std::int64_t>(N)); }

/// The alignment that every table in the variable has: for an array that of all its elements.
std::uint64_t alignmentOfTables(const clang::VarDecl &Variable, std::uint64_t TableBytes) {
  std::uint64_t Align = alignmentInStorage(Variable.getASTContext(), Variable);
  return Variable.getType()->isArrayType() ? llvm::MinAlign(Align, TableBytes) : Align;
}

std::uint64_t sizeOf(const clang::CXXRecordDecl &Table) {
  return static_cast<std::uint64_t>(Table.getASTContext().getASTRecordLayout(&Table).getSize().getQuantity());
}

/// The table that is aligned least.
const clang::VarDecl &worstOf(llvm::ArrayRef<const clang::VarDecl *> All, std::uint64_t TableBytes) {
  return **llvm::min_element(All, [&](const clang::VarDecl *A, const clang::VarDecl *B) {
    return alignmentOfTables(*A, TableBytes) < alignmentOfTables(*B, TableBytes);
  });
}

} // namespace

void VtableShape::visitDecl(const clang::Decl &D, RuleContext &Context) {
  const auto *Variable = llvm::cast<clang::VarDecl>(&D);
  // Most variables are on the stack.
  if (Variable->getStorageDuration() != clang::SD_Static || Variable->getType().isNull() ||
      Variable->getType()->isDependentType())
    return;
  const clang::CXXRecordDecl *Class = Context.AST.getBaseElementType(Variable->getType())->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Context.isExcluded(Class->getLocation()) ||
      !isConstantInStorage(*Variable) || !isFunctionTable(*Class->getDefinition()))
    return;
  Tables[Class->getDefinition()].push_back(Variable);
}

void VtableShape::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &) {
  for (const clang::FieldDecl *Field : Record.fields())
    if (clang::QualType Pointee = Field->getType()->getPointeeType(); !Pointee.isNull() && Pointee.isConstQualified())
      if (const clang::CXXRecordDecl *Class = Pointee->getAsCXXRecordDecl(); Class && Class->hasDefinition())
        PointedTo.insert(Class->getDefinition());
}

void VtableShape::finish(RuleContext &Context) {
  HeaviestSpecialisations Found;
  for (const auto &[Table, All] : Tables) {
    const std::uint64_t Size = sizeOf(*Table);
    if (PointedTo.contains(Table) && layout::mayCrossLine({0, Size}, alignmentOfTables(worstOf(All, Size), Size)))
      Found.add(*Table, Size);
  }
  for (const auto &[Template, K] : Found.all())
    report(K, Context);
}

void VtableShape::report(const HeaviestSpecialisations::Kept &K, RuleContext &Context) {
  const clang::CXXRecordDecl &Table = *K.Record;
  const Constants &All = Tables[&Table];
  const std::uint64_t Size = K.Amount;
  const clang::VarDecl &Worst = worstOf(All, Size);
  const std::uint64_t Align = alignmentOfTables(Worst, Size);
  const bool TooLarge = Size > Line;
  const std::uint64_t Needed = llvm::divideCeil(Size, Line);
  const std::uint64_t Most = layout::mostLines(Size, Align);
  std::string Message = "the table of functions " + quoted(Table) + " is " + bytesOf(Size);
  if (TooLarge)
    Message += " and takes " + countOf(Needed, "cache line");
  if (Most > Needed)
    Message += std::string(TooLarge ? ", or " : " and may take ") + countOf(Most, "cache line") +
               (TooLarge ? " as it is aligned to " : ": it is aligned to ") + bytesOf(Align);
  Finding F = violated(Context.locate(Context.sources().getFileLoc(Table.getLocation())), std::move(Message));
  if (TooLarge)
    for (Reason &R : LayoutDifference(Table, Context).contents(Line, Size))
      F.Reasons.push_back(std::move(R));
  std::string Which = quoted(Worst) + " is such a table";
  if (All.size() > 1)
    Which = quoted(Worst) + " is one of " + std::to_string(All.size()) + " such tables";
  F.Reasons.push_back({"", std::move(Which), Context.locate(Context.sources().getFileLoc(Worst.getLocation())), {}});
  if (TooLarge)
    F.Reasons.push_back(
        {"", "what is called rarely can stand in a table of its own that the first one points to", F.Where, {}});
  if (Most > Needed) {
    const std::uint64_t Enough = TooLarge ? Line : *layout::alignmentThatKeepsInLine({0, Size}, Align);
    F.Reasons.push_back(offerAlignment("'alignas(" + std::to_string(Enough) + ")' on " + quoted(Table) +
                                           " keeps it in " +
                                           (Needed == 1 ? "one line" : std::to_string(Needed) + " lines"),
                                       Table, Enough, Context));
  }
  addOthers(F, K);
  Context.report(std::move(F));
}

} // namespace snug::rules
