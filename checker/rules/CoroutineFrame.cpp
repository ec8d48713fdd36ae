// What a coroutine's frame has to keep, read from its source: promise, parameters, and what is alive across suspensions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CoroutineFrame.h"

#include "rules/Names.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/Analyses/LiveVariables.h"
#include "clang/Analysis/AnalysisDeclContext.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <utility>

namespace snug::rules {

using namespace clang;

namespace {

using VariableSet = llvm::DenseSet<const VarDecl *>;

/// The variables that are used after each suspension, by Clang's own analysis over the control flow.
class UsedLater : LiveVariables::Observer {
public:
  explicit UsedLater(const FunctionDecl &F) : Context(nullptr, &F) {
    Context.getCFGBuildOptions().setAllAlwaysAdd();
    Context.getCFGBuildOptions().AddImplicitDtors = true;
    if (!Context.getCFG())
      return;
    if (std::unique_ptr<LiveVariables> Analysis = LiveVariables::create(Context))
      Analysis->runOnAllBlocks(*this);
  }

  bool isUsedAfter(const CoroutineSuspendExpr &At, const VarDecl &Variable) const {
    auto Found = After.find(&At);
    return Found != After.end() && Found->second.contains(&Variable);
  }

private:
  void observeStmt(const Stmt *S, const CFGBlock *, const LiveVariables::LivenessValues &Values) override {
    const auto *At = llvm::dyn_cast<CoroutineSuspendExpr>(S);
    if (!At)
      return;
    VariableSet &Variables = After[At];
    for (const VarDecl *Variable : Values.liveDecls)
      Variables.insert(Variable);
    for (const BindingDecl *Binding : Values.liveBindings)
      if (const auto *Whole = llvm::dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl()))
        Variables.insert(Whole);
  }

  AnalysisDeclContext Context;
  llvm::DenseMap<const CoroutineSuspendExpr *, VariableSet> After;
};

/// Walks a body in the order of evaluation, with the variables in scope at hand.
class Walk {
public:
  Walk(ASTContext &AST, const FunctionDecl &F, std::vector<SuspensionPoint> &Points)
      : AST(AST), F(F), Later(F), Points(Points) {
    // Parameters have their values from the beginning.
    for (const ParmVarDecl *P : F.parameters()) {
      InScope.push_back(P);
      HasValue.insert(P);
    }
  }

