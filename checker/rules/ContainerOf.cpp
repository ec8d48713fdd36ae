// Recognises the address of an enclosing object computed by subtracting an offset from the address of its member.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ContainerOf.h"

#include "layout/StandardLayout.h"
#include "rules/HandWrittenOffset.h"
#include "rules/Names.h"
#include "rules/PointerValue.h"

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallVector.h"

namespace snug::rules {
namespace {

/// The class that a cast makes a pointer or a reference to.
const clang::CXXRecordDecl *targetOf(const clang::ExplicitCastExpr &Cast) {
  clang::QualType T = Cast.getTypeAsWritten();
  T = T->isPointerType() || T->isReferenceType() ? T->getPointeeType() : clang::QualType();
  const clang::CXXRecordDecl *Record = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  return Record ? Record->getDefinition() : nullptr;
}

/// The object that an expression's address is that of: through `&`, `*` and conversions of pointers, as far as the
/// first thing that is no byte and not void.
class Origin {
public:
  explicit Origin(LocalValues &Locals) : Locals(Locals) {}

  const clang::Expr *throughConversions(const clang::Expr *E) {
    for (unsigned Steps = 0; Steps != 32; ++Steps) {
      E = Locals.resolve(E);
      if (const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(E); Cast && keepsAddress(*Cast)) {
        E = Cast->getSubExpr();
        continue;
      }
      const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E);
      const clang::Expr *Inner = Unary ? Locals.resolve(Unary->getSubExpr()) : nullptr;
      const auto *InnerUnary = llvm::dyn_cast_or_null<clang::UnaryOperator>(Inner);
      if (InnerUnary && Unary->getOpcode() != InnerUnary->getOpcode() && isPointerStep(*Unary) &&
          isPointerStep(*InnerUnary)) {
        E = InnerUnary->getSubExpr(); // &*p or *&p
        continue;
      }
      if (Unary && Unary->getOpcode() == clang::UO_Deref && Unary->getSubExpr() != Inner &&
          llvm::isa<clang::ExplicitCastExpr>(Inner)) {
        E = Inner; // *(T*)p as a glvalue: the address is that of the pointer's value
        continue;
      }
      break;
    }
    return E;
  }

  /// Follows a byte pointer back to the object whose address it was made from. Null if only bytes or void are seen.
  std::pair<const clang::Expr *, clang::QualType> ofBytes(const clang::Expr *E) {
    E = throughConversions(E);
    clang::QualType T = E->getType();
    if (const auto *Unary = llvm::dyn_cast<clang::UnaryOperator>(E); Unary && Unary->getOpcode() == clang::UO_AddrOf) {
      E = Unary->getSubExpr()->IgnoreParens();
      T = E->getType();
    } else if (T->isPointerType()) {
      T = T->getPointeeType();
    } else if (const clang::ArrayType *Array = T->getAsArrayTypeUnsafe()) {
      T = Array->getElementType();
    }
    if (T->isVoidType() || T->isFunctionType() || isByte(T))
      return {nullptr, {}};
    return {E, T};
  }

private:
  static bool isPointerStep(const clang::UnaryOperator &U) {
    return U.getOpcode() == clang::UO_AddrOf || U.getOpcode() == clang::UO_Deref;
  }
  static bool keepsAddress(const clang::ExplicitCastExpr &Cast) {
    switch (Cast.getCastKind()) {
    case clang::CK_BitCast:
    case clang::CK_NoOp:
    case clang::CK_LValueBitCast:
      return true;
    default:
      return false;
    }
  }

