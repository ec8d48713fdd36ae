// Casts between an array of bytes and what lives in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageCast.h"

#include "rules/SubobjectPaths.h"

namespace snug::rules {
namespace {

bool contains(const clang::ASTContext &AST, clang::QualType Whole, clang::QualType Part) {
  const clang::CXXRecordDecl *Record = completeRecord(Whole);
  return Record && !subobjectsOf(AST, *Record, Part).empty();
}

/// From bytes that are seen to an object that has room in them.
std::optional<StorageCast> outOfBytes(const PointerValue &V, clang::QualType Target, const clang::ASTContext &AST) {
  const StorageBytes Bytes = bytesAt(AST, V);
  if (!Bytes || Target->isArrayType())
    return std::nullopt;
  const clang::CharUnits Size = AST.getTypeSizeInChars(Target);
  // Numbers are read out of buffers every day; an object is meant where the buffer was made for it.
  if (Size > Bytes.Size || (!Target->isRecordType() && Size != Bytes.Size))
    return std::nullopt;
  // What encloses the bytes is the other rules' matter.
  if (contains(AST, V.Object, Target) || contains(AST, Target, V.Object) || contains(AST, Target, Bytes.Array))
    return std::nullopt;
  for (const Enclosing &E : V.Around)
    if (layout::areSimilar(AST, E.Type, Target) || contains(AST, Target, E.Type))
      return std::nullopt;
  return StorageCast{Target, Bytes.Name, false};
}

/// From an object to bytes of just its size, or to a class that starts with bytes which have room for it.
std::optional<StorageCast> intoBytes(const PointerValue &V, clang::QualType Target, const clang::ASTContext &AST) {
  const bool Provided = V.Is == PointerValue::Kind::Provided;
  if (!completeRecord(V.Object) || (!Provided && (V.Is != PointerValue::Kind::Unknown || !V.Around.empty())))
    return std::nullopt;
  const clang::CharUnits Size = AST.getTypeSizeInChars(V.Object);
  if (providesStorage(AST, Target))
    return AST.getTypeSizeInChars(Target) == Size
               ? std::optional(StorageCast{V.Object, Provided ? V.Name : nullptr, true})
               : std::nullopt;
  const clang::CXXRecordDecl *Wrapper = completeRecord(Target);
  clang::CharUnits Room;
  const clang::FieldDecl *Bytes = Wrapper ? interconvertibleBytes(AST, *Wrapper, Room) : nullptr;
  if (!Bytes || Room < Size || AST.getTypeAlignInChars(Target) < AST.getTypeAlignInChars(V.Object))
    return std::nullopt;
  if (contains(AST, Target, V.Object) || contains(AST, V.Object, Target))
    return std::nullopt;
  return StorageCast{V.Object, Bytes, true};
}

} // namespace

std::optional<StorageCast> storageCast(const PointerValue &V, clang::QualType Target, const clang::ASTContext &AST) {
  std::optional<StorageCast> Found = outOfBytes(V, Target, AST);
  return Found ? Found : intoBytes(V, Target, AST);
}

} // namespace snug::rules
