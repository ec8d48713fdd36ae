// Finds bytes that hold an object of one type and are read as another.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ChildTypeMismatch.h"

#include "layout/Interconvertible.h"
#include "rules/Names.h"
#include "rules/StorageLifetime.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

using namespace clang;

void ChildTypeMismatch::declareInterest(StmtInterest &Interest) const { Interest.set(Stmt::MemberExprClass); }

/// Whether the function is written for the class that declares the member, and not, as a template, for whatever type
/// comes along.
static bool servesOneType(const FunctionDecl &Function, const FieldDecl &Field) {
  if (Function.isTemplateInstantiation() && Function.getPrimaryTemplate())
    return false;
  const auto *Method = llvm::dyn_cast<CXXMethodDecl>(&Function);
  const CXXRecordDecl *Class = Method ? Method->getParent() : nullptr;
  const auto *Owner = llvm::cast<CXXRecordDecl>(Field.getParent());
  if (!Class || declaresSameEntity(Class, Owner) || (Class->hasDefinition() && Class->isDerivedFrom(Owner)))
    return true;
  return !Class->getTemplateInstantiationPattern() && !Class->isLambda();
}

void ChildTypeMismatch::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Member = llvm::cast<MemberExpr>(S);
  const auto *Field = llvm::dyn_cast<FieldDecl>(Member.getMemberDecl());
  if (!Field || !Field->getType()->isConstantArrayType() || !isArrayOfBytes(Field->getType(), Context.AST) ||
      Context.isExcluded(Field->getLocation()))
    return;
  Storage &Bytes = Known[Field];
  if (!Scope.Function || !servesOneType(*Scope.Function, *Field))
    Bytes.Open = true;
  // Out from the name, up to what says a type, and on to what becomes of it.
  const CastExpr *Cast = nullptr;
  QualType Type;
  bool Alive = false;
  const Stmt *Child = &S;
  auto End = [&] {
    if (!Cast)
      Bytes.Open = true;
    else if (Alive)
      Bytes.Readings.push_back({Type, Cast, Scope.Function});
    else
      Bytes.Assumed.push_back(Type);
  };
  for (const Stmt *Parent : llvm::reverse(Scope.Ancestors)) {
    if (const auto *New = llvm::dyn_cast<CXXNewExpr>(Parent)) {
      if (New->isArray() || New->getNumPlacementArgs() != 1)
        Bytes.Open = true;
      else
        Bytes.Created.emplace_back(New->getAllocatedType().getUnqualifiedType(), New->getBeginLoc());
      return;
    }
    if (const auto *Next = llvm::dyn_cast<CastExpr>(Parent)) {
      const QualType Target = Next->getType()->isPointerType() ? Next->getType()->getPointeeType() : Next->getType();
      if (Next->getCastKind() == CK_LValueToRValue) {
        Alive = true;
        return Cast ? End() : void(); // else a byte is read
      }
      if (Next->getCastKind() == CK_PointerToIntegral)
        return End();
      if (!Cast && (Next->getCastKind() == CK_BitCast || Next->getCastKind() == CK_LValueBitCast) && saysWhat(Target) &&
          !isArrayOfBytes(Target, Context.AST)) {
        Cast = Next;
        Type = Target.getUnqualifiedType();
      }
    } else if (const auto *Call = llvm::dyn_cast<CallExpr>(Parent)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      const llvm::StringRef Name =
          Callee && Callee->getDeclName().isIdentifier() ? Callee->getName() : llvm::StringRef();
      if (Name == "construct_at" && Cast) {
        Bytes.Created.emplace_back(Type, Call->getBeginLoc());
        return;
      }
      Alive |= isLaunder(*Call) || Name == "destroy_at";
      if (!isLaunder(*Call) && Name != "addressof" && Name != "__addressof" && Name != "__builtin_addressof")
        return End();
    } else if (const auto *Element = llvm::dyn_cast<ArraySubscriptExpr>(Parent)) {
      if (Element->getIdx() == Child)
        return;
    } else if (llvm::isa<MemberExpr>(Parent)) {
      Alive = true;
      return End();
    } else if (const auto *Unary = llvm::dyn_cast<UnaryOperator>(Parent)) {
      if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref)
        return End();
    } else if (!llvm::isa<ParenExpr, FullExpr>(Parent)) {
      // Dropped, or stored, returned, compared, written to.
      return llvm::isa<CompoundStmt>(Parent) ? void() : End();
    }
    Child = Parent;
  }
  End();
}

/// Whether the class has parts that this file does not show.
bool ChildTypeMismatch::mayBeOther(const FieldDecl &Field) const {
  const auto *Record = llvm::cast<CXXRecordDecl>(Field.getParent());
  if (Field.getAccess() == AS_public || Record->hasFriends())
    return true;
  return llvm::any_of(Record->methods(), [](const CXXMethodDecl *M) {
    return !M->isImplicit() && !M->isDeleted() && !M->isDefaulted() && !M->isDefined();
  });
}

/// Whether an object of type `Created` is one of type `Read` at its start, too.
static bool startsWith(const ASTContext &AST, QualType Created, QualType Read) {
  if (layout::areSimilar(AST, Created, Read))
    return true;
  const CXXRecordDecl *Record = completeRecord(Created);
  if (!Record) {
    const ArrayType *Array = AST.getAsArrayType(Created);
    return Array && startsWith(AST, Array->getElementType(), Read);
  }
  return llvm::any_of(subobjectsOf(AST, *Record, Read), [](const SubobjectPath &P) { return P.Offset.isZero(); });
}

void ChildTypeMismatch::finish(RuleContext &Context) {
  for (const auto &[Field, Bytes] : Known) {
    if (Bytes.Open || Bytes.Created.empty())
      continue;
    for (const Reading &R : Bytes.Readings) {
      auto Fits = [&](QualType Created) { return startsWith(Context.AST, Created, R.Type); };
      if (llvm::any_of(Bytes.Created, [&](const auto &C) { return Fits(C.first); }) ||
          llvm::any_of(Bytes.Assumed, Fits))
        continue;
      const std::string Read = quoted(R.Type, Context.AST), Name = quoted(*Field);
      const std::string Holds = quoted(Bytes.Created.front().first, Context.AST);
      Finding F = violated(Context.locate(R.Cast->getBeginLoc()), Name + " holds a " + Holds + ", not a " + Read);
      if (isImplicitLifetime(R.Type) || mayBeOther(*Field))
        F.Severity = Level::Warning;
      for (const auto &[Type, Where] : Bytes.Created)
        F.Reasons.push_back(
            {"", "a " + quoted(Type, Context.AST) + " is created in " + Name + " here", Context.locate(Where), {}});
      F.Reasons.push_back({"",
                           "std::launder finds no " + Read + " there, and no other cast does",
                           Context.locate(Field->getLocation()),
                           {}});
      Context.report(std::move(F), R.Function);
    }
  }
}

} // namespace snug::rules
