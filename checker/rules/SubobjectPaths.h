// The ways from an object to the subobjects of one type in it, and what keeps the two from sharing an address by the
// letter.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SUBOBJECTPATHS_H
#define SNUG_CHECKER_RULES_SUBOBJECTPATHS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/CharUnits.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace snug::rules {

/// One step down: from a class into a member or a base.
struct SubobjectStep {
  const clang::CXXRecordDecl *From;
  /// The member; null for a base.
  const clang::FieldDecl *Member = nullptr;
  const clang::CXXRecordDecl *Base = nullptr;
};

/// A way from a class to a subobject.
struct SubobjectPath {
  llvm::SmallVector<SubobjectStep, 4> Steps;
  clang::CharUnits Offset;
  /// Whether a step goes on into an element of an array.
  bool ThroughElement = false;
};

/// Every subobject of `Whole` whose type is similar to `Part`, outermost first.
///
/// Input:  complete, non-dependent classes. Result: offsets from the start of `Whole`; virtual bases are left out,
/// their offset is no property of the class.
std::vector<SubobjectPath> subobjectsOf(const clang::ASTContext &AST, const clang::CXXRecordDecl &Whole,
                                        clang::QualType Part);

/// How a class and one of its subobjects stand to each other.
enum class Interconvertibility : std::uint8_t {
  Yes,               ///< by the letter and by the layout
  NotStandardLayout, ///< the first member (or a base) of a class that is not standard-layout
  NotFirst,          ///< a member, and not the first
  BitField,          ///< the first member that has an address, behind a bit-field
  EmptyMember,       ///< an empty [[no_unique_address]] member, whose address is that of any byte
  Contradicted,      ///< by the letter only: the layout puts it elsewhere
  Element,           ///< an element of an array, which no rule of interconvertibility reaches
  Base,              ///< a base class, which static_cast knows the way to
  AmbiguousBase,     ///< a base class that occurs more than once
  VirtualBase,       ///< a virtual base class, or a base of one
};

struct SubobjectRelation {
  Interconvertibility Kind = Interconvertibility::Yes;
  /// The step that breaks it: the class that is not standard-layout, the member that is not first, the step that the
  /// layout contradicts.
  SubobjectStep Culprit = {};
  /// For NotFirst and BitField: what comes first instead.
  const clang::FieldDecl *First = nullptr;
  clang::CharUnits Offset;
};

/// Judges one way; the kinds up to Element. Source: [basic.compound]/7, [class.prop]/2, [class.mem.general]/31.
SubobjectRelation relationOf(const clang::ASTContext &AST, const SubobjectPath &Path);

/// Bytes from the start of the class to the member or base; zero for a virtual base, whose offset is no property of it.
clang::CharUnits offsetOf(const clang::ASTContext &AST, const SubobjectStep &Step);

/// How a class has another as its base.
struct BaseRelation {
  /// Base, AmbiguousBase or VirtualBase.
  Interconvertibility Kind = Interconvertibility::Base;
  /// For Base: the steps down and where they lead.
  SubobjectPath Path;
  /// Whether the base is accessible to everybody.
  bool Public = false;
};
/// Empty unless `Derived` has `Base` as a direct or indirect base. Input: complete classes.
std::optional<BaseRelation> baseRelation(const clang::ASTContext &AST, const clang::CXXRecordDecl &Derived,
                                         const clang::CXXRecordDecl &Base);

/// The size of the largest array of unsigned char or std::byte that is pointer-interconvertible with the class (through
/// first members, bases and unions), with the member that is that array. Null if there is none.
const clang::FieldDecl *interconvertibleBytes(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                                              clang::CharUnits &Size);

/// True for `unsigned char[N]` and `std::byte[N]`: the only arrays that provide storage. [intro.object]/3.
bool providesStorage(const clang::ASTContext &AST, clang::QualType Type);

} // namespace snug::rules

#endif
