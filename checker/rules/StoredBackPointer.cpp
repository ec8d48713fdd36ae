// Finds stored pointers and references that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StoredBackPointer.h"

#include "rules/BackPointerText.h"
#include "rules/BackPointers.h"
#include "rules/Names.h"
#include "rules/SuppressedRanges.h"
#include "rules/UserCode.h"

#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallSet.h"

namespace snug::rules {

using namespace clang;

void StoredBackPointer::declareInterest(StmtInterest &Interest) const { WriterIndex::declareInterest(Interest); }

void StoredBackPointer::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &) { Writers.add(S, Scope); }

void StoredBackPointer::visitRecord(const CXXRecordDecl &Record, RuleContext &) { Records.push_back(&Record); }

namespace {

/// A class between the encloser and the pointer says that it stores on purpose: what is around it has no choice.
bool isSilenced(const BackPointer &P, llvm::StringRef RuleId) {
  if (silences(*P.Encloser, RuleId))
    return true;
  for (const Step *S = P.Path; S; S = S->Next)
    if (S->Class && silences(*S->Class, RuleId))
      return true;
  return false;
}

ReportedClass reported(const CXXRecordDecl &Record, BackPointers &Analysis, const RuleContext &Context,
                       llvm::StringRef RuleId) {
  const auto PointerBits = static_cast<std::int64_t>(Context.AST.getTargetInfo().getPointerWidth(LangAS::Default));
  ReportedClass Result{&Record, {}, Context.AST.toCharUnitsFromBits(PointerBits).getQuantity()};
  llvm::SmallSet<std::int64_t, 16> Offsets;
  // Waste inside somebody else's class is nothing that this class's author can change.
  for (const BackPointer &P : Analysis.of(Record).Pointers)
    if (P.Level >= Evidence::Likely && isUsers(*P.Encloser, Context) && !isSilenced(P, RuleId) &&
        Offsets.insert(P.Offset).second)
      Result.Pointers.push_back(P);
  return Result;
}

} // namespace

void StoredBackPointer::finish(RuleContext &Context) {
  BackPointers Analysis(Context.AST, Writers);
  // Most classes are empty; whose they are is looked up in their template arguments.
  llvm::erase_if(
      Records, [&](const CXXRecordDecl *R) { return R->isEmpty() || !isUsers(*R, Context) || !Analysis.encloses(*R); });
  llvm::SmallPtrSet<const CXXRecordDecl *, 32> Contained;
  for (const CXXRecordDecl *Record : Records)
    for (const ClassAt &Part : Analysis.shapes().shapeOf(*Record).Classes)
      if (Part.Class != Record)
        Contained.insert(Part.Class);
  llvm::MapVector<const Decl *, std::vector<ReportedClass>> ByTemplate;
  for (const CXXRecordDecl *Record : Records)
    if (!Contained.contains(Record))
      if (ReportedClass Class = reported(*Record, Analysis, Context, info().Id); !Class.Pointers.empty())
        ByTemplate[templateOf(*Record)].push_back(std::move(Class));
  for (const auto &[Template, Classes] : ByTemplate)
    report(Classes, Context);
}

void StoredBackPointer::report(llvm::ArrayRef<ReportedClass> Classes, RuleContext &Context) const {
  const ReportedClass &Largest = *llvm::max_element(
      Classes, [](const ReportedClass &A, const ReportedClass &B) { return A.sizeBytes() < B.sizeBytes(); });
  const SourceLocation Definition = Largest.Record->getLocation();
  const bool Foreign = Context.isExcluded(Definition);
  Finding F = violated(Context.locate(placeForUser(*Largest.Record, Context)), messageFor(Largest));
  if (Foreign)
    F.Reasons.push_back({"", quoted(*Largest.Record) + " is defined here", Context.locate(Definition), {}});
  for (Reason &R : reasonsFor(Largest, Context))
    F.Reasons.push_back(std::move(R));
  if (std::optional<Reason> Smaller = smallerSize(Largest, Context))
    F.Reasons.push_back(std::move(*Smaller));
  if (Classes.size() > 1)
    F.Reasons.push_back({"",
                         countOf(Classes.size() - 1, "other specialisation") + " of '" +
                             Largest.Record->getNameAsString() + "' " + (Classes.size() == 2 ? "stores" : "store") +
                             " back-pointers too",
                         Context.locate(Definition),
                         {}});
  Context.report(std::move(F));
}

} // namespace snug::rules
