// Finds pointer arithmetic that leaves a member, a base or an array by a constant number of elements.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ArithmeticLeavesSubobject.h"

#include "rules/Names.h"
#include "rules/Reachability.h"

#include "clang/Basic/SourceManager.h"

namespace snug::rules {

void ArithmeticLeavesSubobject::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::BinaryOperatorClass);
  Interest.set(clang::Stmt::ArraySubscriptExprClass);
}

namespace {

/// `Pointer + N`, and whether the result is read or written, not only formed.
struct Move {
  const clang::Expr *Pointer = nullptr;
  const clang::Expr *Index = nullptr;
  bool Backwards = false;
  bool Used = false;
};

/// `&p[N]` forms a pointer; `&p[N].m` names a member of what would have to be there.
bool onlyItsAddress(const StmtScope &Scope) {
  for (const clang::Stmt *Outer : llvm::reverse(Scope.Ancestors)) {
    if (llvm::isa<clang::ParenExpr>(Outer))
      continue;
    const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Outer);
    return Unary && Unary->getOpcode() == clang::UO_AddrOf;
  }
  return false;
}

bool isDereferenced(const StmtScope &Scope) {
  for (const clang::Stmt *Outer : llvm::reverse(Scope.Ancestors)) {
    if (llvm::isa<clang::ParenExpr>(Outer))
      continue;
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(Outer))
      return Unary->getOpcode() == clang::UO_Deref;
    const auto *Member = llvm::dyn_cast<clang::MemberExpr>(Outer);
    return Member && Member->isArrow();
  }
  return false;
}

Move moveOf(const clang::Stmt &S, const StmtScope &Scope) {
  Move Result;
  if (const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&S)) {
    Result.Pointer = Element->getBase();
    Result.Index = Element->getIdx();
    Result.Used = !onlyItsAddress(Scope);
    return Result;
  }
  const auto &Binary = llvm::cast<clang::BinaryOperator>(S);
  if (!Binary.isAdditiveOp() || !Binary.getType()->isPointerType())
    return Result;
  const bool PointerFirst = Binary.getLHS()->getType()->isPointerType();
  Result.Pointer = PointerFirst ? Binary.getLHS() : Binary.getRHS();
  Result.Index = PointerFirst ? Binary.getRHS() : Binary.getLHS();
  Result.Backwards = Binary.getOpcode() == clang::BO_Sub;
  Result.Used = isDereferenced(Scope);
  return Result;
}

/// An array at the end of a class that is written with one element, or none, and meant to be longer.
bool mayBeLonger(const PointerValue &V, const clang::ASTContext &AST) {
  const clang::ConstantArrayType *Array = AST.getAsConstantArrayType(V.Around.front().Type);
  if (!Array)
    return true;
  if (Array->getSize().ugt(1) || V.Around.size() < 2 || !V.Around[1].Member)
    return false;
  const clang::FieldDecl *Last = nullptr;
  for (const clang::FieldDecl *Field : V.Around[1].Member->getParent()->fields())
    Last = Field;
  return V.Around[1].Member->getParent()->isUnion() || Last == V.Around[1].Member;
}

/// What the pointer points to, in a message.
std::string whole(const PointerValue &V, const clang::ASTContext &AST) {
  if (V.isBase())
    return "the base " + quoted(V.Object, AST);
  if (V.isMember())
    return "member " + quoted(*V.Around.front().Member);
  return V.Name ? quoted(*V.Name) : "a single " + quoted(V.Object, AST);
}

} // namespace

void ArithmeticLeavesSubobject::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const Move M = moveOf(S, Scope);
  if (!M.Pointer || M.Pointer->isTypeDependent() || M.Index->isValueDependent())
    return;
  if (!M.Pointer->getType()->isPointerType())
    return; // a subscript of a vector
  std::optional<std::int64_t> N = Context.Pointers.constantOf(M.Index);
  if (!N || *N == 0)
    return;
  if (M.Backwards)
    N = -*N;
  PointerValue V = Context.Pointers.valueOf(M.Pointer);
  if (!V || V.Launder || Context.Pointers.isStale(V, M.Pointer->getType()->getPointeeType()))
    return;
  std::string Moves = "the pointer moves " + countOf(static_cast<std::uint64_t>(*N < 0 ? -*N : *N), "element") +
                      (*N < 0 ? " back" : "");
  std::string Message;
  Reason Why{"", "", Context.locate(M.Pointer->getExprLoc()), {}};
  if (V.isElement()) {
    if (!V.Around.front().Index || mayBeLonger(V, Context.AST))
      return;
    const std::uint64_t Size = Context.AST.getAsConstantArrayType(V.Around.front().Type)->getSize().getZExtValue();
    const std::int64_t To = static_cast<std::int64_t>(*V.Around.front().Index) + *N;
    if (To >= 0 && static_cast<std::uint64_t>(To) < Size + (M.Used ? 0 : 1))
      return;
    std::string Array = V.Name ? quoted(*V.Name) : quoted(V.Around.front().Type, Context.AST);
    Message = Moves + " to index " + std::to_string(To) + " of " + Array + ", which has " + countOf(Size, "element");
    Why.Text = "a pointer to an element may move within its array and to its end; what lies behind it in the enclosing "
               "object is out of reach";
  } else {
    // Some object that nothing is known to enclose may be an element of an array.
    const bool Seen = V.isMember() || V.isBase() || V.isComplete();
    if (!Seen || (V.Is == PointerValue::Kind::Provided && V.isComplete()) || (*N == 1 && !M.Used))
      return;
    if (V.isComplete() && !V.Name)
      return; // new and temporaries
    Message = Moves + " from " + whole(V, Context.AST) + ", which is not an array" + (V.isBase() ? " element" : "");
    Why.Text = "for arithmetic a single object is an array of one element: a pointer to it may move to its end, and no "
               "further";
  }
  if (const clang::ValueDecl *Name = V.isMember() ? V.Around.front().Member : V.Name)
    Why.Where = Context.locate(Name->getLocation());
  if (!isReachable(S, Scope.Function, Context.Graphs))
    return;
  Finding F = violated(Context.locate(Context.sources().getExpansionLoc(S.getBeginLoc())), std::move(Message));
  F.Reasons.push_back(std::move(Why));
  F.Reasons.push_back({"",
                       V.isElement() ? "index the object that encloses the array, member by member"
                                     : "name the neighbour that is meant, or make an array of them",
                       F.Where,
                       {}});
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
