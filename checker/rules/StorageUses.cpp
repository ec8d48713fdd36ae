// What one function does with an array of bytes: creates, destroys, accesses what lives in it, or hands it on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageUses.h"

#include "rules/PointerModel.h"
#include "rules/SelfAddress.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

bool isArrayOfBytes(QualType Type, const ASTContext &AST) {
  const ConstantArrayType *Array = AST.getAsConstantArrayType(Type);
  return Array && (Array->getElementType()->isCharType() || Array->getElementType()->isStdByteType());
}

namespace {

bool isByte(QualType T) { return T->isCharType() || T->isStdByteType(); }

llvm::StringRef nameOf(const NamedDecl *D) {
  return D && D->getDeclName().isIdentifier() ? D->getName() : llvm::StringRef();
}

/// Functions that return their argument, as an address or as it is.
bool returnsArgument(const CallExpr &Call, bool &TakesAddress) {
  const llvm::StringRef Name = nameOf(Call.getDirectCallee());
  TakesAddress = Name == "addressof" || Name == "__addressof" || Name == "__builtin_addressof";
  return Call.getNumArgs() == 1 && (TakesAddress || isLaunder(Call) || Name == "move" || Name == "forward" ||
                                    Name == "as_const" || Name == "to_address" || Name == "__to_address");
}

/// From the bytes outwards, to everything that is done with them. The pointer model goes the other way, from an expression
/// to what it points to, and would have to be asked about every expression of the function without knowing that none
/// was missed; that is what Lost and Escape stand for here.
class Follower {
public:
  Follower(const ValueDecl &Storage, const FunctionDecl &Function, const ASTContext &AST, LocalValues &Locals,
           unsigned Depth)
      : Storage(Storage), Function(Function), AST(AST), Locals(Locals), Depth(Depth), Parents(Function.getBody()) {}

  StorageUses run() {
    look(Function.getBody());
    if (const auto *Constructor = llvm::dyn_cast<CXXConstructorDecl>(&Function))
      for (const CXXCtorInitializer *Init : Constructor->inits()) {
        Result.Lost |= Init->isDelegatingInitializer();
        Parents.addStmt(Init->getInit());
        look(Init->getInit());
      }
    return std::move(Result);
  }

private:
  /// A pointer to, or a glvalue of type, `Type`, that leads to the bytes.
  struct Way {
    QualType Type;
    bool IsAddress;
  };

  bool ofMember() const { return llvm::isa<FieldDecl>(Storage); }

  bool isMention(const Stmt &S) const {
    if (const auto *Member = llvm::dyn_cast<MemberExpr>(&S))
      return Member->getMemberDecl() == &Storage && isThis(Member->getBase());
    const auto *Ref = llvm::dyn_cast<DeclRefExpr>(&S);
    return Ref && Ref->getDecl() == &Storage;
  }

  void look(const Stmt *Root) {
    llvm::SmallVector<const Stmt *, 64> Todo{Root};
    while (!Todo.empty()) {
      const Stmt *S = Todo.pop_back_val();
      if (!S || llvm::isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr>(S))
        continue;
      if (const auto *Lambda = llvm::dyn_cast<LambdaExpr>(S)) {
        if (mentionedIn(*Lambda))
          add(StorageAct::Escape, *Lambda, {});
        continue;
      }
      if (isMention(*S))
        follow(S, {llvm::cast<Expr>(S)->getType(), false}, 0);
      else if (llvm::isa<CXXThisExpr>(S) && ofMember())
        self(llvm::cast<CXXThisExpr>(*S));
      else if (const auto *Default = llvm::dyn_cast<CXXDefaultInitExpr>(S)) {
        if (mentionedIn(*Default->getExpr()))
          Result.Lost = true;
      }
      Todo.append(S->child_begin(), S->child_end());
    }
  }

  bool mentionedIn(const Stmt &Root) const {
    llvm::SmallVector<const Stmt *, 16> Todo{&Root};
    while (!Todo.empty()) {
      const Stmt *S = Todo.pop_back_val();
      if (!S)
        continue;
      if (isMention(*S) || (ofMember() && llvm::isa<CXXThisExpr>(S)))
        return true;
      Todo.append(S->child_begin(), S->child_end());
    }
    return false;
  }

