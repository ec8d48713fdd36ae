// Holds classes, aliases, variables and members to the sizes, offsets and counts stated on them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LayoutExpectation.h"

#include "layout/Names.h"
#include "rules/BackPointerText.h"
#include "rules/Names.h"
#include "rules/SenderShapes.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {
namespace {

/// What a message calls the declaration; the alias that SNUG_ASSERT_LAYOUT makes is nobody's name.
std::string describe(const clang::NamedDecl &D, clang::QualType Type) {
  if (const auto *Record = llvm::dyn_cast<clang::CXXRecordDecl>(&D))
    return (isOperationState(*Record) ? "operation state " : "") + quoted(*Record);
  if (D.getName().starts_with("snug_stated_"))
    return quoted(Type, D.getASTContext());
  return "'" + D.getNameAsString() + "'";
}

/// Where `D` stands in the file, seen from outside of macros.
Location locate(const clang::NamedDecl &D, const RuleContext &Context) {
  return Context.locate(Context.sources().getFileLoc(D.getLocation()));
}

/// "at most 32 bytes were stated".
std::string wasStated(const StatedExpectation &Stated) {
  const Quantity &Q = *Stated.Name.What;
  auto Number = static_cast<std::uint64_t>(Stated.Value);
  std::string Text;
  if (Stated.Name.How != Relation::Equal)
    Text = Stated.Name.How == Relation::AtMost ? "at most " : "at least ";
  Text += Q.Name == "offset" ? "offset " + std::to_string(Number) : count(Number, Q);
  return Text + (Number == 1 || Q.Name == "offset" ? " was stated" : " were stated");
}

/// "size was stated here", "cache lines were stated here".
std::string statedHere(const Quantity &Q) {
  if (Q.Name == "align")
    return "alignment was stated here";
  return (Q.Name == "cache_lines" || Q.Name == "back_pointers" ? Q.Many + " were" : Q.Name + " was").str() +
         " stated here";
}

} // namespace

void LayoutExpectation::visitDecl(const clang::Decl &D, RuleContext &Context) {
  if (isNothingStatedOn(D))
    return;
  const auto *Alias = llvm::dyn_cast<clang::TypedefNameDecl>(&D);
  const auto *Variable = llvm::dyn_cast<clang::VarDecl>(&D);
  const auto *Declared = llvm::dyn_cast<clang::CXXRecordDecl>(&D);
  // Definitions are seen as records; here only classes that never get one are of interest.
  if (Declared && (Declared->hasDefinition() || Declared->isDependentContext() || Declared->getMostRecentDecl() != &D))
    return;
  std::vector<StatedExpectation> All = statedOn(D);
  if (All.empty() || Context.isExcluded(All.front().Where))
    return;
  if (Alias) {
    const auto *Written = llvm::dyn_cast<clang::TypeAliasDecl>(Alias);
    if (Written && Written->getDescribedAliasTemplate())
      return Context.report(violated(Context.locate(All.front().Where),
                                     "'" + toString(All.front().Name) + "' is stated on the alias template '" +
                                         Alias->getNameAsString() +
                                         "', where no instantiation inherits it; state it "
                                         "on the class or on an alias of an instantiation"));
    return check(*Alias, Alias->getUnderlyingType(), All, Context);
  }
  if (Declared)
    return check(*Declared, layout::typeOf(Context.AST, *Declared), All, Context);
  check(*Variable, Variable->getType().getNonReferenceType(), All, Context);
}

void LayoutExpectation::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  std::vector<StatedExpectation> All = statedOn(Record);
  if (!All.empty() && !Context.isExcluded(All.front().Where))
    check(Record, layout::typeOf(Context.AST, Record), All, Context);
}

void LayoutExpectation::check(const clang::NamedDecl &D, clang::QualType Type,
                              const std::vector<StatedExpectation> &All, RuleContext &Context) {
  // A pattern: its instantiations carry the same expectations.
  if (Type->isDependentType() || D.isInvalidDecl())
    return;
  if (Type->isIncompleteType()) {
    const StatedExpectation &First = All.front();
    return Context.report(
        violated(Context.locate(First.Where),
                 "'" + toString(First.Name) + "' is stated of the incomplete type " + quoted(Type, Context.AST)));
  }
  Subject S{D, Type, LayoutFigures(Type, Context)};
  for (const StatedExpectation &Stated : All) {
    if (!checkNumber(D, Stated, Context))
      continue;
    if (Stated.Name.What->IsLabel)
      continue; // for cache-line-straddle
    if (Stated.Member.empty())
      checkFigure(S, Stated, Context);
    else
      checkMember(llvm::cast<clang::CXXRecordDecl>(D), Stated, Context);
  }
}

bool LayoutExpectation::checkNumber(const clang::NamedDecl &D, const StatedExpectation &Stated, RuleContext &Context) {
  if (Stated.IsConstant && Stated.Value >= 0)
    return true;
  std::string Of = "the number stated for '" + toString(Stated.Name) + "' of '" + D.getNameAsString() + "' is ";
  Context.report(violated(
      Context.locate(Stated.Where),
      Of + (Stated.IsConstant ? "negative: " + std::to_string(Stated.Value) : std::string("not an integer constant"))));
  return false;
}

