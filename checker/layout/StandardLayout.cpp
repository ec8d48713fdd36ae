// Decides whether a class is standard-layout, with the reasons where it is not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/StandardLayout.h"

#include "layout/Names.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace snug::layout {
namespace {

using clang::CXXBaseSpecifier;
using clang::CXXRecordDecl;
using clang::FieldDecl;

/// The class of a type, of an array its element's; null for a type that is no class.
const CXXRecordDecl *classOf(const clang::ASTContext &AST, clang::QualType Type) {
  const CXXRecordDecl *Class = AST.getBaseElementType(Type)->getAsCXXRecordDecl();
  return Class ? Class->getDefinition() : nullptr;
}

const CXXRecordDecl *classOf(const CXXBaseSpecifier &Base) {
  return Base.getType()->getAsCXXRecordDecl()->getDefinition();
}

/// A class below the one in question, and the direct base through which it was reached (null: the class itself).
struct Place {
  const CXXRecordDecl *Class;
  const CXXBaseSpecifier *Through;
};

/// All base subobjects in declaration order, depth first.
void collectBases(const CXXRecordDecl &Class, const CXXBaseSpecifier *Through, std::vector<Place> &Found) {
  for (const CXXBaseSpecifier &Base : Class.bases()) {
    const CXXBaseSpecifier *Direct = Through ? Through : &Base;
    Found.push_back({classOf(Base), Direct});
    collectBases(*Found.back().Class, Direct, Found);
  }
}

class Judge {
public:
  Judge(const clang::ASTContext &AST, const CXXRecordDecl &Record) : AST(AST), Record(Record) {
    collectBases(Record, nullptr, Bases);
  }

  std::vector<Reason> reasons() {
    mixedAccess();
    twoClasses();
    members();
    bases();
    virtualFunction();
    virtualBase();
    repeatedBase();
    firstMemberIsBase();
    return std::move(Found);
  }

private:
  void because(llvm::StringRef Id, std::string Text, clang::SourceLocation Where) {
    Found.push_back({Id.str(), "because " + std::move(Text), locate(AST.getSourceManager(), Where), {}});
  }
  void append(std::vector<Reason> Inner) {
    Found.insert(Found.end(), std::move_iterator(Inner.begin()), std::move_iterator(Inner.end()));
  }
  std::string quoted(const CXXRecordDecl &Class) const { return "'" + nameOf(AST, Class) + "'"; }
  static std::string quoted(const FieldDecl &Field) {
    return Field.getDeclName() ? "'" + Field.getNameAsString() + "'"
                               : "an " + nameOf(Field).substr(1, nameOf(Field).size() - 2);
  }
  static std::string member(const FieldDecl &Field) {
    return Field.getDeclName() ? "member " + quoted(Field) : quoted(Field);
  }

  void mixedAccess() {
    const FieldDecl *First = nullptr;
    for (const FieldDecl *Field : Record.fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (!First)
        First = Field;
      if (First->getAccess() != Field->getAccess())
        return because("sl-mixed-access", member(*Field) + " has different access than " + quoted(*First),
                       Field->getLocation());
    }
  }

  // Unnamed bit-fields are no members, but they are declared all the same.
  void twoClasses() {
    std::vector<Place> Declaring;
    if (!Record.field_empty())
      Declaring.push_back({&Record, nullptr});
    for (const Place &Base : Bases)
      if (!Base.Class->field_empty())
        Declaring.push_back(Base);
    for (const Place &Other : Declaring) {
      const Place &First = Declaring.front();
      if (Other.Class->getCanonicalDecl() == First.Class->getCanonicalDecl() ||
          (First.Through && First.Through == Other.Through))
        continue;
      const FieldDecl &There = **Other.Class->field_begin();
      return because("sl-two-classes",
                     (First.Through ? "base " : "") + quoted(*First.Class) + " declares " +
                         quoted(**First.Class->field_begin()) + " and " + (First.Through ? "base " : "its base ") +
                         quoted(*Other.Class) + " declares " + quoted(There),
                     There.getLocation());
    }
  }

  void members() {
    for (const FieldDecl *Field : Record.fields()) {
      if (Field->getType()->isReferenceType()) {
        because("sl-reference-member", member(*Field) + " is a reference", Field->getLocation());
        continue;
      }
      const CXXRecordDecl *Class = classOf(AST, Field->getType());
      std::vector<Reason> Inner = Class ? whyNotStandardLayout(AST, *Class) : std::vector<Reason>();
      if (Inner.empty())
        continue;
      because("sl-member-type",
              member(*Field) +
                  (Field->getType()->isArrayType() ? " is an array of non-standard-layout type "
                                                   : " has non-standard-layout type ") +
                  quoted(*Class),
              Field->getLocation());
      append(std::move(Inner));
    }
  }

