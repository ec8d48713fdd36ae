// Finds stored pointers and references that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StoredBackPointer.h"

#include "rules/BackPointerText.h"
#include "rules/BackPointers.h"
#include "rules/Names.h"
#include "rules/SuppressedRanges.h"

#include "clang/AST/DeclTemplate.h"
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

/// A class of the user's among the template arguments of an instantiation.
const CXXRecordDecl *userArgument(const CXXRecordDecl &Record, const RuleContext &Context);

const CXXRecordDecl *userArgument(llvm::ArrayRef<TemplateArgument> Arguments, const RuleContext &Context) {
  for (const TemplateArgument &Argument : Arguments) {
    const CXXRecordDecl *Found = nullptr;
    if (Argument.getKind() == TemplateArgument::Pack)
      Found = userArgument(Argument.getPackAsArray(), Context);
    else if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class = Argument.getAsType()->getAsCXXRecordDecl())
        Found = Context.isExcluded(Class->getLocation()) ? userArgument(*Class, Context) : Class;
    if (Found)
      return Found;
  }
  return nullptr;
}

const CXXRecordDecl *userArgument(const CXXRecordDecl &Record, const RuleContext &Context) {
  for (const DeclContext *C = &Record; C && C->isRecord(); C = C->getParent())
    if (const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(C))
      if (const CXXRecordDecl *Found = userArgument(Specialization->getTemplateArgs().asArray(), Context))
        return Found;
  return nullptr;
}

/// Specialisations of one template have one place where the user reads about them.
const Decl *templateOf(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
  return (Pattern ? Pattern : &Record)->getCanonicalDecl();
}

/// A class of the user's: written outside of excluded headers, or instantiated with such a class.
bool isOurs(const CXXRecordDecl &Record, const RuleContext &Context) {
  return !Context.isExcluded(Record.getLocation()) || userArgument(Record, Context);
}

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
    if (P.Level >= Evidence::Likely && isOurs(*P.Encloser, Context) && !isSilenced(P, RuleId) &&
        Offsets.insert(P.Offset).second)
      Result.Pointers.push_back(P);
  return Result;
}

} // namespace

void StoredBackPointer::finish(RuleContext &Context) {
  BackPointers Analysis(Context.AST, Writers);
  llvm::erase_if(Records, [&](const CXXRecordDecl *R) { return !isOurs(*R, Context) || !Analysis.encloses(*R); });
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
  Finding F = violated(Context.locate(Foreign ? userArgument(*Largest.Record, Context)->getLocation() : Definition),
                       messageFor(Largest));
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