  void add(StorageAct What, const Expr &At, QualType Type, const CXXMethodDecl *Callee = nullptr) {
    Result.Events.push_back({What, &At, Type, Callee});
  }

  /// `this`, where it is not used to name the bytes.
  void self(const CXXThisExpr &This) {
    const Stmt *Child = &This;
    const Stmt *Parent = Parents.getParent(Child);
    while (
        llvm::isa_and_nonnull<ParenExpr, CastExpr>(Parent) ||
        (llvm::isa_and_nonnull<UnaryOperator>(Parent) && llvm::cast<UnaryOperator>(Parent)->getOpcode() == UO_Deref)) {
      Child = Parent;
      Parent = Parents.getParent(Parent);
    }
    if (const auto *Member = llvm::dyn_cast_or_null<MemberExpr>(Parent)) {
      const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      const auto *Call = llvm::dyn_cast_or_null<CallExpr>(Parents.getParentIgnoreParens(Member));
      if (Method && Call)
        called(*Call, *Method);
      return;
    }
    if (!Parent || llvm::isa<CompoundStmt>(Parent))
      return;
    if (llvm::isa<ReturnStmt>(Parent))
      return;
    const auto *At = llvm::dyn_cast<Expr>(Parent);
    if (At)
      add(StorageAct::Escape, *At, {});
    else
      Result.Lost = true;
  }

  void called(const CallExpr &Call, const CXXMethodDecl &Method) {
    const FunctionDecl *Definition = nullptr;
    if (Method.isStatic())
      return;
    if (Depth == 0 || Method.isVirtual() || !Method.isDefined(Definition) || Definition == &Function ||
        !Definition->getBody() || llvm::isa<CoroutineBodyStmt>(Definition->getBody())) {
      add(StorageAct::Escape, Call, {});
      return;
    }
    const StorageUses Inner = storageUsesOf(Storage, *Definition, AST, Locals, Depth - 1);
    if (Inner.Lost) {
      add(StorageAct::Escape, Call, {});
    } else if (!Inner.Events.empty()) {
      add(StorageAct::Inline, Call, {}, llvm::cast<CXXMethodDecl>(Definition));
      Result.Lost |= Inner.Returned != 0;
    } else {
      // Nothing but what it returns, if it calls nobody who could do more.
      if (!callsOut(*Definition->getBody(), Inner))
        Result.Harmless.insert(&Call);
      if (Inner.Returned == 1) {
        const QualType Type = Definition->getReturnType();
        if (Type->isPointerType() || Type->isReferenceType())
          follow(&Call, {Type->getPointeeType(), Type->isPointerType()}, 0);
        else
          Result.Lost = true;
      }
      Result.Lost |= Inner.Returned > 1;
    }
  }

  static bool callsOut(const Stmt &Root, const StorageUses &Known) {
    llvm::SmallVector<const Stmt *, 16> Todo{&Root};
    while (!Todo.empty()) {
      const Stmt *S = Todo.pop_back_val();
      if (!S)
        continue;
      bool Ignored;
      if (const auto *Call = llvm::dyn_cast<CallExpr>(S);
          Call && !Known.Harmless.contains(Call) && !returnsArgument(*Call, Ignored))
        return true;
      Todo.append(S->child_begin(), S->child_end());
    }
    return false;
  }

  /// Walks out from an expression that leads to the bytes, to what is done with it.
  void follow(const Stmt *Child, Way W, unsigned Steps) {
    for (const Stmt *Parent = Parents.getParent(Child); !Result.Lost;
         Child = Parent, Parent = Parents.getParent(Parent)) {
      if (!Parent || llvm::isa<CompoundStmt>(Parent) || ++Steps == 64)
        return;
      if (llvm::isa<ParenExpr, FullExpr, MaterializeTemporaryExpr>(Parent))
        continue;
      if (llvm::isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, TypeTraitExpr>(Parent))
        return;
      if (llvm::isa<ReturnStmt>(Parent)) {
        ++Result.Returned;
        return;
      }
      bool Goes = false;
      if (const auto *Cast = llvm::dyn_cast<CastExpr>(Parent))
        Goes = cast(*Cast, W);
      else if (const auto *Unary = llvm::dyn_cast<UnaryOperator>(Parent))
        Goes = unary(*Unary, W);
      else if (const auto *New = llvm::dyn_cast<CXXNewExpr>(Parent))
        Goes = created(*New, W);
      else if (const auto *Call = llvm::dyn_cast<CallExpr>(Parent))
        Goes = argument(*Call, Child, W);
      else if (const auto *Member = llvm::dyn_cast<MemberExpr>(Parent))
        member(*Member, W);
      else if (const auto *Binary = llvm::dyn_cast<BinaryOperator>(Parent))
        Goes = binary(*Binary, Child, W);
      else if (const auto *Element = llvm::dyn_cast<ArraySubscriptExpr>(Parent))
        Goes = element(*Element, W);
      else if (const auto *Construct = llvm::dyn_cast<CXXConstructExpr>(Parent))
        constructed(*Construct, W);
      else if (const auto *Declaration = llvm::dyn_cast<DeclStmt>(Parent))
        declared(*Declaration, W, Steps);
      else
        Result.Lost = true;
      if (!Goes)
        return;
    }
  }

