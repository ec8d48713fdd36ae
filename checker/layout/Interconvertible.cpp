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

class Closure {
public:
  explicit Closure(const clang::ASTContext &AST) : AST(AST) {}

  void record(const CXXRecordDecl &Record, CharUnits Offset, const std::string &Prefix) {
    if (Record.isUnion()) {
      for (const FieldDecl *Field : Record.fields())
        member(Record, *Field, Offset, Prefix);
    } else if (isStandardLayout(AST, Record)) {
      basesAndFirst(Record, Offset, Prefix);
    }
  }

  std::vector<InterconvertibleSubobject> Found;

private:
  /// A standard-layout class has at most one class with members among itself and its bases, and so one first member.
  void basesAndFirst(const CXXRecordDecl &Class, CharUnits Offset, const std::string &Prefix) {
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Class);
    for (const clang::CXXBaseSpecifier &Specifier : Class.bases()) {
      const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl()->getDefinition();
      const CharUnits At = Offset + Layout.getBaseClassOffset(Base);
      const std::string Path = Prefix + nameOf(AST, *Base);
      Found.push_back({typeOf(AST, *Base), nullptr, Base, At, Path});
      basesAndFirst(*Base, At, Path + ".");
    }
    for (const FieldDecl *Field : Class.fields())
      if (!Field->isUnnamedBitField())
        return member(Class, *Field, Offset, Prefix);
  }

  void member(const CXXRecordDecl &Class, const FieldDecl &Field, CharUnits Offset, const std::string &Prefix) {
    if (Field.isBitField() || Field.getType()->isReferenceType())
      return;
    const uint64_t Bits = AST.getASTRecordLayout(&Class).getFieldOffset(Field.getFieldIndex());
    const CharUnits At = Offset + AST.toCharUnitsFromBits(static_cast<int64_t>(Bits));
    const std::string Path = Prefix + nameOf(Field);
    Found.push_back({Field.getType(), &Field, nullptr, At, Path});
    if (const CXXRecordDecl *Inner = Field.getType()->getAsCXXRecordDecl())
      record(*Inner->getDefinition(), At, Path + ".");
  }

  const clang::ASTContext &AST;
};

} // namespace

std::vector<InterconvertibleSubobject> interconvertibleSubobjects(const clang::ASTContext &AST,
                                                                  const CXXRecordDecl &Record) {
  Closure Walk(AST);
  Walk.record(*Record.getDefinition(), CharUnits::Zero(), "");
  return std::move(Walk.Found);
}

template <class Predicate>
static bool anyAtZero(const clang::ASTContext &AST, const CXXRecordDecl &Record, Predicate Matches) {
  return llvm::any_of(interconvertibleSubobjects(AST, Record),
                      [&](const InterconvertibleSubobject &S) { return S.Offset.isZero() && Matches(S); });
}

bool isInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, const FieldDecl &Field) {
  return anyAtZero(AST, Record, [&](const InterconvertibleSubobject &S) {
    return S.Field && S.Field->getCanonicalDecl() == Field.getCanonicalDecl();
  });
}

bool isInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, const CXXRecordDecl &Base) {
  return anyAtZero(AST, Record, [&](const InterconvertibleSubobject &S) {
    return S.Base && S.Base->getCanonicalDecl() == Base.getCanonicalDecl();
  });
}

bool hasInterconvertible(const clang::ASTContext &AST, const CXXRecordDecl &Record, clang::QualType Type) {
  return anyAtZero(AST, Record, [&](const InterconvertibleSubobject &S) { return areSimilar(AST, S.Type, Type); });
}

bool areSimilar(const clang::ASTContext &AST, clang::QualType A, clang::QualType B) {
#if LLVM_VERSION_MAJOR >= 20
  return AST.hasSimilarType(A, B);
#else
  return const_cast<clang::ASTContext &>(AST).hasSimilarType(A, B);
#endif
}

} // namespace snug::layout
