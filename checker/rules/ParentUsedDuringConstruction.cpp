// Finds uses of a parent's members while one of its bases is constructed or destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ParentUsedDuringConstruction.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace snug::rules {

void ParentUsedDuringConstruction::declareInterest(StmtInterest &Interest) const {
  addCastKinds(Interest);
  Interest.set(clang::Stmt::CallExprClass);
  Interest.set(clang::Stmt::CXXMemberCallExprClass);
  Interest.set(clang::Stmt::CXXConstructExprClass);
}

static bool isSpecial(const clang::FunctionDecl *F) {
  return llvm::isa_and_nonnull<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(F);
}

void ParentUsedDuringConstruction::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &) {
  if (!Scope.Function)
    return;
  if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&S)) {
    if (Cast->getCastKind() == clang::CK_BaseToDerived)
      Casting.insert(Scope.Function->getCanonicalDecl());
    return;
  }
  if (!isSpecial(Scope.Function))
    return;
  const clang::FunctionDecl *Callee = nullptr;
  if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(&S))
    Callee = Construct->getConstructor();
  else
    Callee = llvm::cast<clang::CallExpr>(S).getDirectCallee();
  if (Callee)
    CalledBy[Callee->getCanonicalDecl()].insert(Scope.Function->getCanonicalDecl());
}

namespace {

/// Whether `Part`, a base of `Whole` or the class itself, is constructed after its base `First`. Virtual bases are not
/// decided.
bool isLater(const clang::CXXRecordDecl &Whole, const clang::CXXRecordDecl &First, const clang::CXXRecordDecl &Part) {
  if (declaresSameEntity(&Whole, &Part))
    return true;
  auto Is = [](const clang::CXXRecordDecl &A, const clang::CXXRecordDecl &B) {
    return declaresSameEntity(&A, &B) || A.isDerivedFrom(&B);
  };
  if (Is(First, Part))
    return false;
  bool Passed = false;
  for (const clang::CXXBaseSpecifier &Specifier : Whole.bases()) {
    const clang::CXXRecordDecl *Base = completeRecord(Specifier.getType());
    if (!Base || Specifier.isVirtual())
      return false;
    const bool HasFirst = Is(*Base, First), HasPart = Is(*Base, Part);
    if (HasFirst && HasPart)
      return isLater(*Base, First, Part);
    if (HasPart)
      return Passed;
    Passed |= HasFirst;
  }
  return false;
}

/// Nothing has to be done to begin its lifetime, and nothing is done.
bool beginsByItself(const clang::FieldDecl &Field, const clang::ASTContext &AST) {
  const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(Field.getParent());
  clang::QualType Type = AST.getBaseElementType(Field.getType());
  const clang::CXXRecordDecl *Record = completeRecord(Type);
  if (!Class || Field.hasInClassInitializer() || Type->isReferenceType() ||
      (Record && !Record->hasTrivialDefaultConstructor()))
    return false;
  return llvm::none_of(Class->ctors(), [&](const clang::CXXConstructorDecl *C) {
    return llvm::any_of(C->inits(), [&](const clang::CXXCtorInitializer *I) {
      return I->isAnyMemberInitializer() && I->getAnyMember() == &Field && I->isWritten();
    });
  });
}

bool mentionsThis(const clang::Stmt *S) {
  return S && (llvm::isa<clang::CXXThisExpr>(S) ||
               llvm::any_of(S->children(), [](const clang::Stmt *Child) { return mentionsThis(Child); }));
}

/// One use of a parent too early or too late.
struct Use {
  const clang::MemberExpr *Member;
  const clang::CXXRecordDecl *Parent;
  const clang::FunctionDecl *Where;
  const clang::Expr *Call; ///< what leads from the constructor there; null if it is the constructor
};

/// Looks at what a constructor or destructor of `Base` does, itself and in one call.
class Walk {
public:
  Walk(const clang::FunctionDecl &Special, RuleContext &Context) : Context(Context) {
    Base = llvm::cast<clang::CXXMethodDecl>(Special).getParent();
    IsDestructor = llvm::isa<clang::CXXDestructorDecl>(Special);
    Frame F{&Special, nullptr, {Role::Base, nullptr}};
    in(F);
  }

