// Which subobjects of a record are pointer-interconvertible with it, and where they lie.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_INTERCONVERTIBLE_H
#define SNUG_CHECKER_LAYOUT_INTERCONVERTIBLE_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/CharUnits.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <vector>

namespace snug::layout {

/// A subobject that the letter of the standard makes pointer-interconvertible with the record it was asked for.
struct InterconvertibleSubobject {
  clang::QualType Type;
  /// The member; null for a base subobject.
  const clang::FieldDecl *Field = nullptr;
  /// The class of the base subobject; null for a member.
  const clang::CXXRecordDecl *Base = nullptr;
  /// Where the ABI puts it, from the start of the record. Not 0 means that layout and letter contradict each other:
  /// two empty subobjects of one type, or an unnamed bit-field in front. Do not rely on such a pair.
  clang::CharUnits Offset;
};

/// The first non-static data member of a class, own or inherited; an anonymous union counts as the member, an unnamed
/// bit-field is none. Null when there is none. For a union its first member.
const clang::FieldDecl *firstMember(const clang::CXXRecordDecl &Record);

/// Whether the types are similar ([conv.qual]/2); ASTContext::hasSimilarType for a const context, which Clang 19 lacks.
bool areSimilar(const clang::ASTContext &AST, clang::QualType A, clang::QualType B);

/// Everything below `Record` that the letter makes pointer-interconvertible with it, outermost first.
///
/// Input:   a complete, non-dependent class or union.
/// Result:  the transitive closure over: union and each of its members; standard-layout class and its first member;
///          standard-layout class and each of its bases. Bit-fields have no address and are not in it; neither are the
///          elements of arrays, nor what byte arrays hold.
/// Source:  [basic.compound]/7, [class.prop]/2.
std::vector<InterconvertibleSubobject> interconvertibleSubobjects(const clang::ASTContext &AST,
                                                                  const clang::CXXRecordDecl &Record);

/// The first of them at offset 0 that the condition holds for, without making a list: most questions about casts end
/// with the first answer.
std::optional<InterconvertibleSubobject>
findInterconvertible(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                     llvm::function_ref<bool(const InterconvertibleSubobject &)> Matches);

/// True if the letter says so *and* the ABI puts the subobject at offset 0. `Field` may be inherited or stand in an
/// anonymous union or struct.
bool isInterconvertible(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                        const clang::FieldDecl &Field);
/// The same for a direct or indirect base.
bool isInterconvertible(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record,
                        const clang::CXXRecordDecl &Base);
/// True if some interconvertible subobject at offset 0 has a type similar to `Type`.
bool hasInterconvertible(const clang::ASTContext &AST, const clang::CXXRecordDecl &Record, clang::QualType Type);

} // namespace snug::layout

#endif
