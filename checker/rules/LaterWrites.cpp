// Judges writes of a pointer after its initialisation: is it still the same, in every run?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LaterWrites.h"

#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

/// Callers between a write and the member function of the object that starts it.
static constexpr unsigned HighestClimb = 6;

/// True where every run of the code reaches the expression: under no branch, loop, handler or lambda.
static bool alwaysReaches(const Stmt *S, const Stmt *Wanted) {
  if (S == Wanted)
    return true;
  if (!S || llvm::isa<IfStmt, SwitchStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt, CXXTryStmt, LambdaExpr,
                      AbstractConditionalOperator>(S))
    return false;
  if (const auto *Operator = llvm::dyn_cast<BinaryOperator>(S); Operator && Operator->isLogicalOp())
    return alwaysReaches(Operator->getLHS(), Wanted);
  return llvm::any_of(S->children(), [&](const Stmt *Child) { return alwaysReaches(Child, Wanted); });
}

static bool alwaysReaches(const FunctionDecl &Function, const Stmt &Wanted) {
  if (const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (alwaysReaches(Init->getInit(), &Wanted))
        return true;
  return alwaysReaches(Function.getBody(), &Wanted);
}

bool LaterWrites::climb(const CXXRecordDecl &Object, const FunctionDecl *Function, unsigned Climbed, bool &Late,
                        llvm::function_ref<bool(const Frame &)> Then) {
  if (!Function || !Origins.spend())
    return false;
  const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Function);
  const CXXRecordDecl *Class = Method && !Method->isStatic() ? Method->getParent() : nullptr;
  auto Offsets =
      Class ? Shapes.shapeOf(Object).offsetsOf(Class->getDefinition()) : llvm::SmallVector<std::int64_t, 2>();
  if (Class && (Class == &Object || (Object.isDerivedFrom(Class) && Offsets.size() == 1))) {
    Late |= !llvm::isa<CXXConstructorDecl>(Method);
    return Then(Frame{Function, {}, nullptr, Origin::inside(Offsets.front(), Class), Class, nullptr});
  }
  llvm::ArrayRef<WriterIndex::CallSite> Sites = Writers.callsOf(*Function);
  if (Sites.empty() || Climbed == HighestClimb)
    return false;
  return llvm::all_of(Sites, [&](const WriterIndex::CallSite &Site) {
    Late |= !alwaysReaches(*Site.Caller, *Site.Call);
    return climb(Object, Site.Caller, Climbed + 1, Late, [&](const Frame &Caller) {
      if (const auto *Call = llvm::dyn_cast<CallExpr>(Site.Call)) {
        Origin Answer = Origins.enter(*Call, Caller,
                                      [&](const Frame &Inner) { return Then(Inner) ? Origin::nothing() : Origin{}; });
        return Answer.What == Origin::Kind::Nothing;
      }
      // A constructor's own object is not known here; its parameters are.
      const auto *Construct = llvm::cast<CXXConstructExpr>(Site.Call);
      llvm::SmallVector<const Expr *, 8> Given(Construct->arg_begin(), Construct->arg_end());
      return Then(Frame{Function, Given, &Caller, Origin{}, Class, nullptr});
    });
  });
}

LaterWrites::Kind LaterWrites::judge(const CXXRecordDecl &Object, const WriterIndex::Write &Write, std::int64_t Target,
                                     llvm::ArrayRef<std::int64_t> AllowedValues) {
  Origins.beginQuestion();
  if (!Write.Value)
    return Kind::Other;
  bool Late = !Write.Writer || !alwaysReaches(*Write.Writer, *Write.Target);
  bool Good = climb(Object, Write.Writer, 0, Late, [&](const Frame &F) {
    Origin Written = Origins.address(Write.Target, F);
    Origin Value = Origins.pointer(Write.Value, F);
    if (Value.What == Origin::Kind::Nothing)
      return true;
    return Written.isInside() && Written.Offset == Target && Value.isInside() &&
           llvm::is_contained(AllowedValues, Value.Offset);
  });
  return !Good ? Kind::Other : Late ? Kind::FromMember : Kind::FromConstructor;
}

} // namespace snug::rules
