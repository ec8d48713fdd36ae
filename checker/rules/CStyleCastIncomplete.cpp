// Finds C-style casts between classes that turned out to be base and derived later.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CStyleCastIncomplete.h"

#include "rules/Names.h"

namespace snug::rules {

void CStyleCastIncomplete::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::CStyleCastExprClass);
  Interest.set(clang::Stmt::CXXFunctionalCastExprClass);
}

static const clang::CXXRecordDecl *pointeeRecord(clang::QualType T) {
  return completeRecord(T->isPointerType() ? T->getPointeeType() : T);
}

void CStyleCastIncomplete::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  if (Cast.getCastKind() == clang::CK_BaseToDerived || Cast.getCastKind() == clang::CK_DerivedToBase ||
      Cast.getCastKind() == clang::CK_UncheckedDerivedToBase) {
    const clang::CXXRecordDecl *From = pointeeRecord(Cast.getSubExprAsWritten()->getType());
    const clang::CXXRecordDecl *To = pointeeRecord(Cast.getType());
    if (From && To)
      Converting.try_emplace(Cast.getCastKind() == clang::CK_BaseToDerived ? Classes{To, From} : Classes{From, To},
                             Cast.getBeginLoc());
    return;
  }
  std::optional<CastOfIncomplete> Incomplete = castOfIncomplete(Cast, Context.AST);
  if (!Incomplete)
    return;
  const clang::CXXRecordDecl &Derived = *Incomplete->Derived;
  std::string Names = quoted(Derived);
  const std::int64_t Offset = Incomplete->How.Path.Offset.getQuantity();
  Finding F = violated(Context.locate(Cast.getBeginLoc()), "this cast was a reinterpret_cast because " + Names +
                                                               " was incomplete; it does not adjust the "
                                                               "address");
  F.Reasons.push_back({"",
                       Names + " is defined here, with " + quoted(*Incomplete->Base) +
                           (Incomplete->How.Kind == Interconvertibility::VirtualBase ? " as a virtual base"
                            : Incomplete->How.Kind == Interconvertibility::AmbiguousBase
                                ? " as a base more than once"
                                : " as a base at offset " + std::to_string(Offset)),
                       Context.locate(Derived.getLocation()),
                       {}});
  F.Reasons.push_back(
      {"", "move the cast behind the definition and write static_cast, which refuses incomplete classes", F.Where, {}});
  Found.push_back({std::move(F), {&Derived, Incomplete->Base}, Scope.Function});
}

void CStyleCastIncomplete::finish(RuleContext &Context) {
  for (Seen &One : Found) {
    if (auto Other = Converting.find(One.Between); Other != Converting.end())
      One.What.Reasons.push_back({"",
                                  "here the same cast converts between base and derived; if both stand in one "
                                  "function that two files include, the two have different meanings in one program",
                                  Context.locate(Other->second),
                                  {}});
    Context.report(std::move(One.What), One.Function);
  }
}

} // namespace snug::rules