  bool cast(const CastExpr &Cast, Way &W) {
    switch (Cast.getCastKind()) {
    case CK_NoOp:
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BaseToDerived:
    case CK_BitCast:
    case CK_LValueBitCast:
      W.Type = W.IsAddress && Cast.getType()->isPointerType() ? Cast.getType()->getPointeeType() : Cast.getType();
      return true;
    case CK_ArrayToPointerDecay:
      W = {AST.getAsArrayType(W.Type) ? AST.getAsArrayType(W.Type)->getElementType() : W.Type, true};
      return true;
    case CK_LValueToRValue:
      if (!isByte(W.Type))
        add(StorageAct::Access, Cast, W.Type);
      return false;
    case CK_ToVoid:
    case CK_PointerToBoolean:
      return false;
    default:
      Result.Lost = true;
      return false;
    }
  }

  bool unary(const UnaryOperator &Unary, Way &W) {
    if (Unary.getOpcode() == UO_AddrOf && !W.IsAddress) {
      W.IsAddress = true;
      return true;
    }
    if (Unary.getOpcode() == UO_Deref && W.IsAddress) {
      W.IsAddress = false;
      return true;
    }
    if (!W.IsAddress && Unary.isIncrementDecrementOp() && !isByte(W.Type))
      add(StorageAct::Access, Unary, W.Type);
    else if (Unary.getOpcode() != UO_LNot)
      Result.Lost = true;
    return false;
  }

  bool created(const CXXNewExpr &New, Way &W) {
    if (New.isArray() || New.getNumPlacementArgs() != 1 || !W.IsAddress) {
      add(StorageAct::Escape, New, {});
      return false;
    }
    add(StorageAct::Create, New, New.getAllocatedType());
    W.Type = New.getAllocatedType();
    return true;
  }

  bool argument(const CallExpr &Call, const Stmt *Child, Way &W) {
    bool TakesAddress = false;
    if (returnsArgument(Call, TakesAddress)) {
      Result.Harmless.insert(&Call);
      W.IsAddress |= TakesAddress;
      if (isLaunder(Call))
        W.Type = Call.getType()->getPointeeType();
      return true;
    }
    const llvm::StringRef Name = nameOf(Call.getDirectCallee());
    if (Name == "construct_at" && W.IsAddress && Call.getArg(0) == Child) {
      W.Type = Call.getType()->getPointeeType();
      add(StorageAct::Create, Call, W.Type);
      return true;
    }
    if (Name == "destroy_at" && W.IsAddress && Call.getNumArgs() == 1 && !AST.getAsArrayType(W.Type)) {
      add(StorageAct::Destroy, Call, W.Type);
      return false;
    }
    // A member function or an assignment of what lives there; the start of an operation.
    const auto *Operator = llvm::dyn_cast<CXXOperatorCallExpr>(&Call);
    const bool OfObject = Operator && llvm::isa_and_nonnull<CXXMethodDecl>(Operator->getCalleeDecl()) &&
                          Call.getNumArgs() > 0 && Call.getArg(0) == Child;
    const bool Starts = Operator && Call.getNumArgs() == 2 && Call.getArg(1) == Child &&
                        nameOf(Call.getArg(0)->getType()->getAsCXXRecordDecl()) == "start_t";
    const bool IsObject = !W.IsAddress && !AST.getAsArrayType(W.Type) && !isByte(W.Type);
    add(IsObject && (OfObject || Starts) ? StorageAct::Access : StorageAct::Escape, Call, W.Type);
    return false;
  }

