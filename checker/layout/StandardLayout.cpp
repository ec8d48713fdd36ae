// Decides whether a class is standard-layout, with the reasons where it is not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/StandardLayout.h"

#include "layout/Names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
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
void collectBases(const CXXRecordDecl &Class, const CXXBaseSpecifier *Through, llvm::SmallVectorImpl<Place> &Found) {
  for (const CXXBaseSpecifier &Base : Class.bases()) {
    const CXXBaseSpecifier *Direct = Through ? Through : &Base;
    Found.push_back({classOf(Base), Direct});
    collectBases(*Found.back().Class, Direct, Found);
  }
}

class Judge {
public:
  /// The reasons go to `Found`; without it the judge stops at the first, and finds no words.
  Judge(const clang::ASTContext &AST, const CXXRecordDecl &Record, std::vector<Reason> *Found)
      : AST(AST), Record(Record), Found(Found) {
    collectBases(Record, nullptr, Bases);
  }

  bool holds() {
    for (auto Condition :
         {&Judge::mixedAccess, &Judge::twoClasses, &Judge::members, &Judge::bases, &Judge::virtualFunction,
          &Judge::virtualBase, &Judge::repeatedBase, &Judge::firstMemberIsBase}) {
      (this->*Condition)();
      if (Fails && !Found)
        return false;
    }
    return !Fails;
  }

private:
  void because(llvm::StringRef Id, llvm::function_ref<std::string()> Text, clang::SourceLocation Where) {
    Fails = true;
    if (Found)
      Found->push_back({Id.str(), "because " + Text(), locate(AST.getSourceManager(), Where), {}});
  }
  /// What the class says of itself comes after what is said of the member or base that has it.
  void appendReasonsOf(const CXXRecordDecl &Class) {
    if (Found)
      llvm::append_range(*Found, whyNotStandardLayout(AST, Class));
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
        return because(
            "sl-mixed-access", [&] { return member(*Field) + " has different access than " + quoted(*First); },
            Field->getLocation());
    }
  }

  // Unnamed bit-fields are no members, but they are declared all the same.
  void twoClasses() {
    llvm::SmallVector<Place, 4> Declaring;
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
      return because(
          "sl-two-classes",
          [&] {
            return (First.Through ? "base " : "") + quoted(*First.Class) + " declares " +
                   quoted(**First.Class->field_begin()) + " and " + (First.Through ? "base " : "its base ") +
                   quoted(*Other.Class) + " declares " + quoted(There);
          },
          There.getLocation());
    }
  }

  void members() {
    for (const FieldDecl *Field : Record.fields()) {
      if (Field->getType()->isReferenceType()) {
        because("sl-reference-member", [&] { return member(*Field) + " is a reference"; }, Field->getLocation());
        continue;
      }
      const CXXRecordDecl *Class = classOf(AST, Field->getType());
      if (!Class || isStandardLayout(AST, *Class))
        continue;
      because(
          "sl-member-type",
          [&] {
            return member(*Field) +
                   (Field->getType()->isArrayType() ? " is an array of non-standard-layout type "
                                                    : " has non-standard-layout type ") +
                   quoted(*Class);
          },
          Field->getLocation());
      appendReasonsOf(*Class);
    }
  }

  void bases() {
    for (const CXXBaseSpecifier &Base : Record.bases()) {
      const CXXRecordDecl *Class = classOf(Base);
      if (isStandardLayout(AST, *Class))
        continue;
      because("sl-base-type", [&] { return "base " + quoted(*Class) + " is not standard-layout"; }, Base.getBeginLoc());
      appendReasonsOf(*Class);
    }
  }

  void virtualFunction() {
    if (!Record.isPolymorphic())
      return;
    for (const clang::CXXMethodDecl *Method : Record.methods())
      if (Method->isVirtual() && !Method->isImplicit())
        return because(
            "sl-virtual-function", [&] { return "'" + Method->getNameAsString() + "' is virtual"; },
            Method->getLocation());
  }

  void virtualBase() {
    for (const CXXBaseSpecifier &Base : Record.bases())
      if (Base.isVirtual())
        because("sl-virtual-base", [&] { return quoted(*classOf(Base)) + " is a virtual base"; }, Base.getBeginLoc());
  }

  void repeatedBase() {
    for (std::size_t I = 0; I != Bases.size(); ++I)
      for (std::size_t J = 0; J != I; ++J)
        if (Bases[I].Class->getCanonicalDecl() == Bases[J].Class->getCanonicalDecl() &&
            Bases[I].Through != Bases[J].Through)
          return because(
              "sl-repeated-base", [&] { return "base class " + quoted(*Bases[I].Class) + " occurs more than once"; },
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
    because(
        "sl-first-member-base",
        [&] {
          return quoted(*Base) + (IsMemberItself ? ", the type of " : ", at offset 0 of ") +
                 (IsFirst ? "the first " : "the empty ") + member(*Outer).substr(Outer->getDeclName() ? 0 : 3) +
                 ", is also a base class";
        },
        Outer->getLocation());
  }

  const clang::ASTContext &AST;
  const CXXRecordDecl &Record;
  llvm::SmallVector<Place, 4> Bases;
  std::vector<Reason> *Found;
  bool Fails = false;
};

} // namespace

std::vector<Reason> whyNotStandardLayout(const clang::ASTContext &AST, const CXXRecordDecl &Record) {
  std::vector<Reason> Found;
  Judge(AST, *Record.getDefinition(), &Found).holds();
  return Found;
}

bool isStandardLayout(const clang::ASTContext &AST, const CXXRecordDecl &Record) {
  return Judge(AST, *Record.getDefinition(), nullptr).holds();
}

} // namespace snug::layout
