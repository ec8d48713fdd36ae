// The back-pointers of a class: stored pointers that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_BACKPOINTERS_H
#define SNUG_CHECKER_RULES_BACKPOINTERS_H

#include "rules/AddressOrigin.h"
#include "rules/LaterWrites.h"
#include "rules/Subobjects.h"
#include "rules/WriterIndex.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>
#include <vector>

namespace snug::rules {

/// How well it is known that a pointer always holds the address of a part of its own object.
enum class Evidence : std::uint8_t {
  /// The types fit, nothing else: noise.
  Possible,
  /// Some write comes from `this`, or a receiver holds it and its class fits exactly.
  Likely,
  /// Every constructor of an immovable class leaves that address there, and nothing writes it later.
  Proven
};

/// A pointer or reference in an object of class `Encloser`, the smallest subobject that holds both it and what it
/// points to.
struct BackPointer {
  Evidence Level = Evidence::Possible;
  const clang::CXXRecordDecl *Encloser = nullptr;
  const clang::FieldDecl *Field = nullptr;
  /// The class pointed to, and its place in the encloser: the encloser itself, a base, or a sibling of the pointer.
  const clang::CXXRecordDecl *Pointee = nullptr;
  std::int64_t PointeeOffset = 0;
  /// From the encloser to the pointer.
  const Step *Path = nullptr;
  /// Bytes from the start of the object asked about, and the encloser's own place in it.
  std::int64_t Offset = 0;
  std::int64_t EncloserOffset = 0;
  /// The innermost receiver on the path, and the operation state that stores it; null where there is none.
  const clang::CXXRecordDecl *Receiver = nullptr;
  const clang::CXXRecordDecl *Operation = nullptr;
};

/// All back-pointers of one class, by offset. At each offset the best known one comes first; alternatives of unions and
/// of byte storage share an offset.
struct BackPointerList {
  std::vector<BackPointer> Pointers;
  /// Parts of the object that may hide one.
  std::vector<OpaquePart> Opaque;

  /// Distinct offsets that hold one at least as well known as `AtLeast`.
  std::size_t distinct(Evidence AtLeast) const;
};

/// What the expectation `back_pointers(N)` compares: undecided where bytes or `void*` may hide one.
struct BackPointerCount {
  std::uint64_t Count = 0;
  bool Undecided = false;
  /// The first part that hides something, when undecided.
  std::optional<OpaquePart> Because;
};

/// The analysis of one translation unit, computed class by class on demand.
///
/// Input: complete, non-dependent classes, after the index has seen every statement.
/// Result: offsets in bytes from the start of a complete object.
/// Undecided when: storage is opaque (`BackPointerList::Opaque`); a scalar's address is never looked at.
/// Source: the definition on the page of stored-back-pointer.
class BackPointers {
public:
  BackPointers(const clang::ASTContext &AST, const WriterIndex &Writers);

  BackPointerList of(const clang::CXXRecordDecl &Record);
  BackPointerCount count(const clang::CXXRecordDecl &Record);

  /// True when `Record` itself is the smallest encloser of some pointer that is known at least likely.
  bool encloses(const clang::CXXRecordDecl &Record);

  Subobjects &shapes() { return Shapes; }

private:
  const std::vector<BackPointer> &closedBy(const clang::CXXRecordDecl &Record);
  BackPointer judge(const clang::CXXRecordDecl &Encloser, const PointerLeaf &Leaf);
  bool isProven(const clang::CXXRecordDecl &Encloser, const PointerLeaf &Leaf, llvm::ArrayRef<std::int64_t> Targets,
                BackPointer &Result);
  std::optional<Origin> constructedValue(const clang::CXXRecordDecl &Encloser, const PointerLeaf &Leaf);

  const WriterIndex &Writers;
  Subobjects Shapes;
  AddressOrigin Origins;
  LaterWrites Later;
  /// The file mentions a name that a receiver would have.
  bool HasReceivers;
  llvm::DenseMap<const clang::CXXRecordDecl *, std::vector<BackPointer>> Closed;
};

} // namespace snug::rules

#endif