  void member(const MemberExpr &Member, const Way &W) {
    const Stmt *Parent = Parents.getParentIgnoreParens(&Member);
    const auto *Call = llvm::dyn_cast_or_null<CallExpr>(Parent);
    const ValueDecl *Named = Member.getMemberDecl();
    if (llvm::isa<CXXDestructorDecl>(Named) && Call)
      add(StorageAct::Destroy, *Call, W.Type);
    else if (llvm::isa<FieldDecl>(Named))
      add(StorageAct::Access, Member, W.Type);
    else if (const auto *Method = llvm::dyn_cast<CXXMethodDecl>(Named); Method && Method->isInstance() && Call)
      add(StorageAct::Access, *Call, W.Type);
  }

  bool binary(const BinaryOperator &Binary, const Stmt *Child, const Way &W) {
    if (Binary.isComparisonOp() || Binary.isLogicalOp())
      return false;
    if (Binary.getOpcode() == BO_Comma)
      return Binary.getRHS() == Child;
    if (Binary.isAssignmentOp() && Binary.getLHS() == Child && !W.IsAddress && !isByte(W.Type) &&
        !AST.getAsArrayType(W.Type))
      add(StorageAct::Access, Binary, W.Type);
    else
      Result.Lost = true;
    return false;
  }

  bool element(const ArraySubscriptExpr &Element, Way &W) {
    Expr::EvalResult Index;
    if (!W.IsAddress || Element.getIdx()->isValueDependent() || !Element.getIdx()->EvaluateAsInt(Index, AST) ||
        Index.Val.getInt() != 0)
      Result.Lost = true;
    W.IsAddress = false;
    return !Result.Lost;
  }

  void constructed(const CXXConstructExpr &Construct, const Way &W) {
    const bool Copies = !W.IsAddress && Construct.getConstructor()->isCopyOrMoveConstructor() && !isByte(W.Type);
    add(Copies ? StorageAct::Access : StorageAct::Escape, Construct, W.Type);
  }

  void declared(const DeclStmt &Declaration, const Way &W, unsigned Steps) {
    const auto *V = Declaration.isSingleDecl() ? llvm::dyn_cast<VarDecl>(Declaration.getSingleDecl()) : nullptr;
    if (!V || V->isStaticLocal() || !Locals.valueOf(*V) ||
        (W.IsAddress ? !V->getType()->isPointerType() : !V->getType()->isReferenceType())) {
      Result.Lost = true;
      return;
    }
    llvm::SmallVector<const Stmt *, 64> Todo{Function.getBody()};
    while (!Todo.empty()) {
      const Stmt *S = Todo.pop_back_val();
      if (!S)
        continue;
      if (const auto *Lambda = llvm::dyn_cast<LambdaExpr>(S)) {
        Result.Lost |= llvm::any_of(Lambda->captures(), [&](const LambdaCapture &C) {
          return C.capturesVariable() && C.getCapturedVar() == V;
        });
        continue;
      }
      if (const auto *Ref = llvm::dyn_cast<DeclRefExpr>(S); Ref && Ref->getDecl() == V) {
        const Stmt *Read = W.IsAddress ? Parents.getParentIgnoreParens(Ref) : Ref;
        if (W.IsAddress && !(Read && llvm::isa<ImplicitCastExpr>(Read) &&
                             llvm::cast<ImplicitCastExpr>(Read)->getCastKind() == CK_LValueToRValue))
          Result.Lost = true;
        else
          follow(Read, W, Steps);
      }
      Todo.append(S->child_begin(), S->child_end());
    }
  }

  const ValueDecl &Storage;
  const FunctionDecl &Function;
  const ASTContext &AST;
  LocalValues &Locals;
  unsigned Depth;
  ParentMap Parents;
  StorageUses Result;
};

} // namespace

StorageUses storageUsesOf(const ValueDecl &Storage, const FunctionDecl &Function, const ASTContext &AST,
                          LocalValues &Locals, unsigned Depth) {
  return Follower(Storage, Function, AST, Locals, Depth).run();
}

} // namespace snug::rules