  const clang::CXXRecordDecl *Base;
  bool IsDestructor;
  std::vector<Use> Found;

private:
  /// What an expression points or refers to.
  struct Role {
    enum Kind { None, Base, Parent } What = None;
    const clang::CXXRecordDecl *Class = nullptr; ///< the parent's
  };
  struct Frame {
    const clang::FunctionDecl *Function;
    const clang::Expr *Call;
    Role This;
    llvm::SmallDenseMap<const clang::ParmVarDecl *, Role, 4> Parameters{};
  };

  void in(const Frame &F) {
    if (const auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(F.Function))
      for (const clang::CXXCtorInitializer *Init : Constructor->inits())
        visit(Init->getInit(), F);
    visit(F.Function->getBody(), F);
  }

  Role roleOf(const clang::Expr *E, const Frame &F, unsigned Depth = 0) {
    if (Depth == 16)
      return {};
    E = Context.Locals.resolve(E);
    if (llvm::isa<clang::CXXThisExpr>(E))
      return F.This;
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E);
        Unary && (Unary->getOpcode() == clang::UO_Deref || Unary->getOpcode() == clang::UO_AddrOf))
      return roleOf(Unary->getSubExpr(), F, Depth + 1);
    if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(E)) {
      const auto *P = llvm::dyn_cast<clang::ParmVarDecl>(Ref->getDecl());
      return P ? F.Parameters.lookup(P) : Role{};
    }
    if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(E)) {
      Role Inner = roleOf(Cast->getSubExpr(), F, Depth + 1);
      if (Cast->getCastKind() != clang::CK_BaseToDerived || Inner.What != Role::Base)
        return Cast->getCastKind() == clang::CK_NoOp || Cast->getCastKind() == clang::CK_BaseToDerived ? Inner : Role{};
      const clang::CXXRecordDecl *Target = completeRecord(castTarget(*Cast));
      return Target && Target->isDerivedFrom(Base) ? Role{Role::Parent, Target} : Role{};
    }
    // `derived().x`: a member function that does nothing but cast.
    if (const auto *Call = llvm::dyn_cast<clang::CXXMemberCallExpr>(E); Call && !F.Call) {
      const clang::FunctionDecl *Callee = bodyOf(Call->getDirectCallee());
      const auto *Body = Callee ? llvm::dyn_cast<clang::CompoundStmt>(Callee->getBody()) : nullptr;
      const auto *Return = Body && Body->size() == 1 ? llvm::dyn_cast<clang::ReturnStmt>(Body->body_front()) : nullptr;
      if (Return && Return->getRetValue())
        return roleOf(Return->getRetValue(),
                      Frame{Callee, Call, roleOf(Call->getImplicitObjectArgument(), F, Depth + 1)}, Depth + 1);
    }
    return {};
  }

  static const clang::FunctionDecl *bodyOf(const clang::FunctionDecl *Callee) {
    const clang::FunctionDecl *Definition = nullptr;
    const auto *Method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(Callee);
    return Callee && Callee->hasBody(Definition) && !(Method && Method->isVirtual()) ? Definition : nullptr;
  }

  void visit(const clang::Stmt *S, const Frame &F) {
    if (!S || llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr, clang::RequiresExpr,
                        clang::CXXTypeidExpr>(S))
      return;
    if (const auto *Default = llvm::dyn_cast<clang::CXXDefaultInitExpr>(S))
      return visit(Default->getExpr(), F);
    // An address alone is no use.
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(S); Unary && Unary->getOpcode() == clang::UO_AddrOf)
      if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(Unary->getSubExpr()->IgnoreParens()))
        return visit(Member->getBase(), F);
    if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(S))
      member(*Member, F);
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(S)) {
      const auto *MemberCall = llvm::dyn_cast<clang::CXXMemberCallExpr>(Call);
      call(*Call, Call->getDirectCallee(), MemberCall ? MemberCall->getImplicitObjectArgument() : nullptr,
           {Call->getArgs(), Call->getNumArgs()}, F);
    } else if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(S)) {
      call(*Construct, Construct->getConstructor(), nullptr, {Construct->getArgs(), Construct->getNumArgs()}, F);
    }
    for (const clang::Stmt *Child : S->children())
      visit(Child, F);
  }

  void call(const clang::Expr &Call, const clang::FunctionDecl *Callee, const clang::Expr *Object,
            llvm::ArrayRef<const clang::Expr *> Arguments, const Frame &F) {
    const clang::FunctionDecl *Definition = F.Call ? nullptr : bodyOf(Callee);
    if (!Definition || llvm::isa<clang::CXXOperatorCallExpr>(Call))
      return;
    Frame Inner{Definition, &Call, {}};
    bool Any = false;
    if (Object) {
      Inner.This = roleOf(Object, F);
      // A member function of the parent is reported as such.
      if (Inner.This.What == Role::Parent)
        return;
      Any = Inner.This.What == Role::Base;
    }
    for (unsigned I = 0; I != Arguments.size() && I < Definition->getNumParams(); ++I)
      if (Role R = roleOf(Arguments[I], F); R.What != Role::None) {
        Inner.Parameters[Definition->getParamDecl(I)] = R;
        Any = true;
      }
    if (Any)
      in(Inner);
  }

  void member(const clang::MemberExpr &Member, const Frame &F) {
    const clang::ValueDecl *Declared = Member.getMemberDecl();
    const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(Declared->getDeclContext());
    const auto *Method = llvm::dyn_cast<clang::CXXMethodDecl>(Declared);
    const auto *Field = llvm::dyn_cast<clang::FieldDecl>(Declared);
    if (!Class || (!Field && (!Method || Method->isStatic())))
      return;
    Role R = roleOf(Member.getBase(), F);
    if (R.What != Role::Parent || !isLater(*R.Class, *Base, *Class->getDefinition()))
      return;
    if (Field && !IsDestructor && beginsByItself(*Field, Context.AST))
      return;
    // A function that touches nothing may be called until the last base is destroyed.
    const clang::FunctionDecl *Body = nullptr;
    if (Method && IsDestructor && Method->hasBody(Body) && !mentionsThis(Body->getBody()))
      return;
    if (llvm::none_of(Found, [&](const Use &U) { return U.Member == &Member; }))
      Found.push_back({&Member, R.Class, F.Function, F.Call});
  }

  RuleContext &Context;
};

} // namespace

