// Finds parent addresses computed from a child's address inside a macro or from a pointer to member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ContainerOfMacro.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace snug::rules {

void ContainerOfMacro::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

/// The macros that the computation came through, innermost first, each at its own line.
static void addMacros(clang::SourceLocation Loc, Finding &F, const RuleContext &Context) {
  const clang::SourceManager &SM = Context.sources();
  while (Loc.isMacroID()) {
    std::string Name = clang::Lexer::getImmediateMacroName(Loc, SM, Context.AST.getLangOpts()).str();
    F.Reasons.push_back(
        {"", "the arithmetic comes from macro '" + Name + "'", Context.locate(SM.getSpellingLoc(Loc)), {}});
    Loc = SM.getImmediateMacroCallerLoc(Loc);
  }
}

void ContainerOfMacro::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  std::optional<ContainerOf> Match = matchContainerOf(Cast, Context.AST, Context.Locals);
  if (!Match)
    return;
  clang::SourceLocation Macro = macroOf(*Match, Context.sources());
  if (Macro.isInvalid() && !Match->MemberPointer)
    return;
  clang::SourceLocation Where = Context.sources().getExpansionLoc(Cast.getBeginLoc());
  std::string Left = Match->Member ? quoted(*Match->Member) : "the " + quoted(Match->ChildType, Context.AST);
  Finding F = violated(Context.locate(Where), "the address of the enclosing " + quoted(*Match->Enclosing) +
                                                  " is computed by pointer arithmetic that leaves " + Left +
                                                  "; this is undefined");
  addMacros(Macro, F, Context);
  if (Match->MemberPointer)
    F.Reasons.push_back({"",
                         Scope.Function ? quoted(*Scope.Function) + " computes the offset from a pointer to member"
                                        : "the offset comes from a pointer to member",
                         Context.locate(Match->MemberPointer->getExprLoc()),
                         {}});
  addContainerOfReasons(*Match, F, Context);
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