  LocalValues &Locals;
};

/// The terms of a sum of one byte pointer and any number of offsets.
struct Sum {
  const clang::Expr *Base = nullptr;
  llvm::SmallVector<const clang::Expr *, 2> Subtracted;
};

bool collect(const clang::Expr *E, Origin &From, Sum &Into) {
  E = From.throughConversions(E);
  const clang::Expr *Pointer = nullptr, *Offset = nullptr;
  bool Minus = false;
  if (const auto *B = llvm::dyn_cast<clang::BinaryOperator>(E); B && B->isAdditiveOp()) {
    Pointer = B->getLHS();
    Offset = B->getRHS();
    Minus = B->getOpcode() == clang::BO_Sub;
    if (!Pointer->getType()->isPointerType())
      std::swap(Pointer, Offset);
  } else if (const auto *A = llvm::dyn_cast<clang::UnaryOperator>(E); A && A->getOpcode() == clang::UO_AddrOf) {
    // &bytes[-offset]
    const auto *Element = llvm::dyn_cast<clang::ArraySubscriptExpr>(A->getSubExpr()->IgnoreParens());
    if (!Element)
      return false;
    Pointer = Element->getBase();
    Offset = Element->getIdx();
  }
  if (!Pointer || !Pointer->getType()->isPointerType() || !isByte(Pointer->getType()->getPointeeType()))
    return false;
  Offset = Offset->IgnoreParenImpCasts();
  if (const auto *Negated = llvm::dyn_cast<clang::UnaryOperator>(Offset);
      Negated && Negated->getOpcode() == clang::UO_Minus) {
    Minus = !Minus;
    Offset = Negated->getSubExpr();
  }
  if (Minus)
    Into.Subtracted.push_back(Offset);
  if (!collect(Pointer, From, Into))
    Into.Base = Pointer;
  return true;
}

/// What an offset is computed from.
struct OffsetSource {
  const clang::CXXRecordDecl *Record = nullptr;
  const clang::FieldDecl *Member = nullptr;
  const clang::Expr *MemberPointer = nullptr;
};

bool findOffset(const clang::Expr *Root, const clang::ASTContext &AST, LocalValues &Locals, OffsetSource &Source) {
  llvm::SmallVector<const clang::Stmt *, 16> Todo{Root};
  for (unsigned Seen = 0; !Todo.empty() && Seen != 256; ++Seen) {
    const clang::Stmt *S = Todo.pop_back_val();
    if (!S)
      continue;
    if (const auto *O = llvm::dyn_cast<clang::OffsetOfExpr>(S)) {
      Source.Record = O->getTypeSourceInfo()->getType()->getAsCXXRecordDecl();
      for (unsigned I = 0; I != O->getNumComponents(); ++I)
        if (O->getComponent(I).getKind() == clang::OffsetOfNode::Field)
          Source.Member = O->getComponent(I).getField();
      return true;
    }
    if (const auto *U = llvm::dyn_cast<clang::UnaryOperator>(S))
      if (std::optional<HandWrittenOffset> Written = handWrittenOffset(*U, AST)) {
        Source.Member = Written->Member;
        Source.Record = llvm::dyn_cast<clang::CXXRecordDecl>(Written->Member->getParent());
        return true;
      }
    const auto *E = llvm::dyn_cast<clang::Expr>(S);
    if (E && E->getType()->isMemberDataPointerType()) {
      Source.MemberPointer = E;
      const clang::Expr *Value = Locals.resolve(E);
      if (const auto *A = llvm::dyn_cast<clang::UnaryOperator>(Value); A && A->getOpcode() == clang::UO_AddrOf)
        if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(A->getSubExpr()->IgnoreParens()))
          Source.Member = llvm::dyn_cast<clang::FieldDecl>(Ref->getDecl());
      return true;
    }
    if (const auto *Ref = llvm::dyn_cast<clang::DeclRefExpr>(S))
      if (const auto *V = llvm::dyn_cast<clang::VarDecl>(Ref->getDecl()))
        if (const clang::Expr *Value = Locals.valueOf(*V))
          Todo.push_back(Value);
    // sizeof, alignof and their kin look at types only.
    if (!llvm::isa<clang::UnaryExprOrTypeTraitExpr, clang::LambdaExpr>(S))
      for (const clang::Stmt *Child : S->children())
        Todo.push_back(Child);
  }
  return false;
}

