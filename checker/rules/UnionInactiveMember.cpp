// Finds accesses to a member of a union while another one is active.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/UnionInactiveMember.h"

#include "rules/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

void UnionInactiveMember::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::MemberExprClass);
  Interest.set(clang::Stmt::DeclRefExprClass);
  Interest.set(clang::Stmt::InitListExprClass);
}

void UnionInactiveMember::enterFunction(const clang::FunctionDecl &, RuleContext &) { Mentions.push_back(false); }

static const clang::FieldDecl *unionMember(const clang::ValueDecl *D) {
  const auto *Field = llvm::dyn_cast_or_null<clang::FieldDecl>(D);
  return Field && Field->getParent()->isUnion() ? Field : nullptr;
}

/// Whether an expression can make a union member that is named in it active, or end its lifetime.
static bool mayChangeActive(const clang::Stmt &S) {
  if (const auto *Binary = llvm::dyn_cast<clang::BinaryOperator>(&S))
    return Binary->getOpcode() == clang::BO_Assign;
  if (const auto *New = llvm::dyn_cast<clang::CXXNewExpr>(&S))
    return New->getNumPlacementArgs() == 1;
  const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S);
  if (!Call)
    return false;
  if (const auto *Operator = llvm::dyn_cast<clang::CXXOperatorCallExpr>(Call))
    return Operator->getOperator() == clang::OO_Equal;
  if (llvm::isa<clang::CXXPseudoDestructorExpr>(Call->getCallee()->IgnoreParens()))
    return true;
  const clang::FunctionDecl *F = Call->getDirectCallee();
  return F && (llvm::isa<clang::CXXDestructorDecl>(F) ||
               (F->getDeclName().isIdentifier() && (F->getName() == "construct_at" || F->getName() == "destroy_at")));
}

/// Whether following the function can come to anything because of this mention of a union's member. The graph costs
/// more than all of these questions.
static bool mayMatter(const clang::MemberExpr &Mention, const StmtScope &Scope) {
  std::optional<UnionMemberUse> Use = unionMemberOf(&Mention);
  if (!Use)
    return false;
  // Something is known of a local variable where it is declared, in a constructor at the start.
  return Use->Place.Root || llvm::isa_and_nonnull<clang::CXXConstructorDecl>(Scope.Function) ||
         llvm::any_of(Scope.Ancestors, [](const clang::Stmt *S) { return mayChangeActive(*S); });
}

void UnionInactiveMember::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &) {
  if (const auto *List = llvm::dyn_cast<clang::InitListExpr>(&S)) {
    if (const clang::FieldDecl *Member = List->getInitializedFieldInUnion())
      MayBecomeActive.insert(Member);
    return;
  }
  if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(&S)) { // &U::member
    if (const clang::FieldDecl *Member = unionMember(Ref->getDecl()))
      MayBecomeActive.insert(Member);
    return;
  }
  const clang::FieldDecl *Member = unionMember(llvm::cast<clang::MemberExpr>(S).getMemberDecl());
  if (!Member)
    return;
  if (!Mentions.empty() && !Mentions.back())
    Mentions.back() = mayMatter(llvm::cast<clang::MemberExpr>(S), Scope);
  const auto *Load = Scope.Ancestors.empty() ? nullptr : llvm::dyn_cast<clang::CastExpr>(Scope.Ancestors.back());
  const bool Read = Load && Load->getCastKind() == clang::CK_LValueToRValue;
  if (!Read && !llvm::isa_and_nonnull<clang::CXXDestructorDecl>(Scope.Function))
    MayBecomeActive.insert(Member);
}

/// Unions that a constructor of `Record` begins without an active member: the record itself, or its members.
static ActiveMembers noneActive(const clang::CXXRecordDecl &Record) {
  ActiveMembers Result;
  if (Record.isUnion())
    Result[{}] = nullptr;
  for (const clang::FieldDecl *Field : Record.fields())
    if (!Record.isUnion() && Field->getType()->isUnionType() && Field->isAnonymousStructOrUnion())
      Result[{nullptr, {Field}}] = nullptr;
  return Result;
}