void LayoutExpectation::checkFigure(Subject &S, const StatedExpectation &Stated, RuleContext &Context) {
  const Quantity &Q = *Stated.Name.What;
  auto Number = static_cast<std::uint64_t>(Stated.Value);
  std::optional<std::uint64_t> Actual = S.Figures.of(Q);
  if (!Actual) {
    Waiting.push_back({&S.Decl, S.Type, Stated});
    return;
  }
  if (holds(Stated.Name.How, *Actual, Number))
    return;
  Finding F = violated(locate(S.Decl, Context),
                       describe(S.Decl, S.Type) + " " + predicate(Q, *Actual) + "; " + wasStated(Stated));
  append(F.Reasons, S.Figures.whyMoreThan(Number, Q));
  report(std::move(F), Stated, Context);
}

void LayoutExpectation::checkMember(const clang::CXXRecordDecl &Record, const StatedExpectation &Stated,
                                    RuleContext &Context) {
  for (const clang::FieldDecl *Field : Record.fields()) {
    if (Field->getName() != Stated.Member)
      continue;
    std::uint64_t Actual = Context.AST.getFieldOffset(Field) / Context.AST.getCharWidth();
    auto Number = static_cast<std::uint64_t>(Stated.Value);
    if (holds(Stated.Name.How, Actual, Number))
      return;
    Finding F = violated(locate(*Field, Context), "'" + Stated.Member + "' is at offset " + std::to_string(Actual) +
                                                      " of " + quoted(Record) + "; " + wasStated(Stated));
    if (Actual > Number)
      append(F.Reasons, LayoutDifference(Record, Context).contents(Number, Actual));
    report(std::move(F), Stated, Context);
  }
}

void LayoutExpectation::declareInterest(StmtInterest &Interest) const {
  if (ExpectationTable::current().HasBackPointers)
    WriterIndex::declareInterest(Interest);
}

bool LayoutExpectation::wantsExcludedCode() const { return ExpectationTable::current().HasBackPointers; }

void LayoutExpectation::finish(RuleContext &Context) {
  if (Waiting.empty())
    return;
  BackPointers Analysis(Context.AST, Writers);
  for (const StatedBackPointers &S : Waiting)
    checkBackPointers(S, Analysis, Context);
}

void LayoutExpectation::checkBackPointers(const StatedBackPointers &S, BackPointers &Analysis, RuleContext &Context) {
  const StatedExpectation &Stated = S.Stated;
  auto Number = static_cast<std::uint64_t>(Stated.Value);
  const clang::CXXRecordDecl *Record = S.Type->getAsCXXRecordDecl();
  BackPointerCount Found;
  if (Record)
    Found = Analysis.count(*Record);
  // More can only be hidden, so some answers are known without seeing everything.
  bool MayBeHidden =
      Found.Undecided && (Stated.Name.How == Relation::AtLeast ? Found.Count < Number : Found.Count <= Number);
  if (MayBeHidden) {
    Finding F = undecided(locate(*S.Decl, Context), "the back-pointers of " + describe(*S.Decl, S.Type) +
                                                        " cannot be counted; " + wasStated(Stated));
    if (Found.Because) {
      const OpaquePart &Part = *Found.Because;
      std::string At = " at offset " + std::to_string(Part.Offset);
      F.Reasons.push_back({"",
                           Part.How == OpaquePart::Kind::VoidPointer
                               ? quoted(*Part.Field) + At + ", a pointer to anything, may be one"
                               : bytes(Part.SizeBytes) + At + " in " + quoted(*Part.Field) + " may hide one",
                           Context.locate(Part.Field->getLocation()),
                           {}});
    }
    return report(std::move(F), Stated, Context);
  }
  if (holds(Stated.Name.How, Found.Count, Number))
    return;
  Finding F =
      violated(locate(*S.Decl, Context),
               describe(*S.Decl, S.Type) + " " + predicate(*Stated.Name.What, Found.Count) + "; " + wasStated(Stated));
  if (Record && Found.Count > Number) {
    ReportedClass Class{Record, {}, 0};
    Class.PointerBytes = Context.AST
                             .toCharUnitsFromBits(static_cast<std::int64_t>(
                                 Context.AST.getTargetInfo().getPointerWidth(clang::LangAS::Default)))
                             .getQuantity();
    for (const BackPointer &P : Analysis.of(*Record).Pointers)
      if (P.Level >= Evidence::Likely && (Class.Pointers.empty() || Class.Pointers.back().Offset != P.Offset))
        Class.Pointers.push_back(P);
    append(F.Reasons, reasonsFor(Class, Context));
  }
  report(std::move(F), Stated, Context);
}

void LayoutExpectation::report(Finding F, const StatedExpectation &Stated, RuleContext &Context) {
  F.Reasons.push_back({"stated", statedHere(*Stated.Name.What), Context.locate(Stated.Where), {}});
  Context.report(std::move(F));
}

} // namespace snug::rules
