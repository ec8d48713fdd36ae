// The layout of one record as a tree of subobjects down to bits: plain data, no AST.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_LAYOUT_TREE_H
#define SNUG_CHECKER_LAYOUT_TREE_H

#include "core/Finding.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::layout {

/// Bits [Begin, End) counted from the start of the complete object.
struct BitRange {
  std::uint64_t Begin = 0;
  std::uint64_t End = 0;

  std::uint64_t size() const { return End - Begin; }
  friend bool operator==(const BitRange &, const BitRange &) = default;
};

enum class NodeKind : std::uint8_t {
  Base,
  VirtualBase,
  Field,
  BitField,
  AnonymousUnion,
  AnonymousStruct,
  VTablePointer,       ///< Itanium's and Microsoft's pointer to the table of virtual functions
  VBaseTablePointer,   ///< Microsoft's pointer to the table of virtual bases
  VirtualDisplacement, ///< Microsoft's word in front of a virtual base ("vtordisp")
};

/// Bits that hold no value, in the innermost subobject that contains them.
struct Hole {
  BitRange Bits;
  /// In an array the hole is there once for each of so many elements; `Bits` is that of the first.
  std::uint64_t Times = 1;
  /// True if it reaches to the end of the subobject it is in.
  bool IsTail = false;
};

/// A subobject. Offsets and ranges count from the start of the complete object.
struct Node {
  NodeKind Kind = NodeKind::Field;
  /// The member's name, the base's class; see nameOf(FieldDecl) for members without a name.
  std::string Name;
  std::string Type;
  /// As it would be declared: "int x[4]".
  std::string Declaration;
  std::uint64_t OffsetBits = 0;
  /// sizeof the type, for a bit-field sizeof its declared type.
  std::uint64_t SizeBits = 0;
  /// What it takes in this object: 0 for empty bases and empty [[no_unique_address]] members, the data size where
  /// others may use the tail padding, the width for a bit-field, else `SizeBits`.
  std::uint64_t OccupiedBits = 0;
  /// `OccupiedBits` and the tail padding that others may use; equal to it where there is none.
  std::uint64_t PaddedBits = 0;
  /// Leaves: the bits that take part in the value. Padding is what no leaf of the whole object has.
  std::vector<BitRange> Values;
  /// Arrays: number of elements over all dimensions; `Children` are those of the first. Otherwise 1.
  std::uint64_t Elements = 1;

  bool IsEmpty = false;           ///< of an empty class
  bool IsUnion = false;           ///< of a union type: its children overlap
  bool IsNoUniqueAddress = false; ///< declared [[no_unique_address]]
  bool IsPrimary = false;         ///< a base that shares its vptr with the derived class
  bool IsForeign = false;         ///< of a class that a system header defines
  /// Pointer-interconvertible with the whole record, and at offset 0.
  bool IsInterconvertible = false;
  /// The sibling in whose tail padding it starts; empty if in none.
  std::string InTailPaddingOf;

  /// Where the member or the base is declared; invalid for what the compiler adds.
  Location Where;
  /// Bases and members in the order of declaration, bases first, virtual bases last.
  std::vector<Node> Children;
  std::vector<Hole> Holes;

  BitRange occupied() const { return {OffsetBits, OffsetBits + OccupiedBits}; }
};

/// A record as a complete object.
struct RecordLayout {
  std::string Name;
  /// The alias by which it was asked for; empty without one.
  std::string Alias;
  /// "struct", "class", "union" or "lambda".
  std::string Tag;
  Location Where;
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  /// Size without tail padding, as the ABI counts it ("dsize").
  std::uint64_t DataSizeBytes = 0;
  /// Size as a base class, without virtual bases ("nvsize").
  std::uint64_t NonVirtualSizeBytes = 0;
  bool IsStandardLayout = false;
  /// Why it is not (ids sl-…).
  std::vector<Reason> Reasons;
  /// The whole object; its children and holes are those of the record.
  Node Root;

  /// Gaps between bits that hold values, each counted once even where it crosses subobjects; and what is behind the
  /// last such bit, in whatever subobject.
  std::uint64_t HoleBits = 0;
  std::uint64_t TailPaddingBits = 0;
  unsigned HoleCount = 0;
  /// Arrays with so many padded elements that their padding was not counted.
  std::vector<std::string> Uncounted;

  /// Bytes without any bit of a value; bits are rounded up.
  std::uint64_t paddingBytes() const { return (HoleBits + TailPaddingBits + 7) / 8; }
  std::uint64_t cacheLines() const { return (SizeBytes + CacheLineBytes - 1) / CacheLineBytes; }
  static constexpr std::uint64_t CacheLineBytes = 64;
};

/// Fills in holes, sums and the reuse of tail padding; everything else of `Record` is there already.
///
/// Result:      a gap in the union of all leaves' bits is a hole of the innermost subobject it lies in, cut at the
///              borders of subobjects; in a union it belongs to the union, since no member has it alone.
/// Complexity:  O(n log n) in nodes and array elements; arrays beyond 65,536 padded elements are left uncounted.
void placeHoles(RecordLayout &Record);

} // namespace snug::layout

#endif