void ParentUsedDuringConstruction::finish(RuleContext &Context) {
  llvm::SetVector<const clang::FunctionDecl *> Specials;
  for (const clang::FunctionDecl *F : Casting) {
    if (isSpecial(F))
      Specials.insert(F);
    if (auto Callers = CalledBy.find(F); Callers != CalledBy.end())
      Specials.insert(Callers->second.begin(), Callers->second.end());
  }
  for (const clang::FunctionDecl *F : Specials) {
    const clang::FunctionDecl *Definition = nullptr;
    if (!F->hasBody(Definition))
      continue;
    Walk W(*Definition, Context);
    for (const Use &U : W.Found) {
      std::string Base = quoted(*W.Base);
      std::string Name = quoted(*U.Member->getMemberDecl());
      const bool IsField = llvm::isa<clang::FieldDecl>(U.Member->getMemberDecl());
      std::string State = W.IsDestructor ? " is already destroyed" : " is not yet constructed";
      Finding Found = violated(Context.locate(U.Member->getMemberLoc()),
                               IsField ? Name + State + " while base " + Base + " is"
                                       : Name + " is called on a " + quoted(*U.Parent) + " that" + State +
                                             " while its base " + Base + " is");
      if (U.Call)
        Found.Reasons.push_back(
            {"",
             std::string("called here, in the ") + (W.IsDestructor ? "destructor" : "constructor") + " of " + Base,
             Context.locate(U.Call->getExprLoc()),
             {}});
      Found.Reasons.push_back(
          {"",
           quoted(*U.Parent) + (W.IsDestructor ? " destroys its members before its bases; do this in its own "
                                                 "destructor, or before"
                                               : " constructs its bases before its members; postpone this, to "
                                                 "start() for instance"),
           Context.locate(U.Parent->getLocation()),
           {}});
      Context.report(std::move(Found), U.Where);
    }
  }
}

} // namespace snug::rules