bool holds(const clang::CXXRecordDecl &Whole, const clang::CXXRecordDecl &Part, unsigned Depth = 0) {
  if (declaresSameEntity(&Whole, &Part))
    return true;
  const clang::CXXRecordDecl *Definition = Whole.getDefinition();
  if (!Definition || Depth == 8)
    return false;
  for (const clang::CXXBaseSpecifier &Base : Definition->bases())
    if (const auto *B = Base.getType()->getAsCXXRecordDecl(); B && holds(*B, Part, Depth + 1))
      return true;
  for (const clang::FieldDecl *Field : Definition->fields())
    if (const auto *R = Field->getType()->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
        R && holds(*R, Part, Depth + 1))
      return true;
  return false;
}

} // namespace

void addCastKinds(StmtInterest &Interest) {
  Interest.set(clang::Stmt::CXXReinterpretCastExprClass);
  Interest.set(clang::Stmt::CXXStaticCastExprClass);
  Interest.set(clang::Stmt::CXXFunctionalCastExprClass);
  Interest.set(clang::Stmt::CStyleCastExprClass);
}

/// The terms of a sum of one pointer that became an integer and any number of offsets.
static bool collectIntegers(const clang::Expr *E, bool Minus, LocalValues &Locals, Sum &Into, unsigned Depth = 0) {
  E = Locals.resolve(E);
  if (Depth == 16)
    return false;
  if (const auto *Cast = llvm::dyn_cast<clang::CastExpr>(E)) {
    if (Cast->getCastKind() == clang::CK_PointerToIntegral) {
      if (Minus || Into.Base)
        return false;
      Into.Base = Cast->getSubExpr();
      return true;
    }
    if (Cast->getSubExpr()->getType()->isIntegerType() &&
        collectIntegers(Cast->getSubExpr(), Minus, Locals, Into, Depth + 1))
      return true;
  }
  if (const auto *B = llvm::dyn_cast<clang::BinaryOperator>(E); B && B->isAdditiveOp()) {
    const bool Left = collectIntegers(B->getLHS(), Minus, Locals, Into, Depth + 1);
    const bool Right =
        collectIntegers(B->getRHS(), Minus != (B->getOpcode() == clang::BO_Sub), Locals, Into, Depth + 1);
    return Left || Right;
  }
  if (Minus)
    Into.Subtracted.push_back(E);
  return false;
}

/// The match, if some subtracted term is an offset in a class that has to do with the target.
static std::optional<ContainerOf> matchTerms(const clang::ExplicitCastExpr &Cast, const clang::CXXRecordDecl &Enclosing,
                                             const Sum &Terms, const clang::ASTContext &AST, LocalValues &Locals) {
  OffsetSource Source;
  bool Related = false;
  for (const clang::Expr *Offset : Terms.Subtracted) {
    Source = {};
    if (!findOffset(Offset, AST, Locals, Source))
      continue;
    Related =
        Source.MemberPointer || !Source.Record || holds(*Source.Record, Enclosing) || holds(Enclosing, *Source.Record);
    if (Related)
      break;
  }
  if (!Related)
    return std::nullopt;
  auto [Child, ChildType] = Origin(Locals).ofBytes(Terms.Base);
  if (!Child)
    return std::nullopt;
  return ContainerOf{&Cast, &Enclosing, Child, ChildType, Source.Member, Source.Record, Source.MemberPointer};
}