  void visit(const Stmt *S, bool Escapes = true) {
    if (!S)
      return;
    if (const auto *Declared = llvm::dyn_cast<DeclStmt>(S))
      return visitDeclarations(*Declared);
    if (const auto *Reference = llvm::dyn_cast<DeclRefExpr>(S))
      return visitReference(*Reference, Escapes);
    if (const auto *Lambda = llvm::dyn_cast<LambdaExpr>(S)) {
      for (const LambdaCapture &Capture : Lambda->captures())
        if (Capture.capturesVariable())
          if (const auto *Variable = llvm::dyn_cast<VarDecl>(Capture.getCapturedVar()))
            touch(*Variable, Capture.getCaptureKind() == LCK_ByRef);
      for (const Expr *Init : Lambda->capture_inits())
        visit(Init);
      return;
    }
    if (const auto *Suspend = llvm::dyn_cast<CoroutineSuspendExpr>(S)) {
      visit(Suspend->getCommonExpr());
      addPoint(*Suspend);
      return;
    }
    if (const auto *Return = llvm::dyn_cast<CoreturnStmt>(S)) {
      // The call of return_value holds the operand, that of return_void stands beside it; [stmt.return.coroutine]/2.
      if (const Expr *Operand = Return->getOperand();
          Operand && Operand->getType()->isVoidType() && !llvm::isa<InitListExpr>(Operand))
        visit(Operand);
      return visit(Return->getPromiseCall());
    }
    if (const auto *Cast = llvm::dyn_cast<CastExpr>(S))
      return visit(Cast->getSubExpr(), Escapes && Cast->getCastKind() != CK_LValueToRValue);
    if (const auto *Paren = llvm::dyn_cast<ParenExpr>(S))
      return visit(Paren->getSubExpr(), Escapes);
    if (const auto *Member = llvm::dyn_cast<MemberExpr>(S))
      return visit(Member->getBase(), Escapes && !Member->isArrow());
    if (const auto *Element = llvm::dyn_cast<ArraySubscriptExpr>(S)) {
      // What decays only to be subscripted is an element's access, no pointer that is passed on.
      const Expr *Base = Element->getBase();
      if (const auto *Decay = llvm::dyn_cast<ImplicitCastExpr>(Base);
          Decay && Decay->getCastKind() == CK_ArrayToPointerDecay)
        Base = Decay->getSubExpr();
      visit(Base, Escapes);
      return visit(Element->getIdx());
    }
    if (const auto *Binary = llvm::dyn_cast<BinaryOperator>(S); Binary && Binary->isAssignmentOp()) {
      visit(Binary->getRHS());
      return visit(Binary->getLHS(), false);
    }
    // A trivial copy passes no address on.
    if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(S);
        Construct && Construct->getConstructor()->isTrivial()) {
      for (const Expr *Argument : Construct->arguments())
        visit(Argument, false);
      return;
    }
    if (const auto *Operator = llvm::dyn_cast<CXXOperatorCallExpr>(S); Operator && Operator->isAssignmentOp())
      if (const FunctionDecl *Callee = Operator->getDirectCallee(); Callee && Callee->isTrivial()) {
        for (const Expr *Argument : Operator->arguments())
          visit(Argument, false);
        return;
      }
    if (const auto *Unary = llvm::dyn_cast<UnaryOperator>(S))
      return visit(Unary->getSubExpr(), Escapes && !Unary->isIncrementDecrementOp());
    const bool IsScope =
        llvm::isa<CompoundStmt, ForStmt, CXXForRangeStmt, IfStmt, WhileStmt, SwitchStmt, CXXCatchStmt>(S);
    const std::size_t Outside = InScope.size();
    if (const auto *Range = llvm::dyn_cast<CXXForRangeStmt>(S)) {
      for (const Stmt *Part :
           {Range->getInit(), static_cast<const Stmt *>(Range->getRangeStmt()),
            static_cast<const Stmt *>(Range->getBeginStmt()), static_cast<const Stmt *>(Range->getEndStmt()),
            static_cast<const Stmt *>(Range->getCond()), static_cast<const Stmt *>(Range->getLoopVarStmt()),
            Range->getBody(), static_cast<const Stmt *>(Range->getInc())})
        visit(Part);
    } else {
      for (const Stmt *Child : S->children())
        visit(Child);
    }
    if (IsScope)
      InScope.resize(Outside);
  }

  /// The point before the body: what the body uses of the parameters has to survive it.
  void addInitialPoint(const CoroutineSuspendExpr &Suspend) {
    struct Uses : RecursiveASTVisitor<Uses> {
      VariableSet Found;
      bool shouldVisitLambdaBody() const { return false; }
      bool VisitDeclRefExpr(DeclRefExpr *E) {
        if (const auto *Variable = llvm::dyn_cast<ParmVarDecl>(E->getDecl()))
          Found.insert(Variable);
        return true;
      }
    } Body;
    Body.TraverseStmt(coroutineBody(F)->getBody());
    SuspensionPoint Point{nullptr, F.getLocation(), {}};
    for (const ParmVarDecl *P : F.parameters())
      if (Body.Found.contains(P) || P->needsDestruction(AST))
        addVariable(Point, *P);
    addAwaiter(Point, Suspend);
    finish(std::move(Point));
  }

private:
  void visitDeclarations(const DeclStmt &S) {
    for (const Decl *D : S.decls()) {
      const auto *Variable = llvm::dyn_cast<VarDecl>(D);
      if (!Variable || !Variable->hasLocalStorage())
        continue;
      visit(Variable->getInit(), Variable->getType()->isReferenceType());
      InScope.push_back(Variable);
      if (hasFirstValue(*Variable))
        HasValue.insert(Variable);
    }
  }

  /// False for what is only given storage: `char buffer[1024];`.
  static bool hasFirstValue(const VarDecl &Variable) {
    const Expr *Init = Variable.getInit();
    if (!Init)
      return false;
    const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
    return !Construct || !Construct->getConstructor()->isTrivial() || Construct->getNumArgs() != 0 ||
           Construct->requiresZeroInitialization();
  }

