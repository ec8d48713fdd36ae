// Instructions seen before, by their bytes: most of any code repeats, and decoding is most of the time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_DECODECACHE_H
#define SNUG_CHECKER_MACHINE_DECODECACHE_H

#include "machine/Instruction.h"

#include "llvm/Support/Compiler.h"

#include <array>
#include <initializer_list>
#include <memory>

namespace snug::machine {

/// Opcodes, and those behind 0f, with a ModR/M byte and no immediate.
constexpr std::array<bool, 256> setOfBytes(std::initializer_list<std::uint8_t> Bytes) {
  std::array<bool, 256> Set{};
  for (std::uint8_t B : Bytes)
    Set[B] = true;
  return Set;
}
inline constexpr std::array<bool, 256> OneByteOpcodes =
    setOfBytes({0x01, 0x03, 0x09, 0x0b, 0x21, 0x23, 0x29, 0x2b, 0x31, 0x33, 0x38, 0x39,
                0x3a, 0x3b, 0x63, 0x84, 0x85, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0xff});
inline constexpr std::array<bool, 256> TwoByteOpcodes =
    setOfBytes({0x10, 0x11, 0x12, 0x13, 0x14, 0x16, 0x17, 0x1f, 0x28, 0x29, 0x2e, 0x2f, 0x40, 0x42, 0x43,
                0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4c, 0x4d, 0x4e, 0x4f, 0x51, 0x54, 0x57, 0x58, 0x59,
                0x5a, 0x5c, 0x5e, 0x6c, 0x6e, 0x6f, 0x7e, 0x7f, 0xaf, 0xb6, 0xb7, 0xbe, 0xbf, 0xd6, 0xef});

/// Maps the next eight bytes of code to the instruction that they begin with.
///
/// What an instruction is depends on its own bytes alone, so an entry whose bytes are those ahead is the instruction
/// ahead. Of the common forms the length is known from prefix, opcode and operand bytes; displacements and the distances of
/// branches differ at nearly every place, so they are left out of the comparison and read from the bytes.
class DecodeCache {
public:
  DecodeCache() : Tables(std::make_unique<Sets>()) {}

  struct Found {
    const Instruction *Known = nullptr; ///< complete but for its address and operand
    unsigned Size = 0;
    /// What to put into the copy: read from the bytes ahead.
    bool HasDisplacement = false, HasImmediate = false;
    std::int32_t Field = 0;
  };

  /// The instruction that begins with these bytes, if it is known.
  LLVM_ATTRIBUTE_ALWAYS_INLINE Found find(std::uint64_t Ahead) const {
    if (const Shape S = shapeOf(Ahead); S.Size) {
      const size_t At = slot(Ahead & S.Mask, ShapedBits);
      if (Tables->ShapedTags[At] != (Ahead & S.Mask))
        return {};
      Found F{&Tables->Shaped[At], S.Size, false, false, 0};
      if (S.FieldBytes) {
        const auto Rest = static_cast<std::uint32_t>(Ahead >> (8 * S.FieldAt));
        F.Field = S.FieldBytes == 4 ? static_cast<std::int32_t>(Rest) : static_cast<std::int8_t>(Rest & 0xff);
        (S.IsDisplacement ? F.HasDisplacement : F.HasImmediate) = true;
      }
      return F;
    }
    size_t At = slot(Ahead & ShortKey, ShortBits);
    if (const Tag &T = Tables->ShortTags[At]; T.Size && (Ahead & maskOf(T.Size)) == T.Bytes)
      return {&Tables->Short[At], T.Size, false, false, 0};
    At = slot(Ahead & LongKey, LongBits);
    if (const Tag &T = Tables->LongTags[At]; T.Size && (Ahead & maskOf(T.Size)) == T.Bytes)
      return {&Tables->Long[At], T.Size, false, false, 0};
    return {};
  }