std::optional<ContainerOf> matchContainerOf(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                            LocalValues &Locals) {
  if (Cast.getCastKind() != clang::CK_BitCast && Cast.getCastKind() != clang::CK_LValueBitCast)
    return std::nullopt;
  const clang::CXXRecordDecl *Enclosing = targetOf(Cast);
  if (!Enclosing)
    return std::nullopt;
  Origin From(Locals);
  Sum Terms;
  const clang::Expr *Operand = Cast.getSubExpr();
  if (Cast.getCastKind() == clang::CK_LValueBitCast) {
    const auto *Deref = llvm::dyn_cast<clang::UnaryOperator>(Operand->IgnoreParens());
    if (!Deref || Deref->getOpcode() != clang::UO_Deref)
      return std::nullopt;
    Operand = Deref->getSubExpr();
  }
  if (!collect(Operand, From, Terms) || Terms.Subtracted.empty())
    return std::nullopt;
  return matchTerms(Cast, *Enclosing, Terms, AST, Locals);
}

std::optional<ContainerOf> matchContainerOfInteger(const clang::ExplicitCastExpr &Cast, const clang::ASTContext &AST,
                                                   LocalValues &Locals) {
  const clang::CXXRecordDecl *Enclosing = targetOf(Cast);
  if (!Enclosing || Cast.isGLValue())
    return std::nullopt;
  // The integer may become a byte pointer first.
  const clang::Expr *E = &Cast;
  if (Cast.getCastKind() == clang::CK_BitCast)
    E = Origin(Locals).throughConversions(Cast.getSubExpr());
  const auto *ToPointer = llvm::dyn_cast<clang::CastExpr>(E);
  Sum Terms;
  if (!ToPointer || ToPointer->getCastKind() != clang::CK_IntegralToPointer ||
      !collectIntegers(ToPointer->getSubExpr(), false, Locals, Terms))
    return std::nullopt;
  return matchTerms(Cast, *Enclosing, Terms, AST, Locals);
}

clang::SourceLocation macroOf(const ContainerOf &Match, const clang::SourceManager &Sources) {
  clang::SourceLocation Begin = Match.Cast->getBeginLoc();
  // What is spelt as an argument of a macro is written out by the user.
  while (Begin.isMacroID() && Sources.isMacroArgExpansion(Begin))
    Begin = Sources.getImmediateSpellingLoc(Begin);
  return Begin.isMacroID() ? Begin : clang::SourceLocation();
}

bool canBeBase(clang::QualType Part) {
  const auto *Class = Part->getAsCXXRecordDecl();
  return Class && !Class->isUnion() && !Class->isEffectivelyFinal();
}

std::string wayToTheWhole(clang::QualType Part, const clang::CXXRecordDecl &Whole, const clang::ASTContext &AST) {
  const std::string Pointer = "store a pointer to the " + quoted(Whole);
  if (!canBeBase(Part))
    return Pointer;
  return "make " + quoted(Part, AST) + " a base class of " + quoted(Whole) + " and use static_cast, or " + Pointer;
}

void addContainerOfReasons(const ContainerOf &Match, Finding &F, const RuleContext &Context) {
  std::string Child = Match.Member ? quoted(*Match.Member) : "the " + quoted(Match.ChildType, Context.AST);
  clang::SourceLocation ChildPlace = Match.Member ? Match.Member->getLocation() : Match.Child->getExprLoc();
  F.Reasons.push_back({"",
                       Child + " is " + (Match.Member ? "a member subobject" : "one object") +
                           "; arithmetic on a pointer to it can only reach one past it",
                       Context.locate(ChildPlace),
                       {}});
  const clang::CXXRecordDecl *Record = Match.OffsetRecord ? Match.OffsetRecord->getDefinition() : nullptr;
  if (Record && Match.Member)
    if (std::vector<Reason> Why = layout::whyNotStandardLayout(Context.AST, *Record); !Why.empty()) {
      F.Reasons.push_back(
          {"",
           "offsetof is only conditionally supported here: " + quoted(*Record) + " is not a standard-layout class",
           Context.locate(Record->getLocation()),
           {}});
      llvm::append_range(F.Reasons, Why);
    }
  F.Reasons.push_back({"",
                       wayToTheWhole(Match.ChildType, *Match.Enclosing, Context.AST),
                       Context.locate(Match.Cast->getBeginLoc()),
                       {}});
}

} // namespace snug::rules