  void visitReference(const DeclRefExpr &Reference, bool Escapes) {
    if (const auto *Variable = llvm::dyn_cast<VarDecl>(Reference.getDecl()))
      touch(*Variable, Escapes);
    else if (const auto *Binding = llvm::dyn_cast<BindingDecl>(Reference.getDecl()))
      if (const auto *Whole = llvm::dyn_cast_or_null<VarDecl>(Binding->getDecomposedDecl()))
        touch(*Whole, Escapes);
  }

  void touch(const VarDecl &Variable, bool Escapes) {
    if (!Variable.hasLocalStorage())
      return;
    HasValue.insert(&Variable);
    if (Escapes)
      Escaped.insert(&Variable);
  }

  void addPoint(const CoroutineSuspendExpr &At) {
    SuspensionPoint Point{&At, At.getKeywordLoc(), {}};
    for (const VarDecl *Variable : InScope)
      if (HasValue.contains(Variable) &&
          (isDestroyed(*Variable) || Escaped.contains(Variable) || Later.isUsedAfter(At, *Variable)))
        addVariable(Point, *Variable);
    addAwaiter(Point, At);
    finish(std::move(Point));
  }

  void finish(SuspensionPoint Point) {
    llvm::sort(Point.Alive, [](const FrameResident &A, const FrameResident &B) {
      return std::make_pair(B.SizeBytes, A.Where.getRawEncoding()) <
             std::make_pair(A.SizeBytes, B.Where.getRawEncoding());
    });
    Points.push_back(std::move(Point));
  }

  /// The temporary whose life a reference variable extends; null where it has none.
  static const MaterializeTemporaryExpr *extendedBy(const VarDecl &Variable) {
    const Expr *Init = Variable.getInit();
    const auto *Cleanups = llvm::dyn_cast_or_null<ExprWithCleanups>(Init);
    const auto *Temporary = llvm::dyn_cast_or_null<MaterializeTemporaryExpr>(Cleanups ? Cleanups->getSubExpr() : Init);
    return Temporary && Temporary->getExtendingDecl() == &Variable ? Temporary : nullptr;
  }

  bool isDestroyed(const VarDecl &Variable) const {
    if (Variable.getType()->isReferenceType()) {
      const MaterializeTemporaryExpr *Temporary = extendedBy(Variable);
      return Temporary && Temporary->getType().isDestructedType() != QualType::DK_none;
    }
    return Variable.needsDestruction(AST) != QualType::DK_none;
  }

  void addVariable(SuspensionPoint &Point, const VarDecl &Variable) {
    QualType Type = Variable.getType();
    const bool IsParameter = llvm::isa<ParmVarDecl>(Variable);
    if (Type->isReferenceType()) {
      if (IsParameter)
        Type = AST.getPointerType(Type.getNonReferenceType());
      else if (const MaterializeTemporaryExpr *Temporary = extendedBy(Variable))
        Type = Temporary->getType();
      else
        return;
    } else if (Variable.isUsableInConstantExpressions(AST) || (Variable.isImplicit() && Type->isScalarType())) {
      // A constant, or the end of a loop over an array: computed anew.
      return;
    }
    std::string What = quoted(Variable);
    if (!Variable.getDeclName())
      What = IsParameter ? "a parameter" : "a structured binding";
    else if (Variable.isImplicit())
      What = "a variable of the loop";
    else if (IsParameter)
      What = "the parameter " + What;
    add(Point, std::move(What), Type, Variable.getLocation());
  }

  /// The awaiter, where the expression creates it, and the temporaries that it was made from.
  void addAwaiter(SuspensionPoint &Point, const CoroutineSuspendExpr &At) {
    struct Temporaries : RecursiveASTVisitor<Temporaries> {
      std::vector<const MaterializeTemporaryExpr *> Found;
      bool shouldVisitLambdaBody() const { return false; }
      bool TraverseCoawaitExpr(CoawaitExpr *) { return true; }
      bool TraverseCoyieldExpr(CoyieldExpr *) { return true; }
      bool VisitMaterializeTemporaryExpr(MaterializeTemporaryExpr *E) {
        Found.push_back(E);
        return true;
      }
    } In;
    In.TraverseStmt(At.getCommonExpr());
    for (const MaterializeTemporaryExpr *Temporary : In.Found) {
      const bool IsAwaiter = Temporary == At.getCommonExpr();
      if (Temporary->getType().isDestructedType() != QualType::DK_none || (IsAwaiter && isUsedOnResumption(At)))
        add(Point, IsAwaiter ? "the awaiter" : "a temporary", Temporary->getType(), Temporary->getExprLoc());
    }
  }

