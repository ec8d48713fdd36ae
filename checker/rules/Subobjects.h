// The subobjects of a class at every depth: bases, members, array elements, and what lives in byte storage.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SUBOBJECTS_H
#define SNUG_CHECKER_RULES_SUBOBJECTS_H

#include "rules/WriterIndex.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace snug::rules {

/// One step from an object to a direct subobject; the steps of a path are linked from the outside in, so that the paths
/// of one class share the tails of its members' paths.
struct Step {
  enum class Kind : std::uint8_t { Base, Field, Element, Storage };

  Kind How;
  /// The member, or the byte member for `Storage`; null for a base and an array element.
  const clang::FieldDecl *Field;
  /// Class of the subobject; null for a pointer or reference.
  const clang::CXXRecordDecl *Class;
  /// For `Element`.
  std::uint64_t Index;
  /// Bytes from the enclosing object's start.
  std::int64_t Offset;
  const Step *Next;
};

/// A pointer or reference to a class, somewhere in an object.
struct PointerLeaf {
  const Step *Path;
  std::int64_t Offset;
  const clang::FieldDecl *Field;
  /// The class pointed to: its definition where there is one.
  const clang::CXXRecordDecl *Pointee;
};

/// A subobject of class type; the object itself is the one at offset 0 with the object's class.
struct ClassAt {
  const clang::CXXRecordDecl *Class;
  std::int64_t Offset;
};

/// A part of an object that may hide a pointer to anything.
struct OpaquePart {
  enum class Kind : std::uint8_t { VoidPointer, Bytes };
  Kind How;
  const Step *Path;
  std::int64_t Offset;
  const clang::FieldDecl *Field;
  std::int64_t SizeBytes;
  /// Classes between the member and the object: a template argument of more than three frames out is a coincidence.
  unsigned Frames;
};

/// What is inside an object of one class.
struct Shape {
  /// Every subobject of class type, the object itself first.
  std::vector<ClassAt> Classes;
  /// Pointers whose pointee class occurs in the object, but in no smaller subobject that holds the pointer: the object
  /// is the "smallest enclosing object" of them.
  std::vector<PointerLeaf> Closed;
  /// Pointers whose pointee class does not occur in the object.
  std::vector<PointerLeaf> Open;
  std::vector<OpaquePart> Opaque;

  /// Offsets of the subobjects of class `Class`, the object itself included.
  llvm::SmallVector<std::int64_t, 2> offsetsOf(const clang::CXXRecordDecl *Class) const;
};

/// Input: complete, non-dependent classes, and the stored classes that `WriterIndex` saw (final by then).
/// Result: shapes, computed once per class; offsets and sizes in bytes. Bit-fields hold no pointers and are left out.
/// Undecided when: bytes whose type nobody names stay in `Opaque`.
/// Complexity: linear in the number of subobjects, summed over the classes asked for.
class Subobjects {
public:
  Subobjects(const clang::ASTContext &AST, const WriterIndex &Writers) : AST(AST), Writers(Writers) {}

  /// The shape of a complete object.
  const Shape &shapeOf(const clang::CXXRecordDecl &Record);

  /// A step before `Tail`, owned by this object.
  const Step *prepend(Step First, const Step *Tail);

  const clang::ASTContext &AST;

private:
  const Shape &shapeOf(const clang::CXXRecordDecl &Record, bool Complete);
  void build(const clang::CXXRecordDecl &Record, bool Complete, Shape &Result);
  void addRecord(const Shape &Inner, Step First, Shape &Result);
  void addField(const clang::FieldDecl &Field, std::int64_t Offset, Shape &Result);
  void addType(clang::QualType Type, Step First, const clang::FieldDecl &Field, Shape &Result);
  bool addStored(llvm::ArrayRef<const clang::CXXRecordDecl *> Classes, const OpaquePart &Part, Shape &Result);
  void nameOpaqueParts(const clang::CXXRecordDecl &Record, Shape &Result);
  const Step *append(const Step *Path, Step Last);

  const WriterIndex &Writers;
  /// By class, and by whether virtual bases belong to it.
  llvm::DenseMap<std::pair<const clang::CXXRecordDecl *, unsigned>, std::unique_ptr<Shape>> Shapes;
  llvm::BumpPtrAllocator Arena;
};

} // namespace snug::rules

#endif
