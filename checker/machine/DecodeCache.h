// Instructions seen before, by their bytes: most of any code repeats, and decoding is most of the time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_DECODECACHE_H
#define SNUG_CHECKER_MACHINE_DECODECACHE_H

#include "machine/Instruction.h"

#include <array>
#include <memory>

namespace snug::machine {

/// Maps the next eight bytes of code to the instruction that they begin with.
///
/// What an instruction is depends on its own bytes alone, so an entry whose bytes are those ahead is the instruction
/// ahead. Displacements of calls, jumps and rip-relative operands differ at nearly every place; they are left out of
/// the comparison and read from the bytes.
class DecodeCache {
public:
  DecodeCache() : Tables(std::make_unique<Sets>()) {}

  /// The instruction that begins with these bytes, complete but for its address and operand; null if it is not known.
  const Instruction *find(std::uint64_t Ahead) {
    const Shape S = shapeOf(Ahead);
    if (S.FieldAt) {
      Entry &E = Tables->WithField[slot(Ahead & S.Mask, FieldBits)];
      if ((Ahead & S.Mask) != E.Bytes || E.Mask != S.Mask)
        return nullptr;
      const auto Field = static_cast<std::int32_t>(static_cast<std::uint32_t>(Ahead >> (8 * S.FieldAt)));
      (S.IsDisplacement ? E.Known.Memory.Displacement : E.Known.Immediate) = Field;
      return &E.Known;
    }
    Entry &Short = Tables->Short[slot(Ahead & ShortKey, ShortBits)];
    if (Short.Mask && (Ahead & Short.Mask) == Short.Bytes)
      return &Short.Known;
    Entry &Long = Tables->Long[slot(Ahead & LongKey, LongBits)];
    if (Long.Mask && (Ahead & Long.Mask) == Long.Bytes)
      return &Long.Known;
    return nullptr;
  }

  /// Keeps an instruction that was decoded from these bytes.
  void insert(std::uint64_t Ahead, const Instruction &Known) {
    if (Known.Size > 8)
      return;
    const Shape S = shapeOf(Ahead);
    std::uint64_t Mask = Known.Size == 8 ? ~std::uint64_t(0) : (std::uint64_t(1) << (8 * Known.Size)) - 1;
    Entry *E = nullptr;
    if (S.FieldAt) {
      if (Known.Size != S.FieldAt + 4)
        return;
      Mask = S.Mask;
      E = &Tables->WithField[slot(Ahead & S.Mask, FieldBits)];
    } else if (Known.Size <= 3) {
      E = &Tables->Short[slot(Ahead & ShortKey, ShortBits)];
    } else {
      E = &Tables->Long[slot(Ahead & LongKey, LongBits)];
    }
    *E = {Ahead & Mask, Mask, Known};
  }

private:
  struct Entry {
    std::uint64_t Bytes = 0, Mask = 0; ///< a mask of 0 is a free entry
    Instruction Known;
  };
  struct Shape {
    std::uint64_t Mask = 0;
    unsigned FieldAt = 0; ///< where a 32-bit field begins that the comparison leaves out; 0 for none
    bool IsDisplacement = false;
  };

  static Shape shapeOf(std::uint64_t Ahead) {
    const unsigned B0 = Ahead & 0xff, B1 = (Ahead >> 8) & 0xff, B2 = (Ahead >> 16) & 0xff;
    if (B0 == 0xe8 || B0 == 0xe9) // call, jmp
      return {0xff, 1, false};
    if (B0 == 0x0f && (B1 & 0xf0) == 0x80) // jcc
      return {0xffff, 2, false};
    if ((B0 & 0xf8) == 0x48 && (B1 == 0x8b || B1 == 0x8d || B1 == 0x89) && (B2 & 0xc7) == 5) // mov, lea [rip + …]
      return {0xffffff, 3, true};
    return {};
  }
  static size_t slot(std::uint64_t Key, unsigned Bits) { return (Key * 0x9e3779b97f4a7c15U) >> (64 - Bits); }

  static constexpr std::uint64_t ShortKey = 0xffffff, LongKey = 0xffffffffff;
  static constexpr unsigned ShortBits = 11, LongBits = 12, FieldBits = 8;
  struct Sets {
    std::array<Entry, 1U << ShortBits> Short;
    std::array<Entry, 1U << LongBits> Long;
    std::array<Entry, 1U << FieldBits> WithField;
  };
  std::unique_ptr<Sets> Tables;
};

} // namespace snug::machine

#endif