Finding UnionInactiveMember::judged(const InactiveAccess &Access, const RuleContext &Context) const {
  const clang::FieldDecl &Member = *Access.Use.Member;
  Finding F = violated(Context.locate(Context.sources().getExpansionLoc(Access.Where->getExprLoc())),
                       quoted(Member) + " is not the active member" +
                           (Access.Active ? " (that is " + quoted(*Access.Active) + ")" : " (there is none)"));
  const bool Trivial = llvm::all_of(Member.getParent()->fields(), [&](const clang::FieldDecl *Field) {
    return Field->getType().isTriviallyCopyableType(Context.AST) && !Field->getType().isDestructedType();
  });
  if (Trivial && Access.How != InactiveAccess::Kind::Destroy)
    F.Severity = Level::Warning;
  if (Access.Active)
    F.Reasons.push_back(
        {"",
         quoted(*Access.Active) + " was made active, and nothing has made " + quoted(Member) + " active since",
         Context.locate(Access.Active->getLocation()),
         {}});
  F.Reasons.push_back(
      {"",
       Access.How == InactiveAccess::Kind::Destroy ? (Access.Active ? "destroy " + quoted(*Access.Active) + " instead"
                                                                    : std::string("there is nothing to destroy"))
       : Trivial ? "copy the bytes with std::bit_cast or std::memcpy to look at them as another type"
                 : "start the lifetime of " + quoted(Member) + " first, with std::construct_at or placement new",
       F.Where,
       {}});
  return F;
}

void UnionInactiveMember::leaveFunction(const clang::FunctionDecl &Function, RuleContext &Context) {
  const bool Mentioned = Mentions.back();
  Mentions.pop_back();
  if (!Mentioned || !Function.hasBody() || Function.isDependentContext())
    return;
  ActiveMembers AtEntry;
  if (const auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&Function))
    AtEntry = noneActive(*Constructor->getParent());
  for (const InactiveAccess &Access : followUnions(Function, Context.Graphs, AtEntry).Accesses)
    Context.report(judged(Access, Context), &Function);
}

/// What all constructors of the class leave active; empty if that is not known of one of them.
static std::optional<ActiveMembers> afterConstruction(const clang::CXXRecordDecl &Record, ControlFlowGraphs &Graphs) {
  std::optional<ActiveMembers> Result;
  for (const clang::Decl *D : Record.decls())
    if (llvm::isa<clang::FunctionTemplateDecl>(D))
      return std::nullopt;
  for (const clang::CXXConstructorDecl *Constructor : Record.ctors()) {
    if (Constructor->isDeleted())
      continue;
    if (!Constructor->isUserProvided()) {
      if (Constructor->isCopyOrMoveConstructor())
        continue; // copies what the others left
      return std::nullopt;
    }
    const clang::FunctionDecl *Definition = nullptr;
    if (!Constructor->hasBody(Definition))
      return std::nullopt;
    ActiveMembers Here = followUnions(*Definition, Graphs, noneActive(Record)).AtExit;
    if (Result && *Result != Here)
      return std::nullopt;
    Result = std::move(Here);
  }
  return Result;
}

void UnionInactiveMember::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  const clang::CXXDestructorDecl *Destructor = Record.hasUserDeclaredDestructor() ? Record.getDestructor() : nullptr;
  const clang::FunctionDecl *Definition = nullptr;
  if (!Destructor || !Destructor->isUserProvided() || !Destructor->hasBody(Definition) ||
      Context.isExcluded(Definition->getLocation()) || noneActive(Record).empty())
    return;
  // In a template the member function that makes another member active may be instantiated elsewhere.
  if (Destructor->getTemplateInstantiationPattern() || Record.getTemplateInstantiationPattern())
    return;
  std::optional<ActiveMembers> AtEntry = afterConstruction(Record, Context.Graphs);
  if (!AtEntry || AtEntry->empty())
    return;
  for (const InactiveAccess &Access : followUnions(*Definition, Context.Graphs, *AtEntry).Accesses) {
    if (!Access.Always || !Access.Active || MayBecomeActive.contains(Access.Use.Member))
      continue;
    Finding F = judged(Access, Context);
    // What a header declares, another file may use in another way.
    if (!Context.sources().isInMainFile(Context.sources().getExpansionLoc(Record.getLocation())))
      F.Severity = Level::Warning;
    Context.report(std::move(F), Definition);
  }
}

} // namespace snug::rules