  void bases() {
    for (const CXXBaseSpecifier &Base : Record.bases()) {
      const CXXRecordDecl *Class = classOf(Base);
      std::vector<Reason> Inner = whyNotStandardLayout(AST, *Class);
      if (Inner.empty())
        continue;
      because("sl-base-type", "base " + quoted(*Class) + " is not standard-layout", Base.getBeginLoc());
      append(std::move(Inner));
    }
  }

  void virtualFunction() {
    for (const clang::CXXMethodDecl *Method : Record.methods())
      if (Method->isVirtual() && !Method->isImplicit())
        return because("sl-virtual-function", "'" + Method->getNameAsString() + "' is virtual", Method->getLocation());
  }

  void virtualBase() {
    for (const CXXBaseSpecifier &Base : Record.bases())
      if (Base.isVirtual())
        because("sl-virtual-base", quoted(*classOf(Base)) + " is a virtual base", Base.getBeginLoc());
  }

  void repeatedBase() {
    for (std::size_t I = 0; I != Bases.size(); ++I)
      for (std::size_t J = 0; J != I; ++J)
        if (Bases[I].Class->getCanonicalDecl() == Bases[J].Class->getCanonicalDecl() &&
            Bases[I].Through != Bases[J].Through)
          return because("sl-repeated-base", "base class " + quoted(*Bases[I].Class) + " occurs more than once",
                         Bases[I].Through->getBeginLoc());
  }

  bool isBase(const CXXRecordDecl *Class) const {
    return llvm::any_of(Bases,
                        [&](const Place &P) { return P.Class->getCanonicalDecl() == Class->getCanonicalDecl(); });
  }

  // Walks M(X) for the members of `X`, and stops at the first type in it that is a base of the record.
  const CXXRecordDecl *baseAtOffsetZero(const CXXRecordDecl &X, const FieldDecl *&Outer,
                                        llvm::SmallPtrSetImpl<const CXXRecordDecl *> &Seen) const {
    bool First = true;
    for (const FieldDecl *Field : X.fields()) {
      if (Field->isUnnamedBitField())
        continue;
      const bool AtZero = X.isUnion() || First || Field->isZeroSize(AST);
      First = false;
      const CXXRecordDecl *Class = AtZero ? classOf(AST, Field->getType()) : nullptr;
      if (!Class || !Seen.insert(Class->getCanonicalDecl()).second)
        continue;
      if (&X == &Record)
        Outer = Field;
      if (isBase(Class))
        return Class;
      if (const CXXRecordDecl *Deeper = baseAtOffsetZero(*Class, Outer, Seen))
        return Deeper;
    }
    return nullptr;
  }

  void firstMemberIsBase() {
    if (Bases.empty())
      return;
    llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
    const FieldDecl *Outer = nullptr;
    const CXXRecordDecl *Base = baseAtOffsetZero(Record, Outer, Seen);
    if (!Base)
      return;
    const CXXRecordDecl *Direct = Outer->getType()->getAsCXXRecordDecl();
    const bool IsMemberItself = Direct && Direct->getCanonicalDecl() == Base->getCanonicalDecl();
    const bool IsFirst = llvm::none_of(Record.fields(), [&](const FieldDecl *F) {
      return !F->isUnnamedBitField() && F->getFieldIndex() < Outer->getFieldIndex();
    });
    const std::string Which =
        (IsFirst ? "the first " : "the empty ") + member(*Outer).substr(Outer->getDeclName() ? 0 : 3);
    because("sl-first-member-base",
            quoted(*Base) + (IsMemberItself ? ", the type of " : ", at offset 0 of ") + Which +
                ", is also a base class",
            Outer->getLocation());
  }

  const clang::ASTContext &AST;
  const CXXRecordDecl &Record;
  std::vector<Place> Bases;
  std::vector<Reason> Found;
};

} // namespace

std::vector<Reason> whyNotStandardLayout(const clang::ASTContext &AST, const CXXRecordDecl &Record) {
  return Judge(AST, *Record.getDefinition()).reasons();
}

bool isStandardLayout(const clang::ASTContext &AST, const CXXRecordDecl &Record) {
  return whyNotStandardLayout(AST, Record).empty();
}

} // namespace snug::layout
