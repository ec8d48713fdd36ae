// Which subobjects of a record are pointer-interconvertible with it, and where they lie.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Interconvertible.h"

#include "layout/Names.h"
#include "layout/StandardLayout.h"

#include "clang/AST/RecordLayout.h"

namespace snug::layout {

using clang::CharUnits;
using clang::CXXRecordDecl;
using clang::FieldDecl;

const FieldDecl *firstMember(const CXXRecordDecl &Record) {
  for (const clang::CXXBaseSpecifier &Base : Record.bases())
    if (const FieldDecl *Inherited = firstMember(*Base.getType()->getAsCXXRecordDecl()->getDefinition()))
      return Inherited;
  for (const FieldDecl *Field : Record.fields())
    if (!Field->isUnnamedBitField())
      return Field;
  return nullptr;
}

namespace {

/// Walks the closure, outermost first, until `Stop` says so. Each step returns whether it did.
class Closure {
public:
  Closure(const clang::ASTContext &AST, llvm::function_ref<bool(const InterconvertibleSubobject &)> Stop)
      : AST(AST), Stop(Stop) {}

  /// `Within` a standard-layout class everything is standard-layout.
  bool record(const CXXRecordDecl &Record, CharUnits Offset, bool Within = false) {
    if (Record.isUnion())
      return llvm::any_of(Record.fields(),
                          [&](const FieldDecl *Field) { return member(Record, *Field, Offset, Within); });
    return (Within || isStandardLayout(AST, Record)) && basesAndFirst(Record, Offset);
  }

private:
  /// A standard-layout class has at most one class with members among itself and its bases, and so one first member.
  bool basesAndFirst(const CXXRecordDecl &Class, CharUnits Offset) {
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Class);
    for (const clang::CXXBaseSpecifier &Specifier : Class.bases()) {
      const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl()->getDefinition();
      const CharUnits At = Offset + Layout.getBaseClassOffset(Base);
      if (Stop({typeOf(AST, *Base), nullptr, Base, At}) || basesAndFirst(*Base, At))
        return true;
    }
    for (const FieldDecl *Field : Class.fields())
      if (!Field->isUnnamedBitField())
        return member(Class, *Field, Offset, true);
    return false;
  }

  bool member(const CXXRecordDecl &Class, const FieldDecl &Field, CharUnits Offset, bool Within) {
    if (Field.isBitField() || Field.getType()->isReferenceType())
      return false;
    const uint64_t Bits = AST.getASTRecordLayout(&Class).getFieldOffset(Field.getFieldIndex());
    const CharUnits At = Offset + AST.toCharUnitsFromBits(static_cast<int64_t>(Bits));
    if (Stop({Field.getType(), &Field, nullptr, At}))
      return true;
    const CXXRecordDecl *Inner = Field.getType()->getAsCXXRecordDecl();
    return Inner && record(*Inner->getDefinition(), At, Within);
  }

  const clang::ASTContext &AST;
  llvm::function_ref<bool(const InterconvertibleSubobject &)> Stop;
};

/// Whether the closure would hold what `Matches` looks for if every class were standard-layout. That question costs far
/// more than this one, and most casts lead nowhere.
class Candidates {
public:
  Candidates(const clang::ASTContext &AST, llvm::function_ref<bool(const InterconvertibleSubobject &)> Matches)
      : AST(AST), Matches(Matches) {}

  bool in(const CXXRecordDecl &Record) const {
    if (Record.isUnion())
      return llvm::any_of(Record.fields(), [&](const FieldDecl *Field) { return in(*Field); });
    for (const clang::CXXBaseSpecifier &Specifier : Record.bases()) {
      const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl()->getDefinition();
      if (Matches({typeOf(AST, *Base), nullptr, Base, CharUnits::Zero()}) || in(*Base))
        return true;
    }
    for (const FieldDecl *Field : Record.fields())
      if (!Field->isUnnamedBitField())
        return in(*Field);
    return false;
  }

private:
  bool in(const FieldDecl &Field) const {
    if (Field.isBitField() || Field.getType()->isReferenceType())
      return false;
    if (Matches({Field.getType(), &Field, nullptr, CharUnits::Zero()}))
      return true;
    const CXXRecordDecl *Inner = Field.getType()->getAsCXXRecordDecl();
    return Inner && (Inner = Inner->getDefinition()) && in(*Inner);
  }

  const clang::ASTContext &AST;
  llvm::function_ref<bool(const InterconvertibleSubobject &)> Matches;
};

} // namespace

std::vector<InterconvertibleSubobject> interconvertibleSubobjects(const clang::ASTContext &AST,
                                                                  const CXXRecordDecl &Record) {
  std::vector<InterconvertibleSubobject> Found;
  auto Keep = [&](const InterconvertibleSubobject &S) {
    Found.push_back(S);
    return false;
  };
  Closure(AST, Keep).record(*Record.getDefinition(), CharUnits::Zero());
  return Found;
}

std::optional<InterconvertibleSubobject>
findInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record,
                     llvm::function_ref<bool(const InterconvertibleSubobject &)> Matches) {
  std::optional<InterconvertibleSubobject> Found;
  if (!Candidates(AST, Matches).in(*Record.getDefinition()))
    return Found;
  auto Take = [&](const InterconvertibleSubobject &S) {
    if (!S.Offset.isZero() || !Matches(S))
      return false;
    Found = S;
    return true;
  };
  Closure(AST, Take).record(*Record.getDefinition(), CharUnits::Zero());
  return Found;
}

bool isInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, const FieldDecl &Field) {
  return findInterconvertible(AST, Record,
                              [&](const InterconvertibleSubobject &S) {
                                return S.Field && S.Field->getCanonicalDecl() == Field.getCanonicalDecl();
                              })
      .has_value();
}

bool isInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, const CXXRecordDecl &Base) {
  return findInterconvertible(AST, Record,
                              [&](const InterconvertibleSubobject &S) {
                                return S.Base && S.Base->getCanonicalDecl() == Base.getCanonicalDecl();
                              })
      .has_value();
}

bool hasInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, clang::QualType Type) {
  return findInterconvertible(AST, Record,
                              [&](const InterconvertibleSubobject &S) { return areSimilar(AST, S.Type, Type); })
      .has_value();
}

bool areSimilar(const clang::ASTContext &AST, clang::QualType A, clang::QualType B) {
#if LLVM_VERSION_MAJOR >= 20
  return AST.hasSimilarType(A, B);
#else
  return const_cast<clang::ASTContext &>(AST).hasSimilarType(A, B);
#endif
}

} // namespace snug::layout