  /// False where await_resume is known to do nothing.
  static bool isUsedOnResumption(const CoroutineSuspendExpr &At) {
    const Expr *Resume = At.getResumeExpr();
    Resume = Resume ? Resume->IgnoreImplicit() : nullptr;
    const auto *Call = llvm::dyn_cast_or_null<CXXMemberCallExpr>(Resume);
    const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
    const auto *Body = Method ? llvm::dyn_cast_or_null<CompoundStmt>(Method->getBody()) : nullptr;
    return !Body || !Body->body_empty();
  }

  void add(SuspensionPoint &Point, std::string What, QualType Type, SourceLocation Where) {
    const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
    if ((Class && Class->isEmpty()) || Type->isIncompleteType())
      return;
    auto Size = static_cast<std::uint64_t>(AST.getTypeSizeInChars(Type).getQuantity());
    Point.Alive.push_back({std::move(What), Type, Size, Where});
  }

  ASTContext &AST;
  const FunctionDecl &F;
  UsedLater Later;
  std::vector<SuspensionPoint> &Points;
  /// Innermost last.
  std::vector<const VarDecl *> InScope;
  VariableSet HasValue;
  VariableSet Escaped;
};

/// True when the awaiter says at once that there is nothing to wait for, as std::suspend_never does.
bool neverSuspends(const CoroutineSuspendExpr &Suspend, const ASTContext &AST) {
  bool Ready = false;
  const Expr *Call = Suspend.getReadyExpr();
  const auto *Member = llvm::dyn_cast_or_null<CXXMemberCallExpr>(Call ? Call->IgnoreImplicit() : nullptr);
  const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
  const auto *Body = Method ? llvm::dyn_cast_or_null<CompoundStmt>(Method->getBody()) : nullptr;
  const auto *Return = Body && Body->size() == 1 ? llvm::dyn_cast<ReturnStmt>(Body->body_front()) : nullptr;
  return Return && Return->getRetValue() && !Return->getRetValue()->isValueDependent() &&
         Return->getRetValue()->EvaluateAsBooleanCondition(Ready, AST) && Ready;
}

} // namespace

const CoroutineBodyStmt *coroutineBody(const FunctionDecl &Function) {
  return llvm::dyn_cast_or_null<CoroutineBodyStmt>(Function.getBody());
}

std::uint64_t SuspensionPoint::aliveBytes() const {
  std::uint64_t Sum = 0;
  for (const FrameResident &R : Alive)
    Sum += R.SizeBytes;
  return Sum;
}

FrameEstimate::FrameEstimate(const FunctionDecl &Coroutine, ASTContext &AST) {
  const CoroutineBodyStmt &Body = *coroutineBody(Coroutine);
  AddressBytes = AST.getTargetInfo().getPointerWidth(LangAS::Default) / AST.getCharWidth();
  Promise = Body.getPromiseDecl()->getType().getCanonicalType();
  if (const CXXRecordDecl *Class = Promise->getAsCXXRecordDecl(); !Class || !Class->isEmpty())
    PromiseBytes = static_cast<std::uint64_t>(AST.getTypeSizeInChars(Promise).getQuantity());
  Walk Walker(AST, Coroutine, Points);
  struct FirstSuspension : RecursiveASTVisitor<FirstSuspension> {
    const CoroutineSuspendExpr *Found = nullptr;
    bool VisitCoawaitExpr(CoawaitExpr *E) {
      Found = Found ? Found : E;
      return !Found;
    }
  } Initial;
  Initial.TraverseStmt(Body.getInitSuspendStmt());
  if (Initial.Found && !neverSuspends(*Initial.Found, AST))
    Walker.addInitialPoint(*Initial.Found);
  Walker.visit(Body.getBody());
}

const SuspensionPoint *FrameEstimate::worst() const {
  auto Found = llvm::max_element(
      Points, [](const SuspensionPoint &A, const SuspensionPoint &B) { return A.aliveBytes() < B.aliveBytes(); });
  return Found == Points.end() ? nullptr : &*Found;
}

std::uint64_t FrameEstimate::atLeastBytes() const {
  const SuspensionPoint *Worst = worst();
  return 2 * AddressBytes + PromiseBytes + (Worst ? Worst->aliveBytes() : 0);
}

} // namespace snug::rules