  /// Keeps an instruction that was decoded from these bytes.
  void insert(std::uint64_t Ahead, const Instruction &Known) {
    if (Known.Size > 8)
      return;
    if (const Shape S = shapeOf(Ahead); S.Size) {
      if (Known.Size != S.Size || (S.FieldBytes && S.IsDisplacement && !Known.HasMemory))
        return;
      const size_t At = slot(Ahead & S.Mask, ShapedBits);
      Tables->ShapedTags[At] = Ahead & S.Mask;
      Tables->Shaped[At] = Known;
      return;
    }
    const Tag T{Ahead & maskOf(Known.Size), Known.Size};
    if (Known.Size <= 3) {
      const size_t At = slot(Ahead & ShortKey, ShortBits);
      Tables->ShortTags[At] = T;
      Tables->Short[At] = Known;
    } else {
      const size_t At = slot(Ahead & LongKey, LongBits);
      Tables->LongTags[At] = T;
      Tables->Long[At] = Known;
    }
  }

private:
  struct Tag {
    std::uint64_t Bytes = 0;
    std::uint8_t Size = 0; ///< 0 is a free entry
  };
  struct Shape {
    std::uint64_t Mask = 0;
    unsigned FieldAt = 0;
    unsigned FieldBytes = 0; ///< 0 for none
    bool IsDisplacement = false;
    unsigned Size = 0; ///< 0: not one of the common forms
  };

  static std::uint64_t maskOf(unsigned Bytes) {
    return Bytes == 8 ? ~std::uint64_t(0) : (std::uint64_t(1) << (8 * Bytes)) - 1;
  }
  static Shape exact(unsigned Size) { return {maskOf(Size), 0, 0, false, Size}; }
  static Shape field(unsigned At, unsigned Bytes, bool IsDisplacement) {
    return At + Bytes > 8 ? Shape() : Shape{maskOf(At), At, Bytes, IsDisplacement, At + Bytes};
  }

  /// A function of those leading bytes alone that its mask keeps: equal tags are equal shapes.
  LLVM_ATTRIBUTE_ALWAYS_INLINE static Shape shapeOf(std::uint64_t Ahead) {
    auto Byte = [Ahead](unsigned At) { return static_cast<std::uint8_t>(Ahead >> (8 * At)); };
    const std::uint8_t First = Byte(0);
    if (First == 0xe8 || First == 0xe9) // call, jmp
      return field(1, 4, false);
    if ((First & 0xf0) == 0x70 || First == 0xeb) // jcc, jmp
      return field(1, 1, false);
    if (First == 0xc3)
      return exact(1);
    unsigned At = First == 0x66 || First == 0xf2 || First == 0xf3;
    const bool HasPrefix = At;
    At += (Byte(At) & 0xf0) == 0x40; // REX
    const std::uint8_t Opcode = Byte(At++);
    if (Opcode == 0x0f) {
      const std::uint8_t Second = Byte(At++);
      if (At == 2 && (Second & 0xf0) == 0x80) // jcc
        return field(2, 4, false);
      if (!TwoByteOpcodes[Second])
        return {};
    } else if (HasPrefix) {
      return {};
    } else if ((Opcode & 0xf0) == 0x50) { // push, pop
      return exact(At);
    } else if (!OneByteOpcodes[Opcode]) {
      return {};
    }
    const std::uint8_t Modes = Byte(At++);
    const unsigned Mode = Modes >> 6, Base = Modes & 7;
    if (Mode == 3)
      return exact(At);
    if (Base == 4) {
      const std::uint8_t Scaled = Byte(At++);
      if (Mode == 0 && (Scaled & 7) == 5)
        return field(At, 4, true);
    } else if (Mode == 0 && Base == 5) { // relative to rip
      return field(At, 4, true);
    }
    return Mode == 0 ? exact(At) : field(At, Mode == 1 ? 1 : 4, true);
  }
  static size_t slot(std::uint64_t Key, unsigned Bits) { return (Key * 0x9e3779b97f4a7c15U) >> (64 - Bits); }

  static constexpr std::uint64_t ShortKey = 0xffffff, LongKey = 0xffffffffff;
  static constexpr unsigned ShapedBits = 13, ShortBits = 11, LongBits = 12;
  /// What is compared lies apart from what is found: most of it stays in the nearest cache.
  struct Sets {
    std::array<std::uint64_t, 1U << ShapedBits> ShapedTags{}; ///< 0 is a free entry: no shape begins with 0
    std::array<Tag, 1U << ShortBits> ShortTags;
    std::array<Tag, 1U << LongBits> LongTags;
    std::array<Instruction, 1U << ShapedBits> Shaped;
    std::array<Instruction, 1U << ShortBits> Short;
    std::array<Instruction, 1U << LongBits> Long;
  };
  std::unique_ptr<Sets> Tables;
};

} // namespace snug::machine

#endif
