// Packs and unpacks blocks of the section .snug.facts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Block.h"

#include "facts/Facts.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CRC.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/Endian.h"

namespace snug::facts {
namespace {

namespace endian = llvm::support::endian;

/// Magic, version, packing, bytes that follow, bytes of text, checksum of what follows; numbers are little-endian.
constexpr std::size_t HeaderBytes = BlockMagic.size() + 5 * sizeof(std::uint32_t);
enum Packing : std::uint32_t { Plain = 0, Zlib = 1 };
/// What Zlib can make of a byte at most (RFC 1951: 258 bytes from two bits): a header that promises more lies.
constexpr std::uint64_t MostPerByte = 1032;
/// No unit's facts are near it.
constexpr std::uint64_t MostBytes = 256ULL << 20;

llvm::ArrayRef<std::uint8_t> bytesOf(llvm::StringRef Text) { return llvm::arrayRefFromStringRef(Text); }

} // namespace

llvm::Error damage(const llvm::Twine &Message) {
  std::string Text = Message.str();
  // What a damaged section holds must not break the line.
  for (char &C : Text)
    if (static_cast<unsigned char>(C) < ' ')
      C = ' ';
  return llvm::createStringError(llvm::inconvertibleErrorCode(), SectionName + ": " + Text);
}

std::string writeBlock(llvm::StringRef Text) {
  std::uint32_t How = Plain;
  llvm::SmallVector<std::uint8_t, 0> Packed;
  if (llvm::compression::zlib::isAvailable()) {
    llvm::compression::zlib::compress(bytesOf(Text), Packed);
    How = Packed.size() < Text.size() ? Zlib : Plain;
  }
  const llvm::StringRef Contents = How == Zlib ? llvm::toStringRef(Packed) : Text;
  std::string Result(BlockMagic);
  Result.reserve(HeaderBytes + Contents.size());
  for (std::uint32_t Number : {std::uint32_t(Version), How, static_cast<std::uint32_t>(Contents.size()),
                               static_cast<std::uint32_t>(Text.size()), llvm::crc32(bytesOf(Contents))}) {
    char Bytes[sizeof(Number)];
    endian::write32le(Bytes, Number);
    Result.append(Bytes, sizeof(Bytes));
  }
  Result += Contents;
  return Result;
}

llvm::Expected<Block> takeBlock(llvm::StringRef &Section) {
  auto Number = [&](std::size_t Index) {
    return endian::read32le(Section.data() + BlockMagic.size() + Index * sizeof(std::uint32_t));
  };
  // The version stands in front of whatever a newer one changes.
  if (Section.size() < BlockMagic.size() + sizeof(std::uint32_t))
    return damage("a block is cut off in its header");
  if (Number(0) > Version)
    return damage("facts of version " + llvm::Twine(Number(0)) + "; this snug reads up to version " +
                  llvm::Twine(Version) + ": read them with the snug whose plugin compiled this");
  if (Number(0) < 3)
    return damage("a block of version " + llvm::Twine(Number(0)) + ", which had none");
  if (Section.size() < HeaderBytes)
    return damage("a block is cut off in its header");
  const std::uint32_t How = Number(1), Stored = Number(2), Whole = Number(3), Checksum = Number(4);
  Block Result{Number(0), {}};
  if (Stored > Section.size() - HeaderBytes)
    return damage("a block is cut off: it says " + llvm::Twine(Stored) + " bytes and has " +
                  llvm::Twine(Section.size() - HeaderBytes));
  const llvm::StringRef Contents = Section.substr(HeaderBytes, Stored);
  if (llvm::crc32(bytesOf(Contents)) != Checksum)
    return damage("a block is damaged: its checksum is wrong");
  if (How > Zlib || Whole > MostBytes || Whole > Stored * MostPerByte || (How == Plain && Whole != Stored))
    return damage("a block is damaged: its header contradicts itself");
  if (How == Plain) {
    Result.Text = Contents.str();
  } else if (!llvm::compression::zlib::isAvailable()) {
    return damage("a block is compressed, and this snug was built with an LLVM without zlib");
  } else {
    llvm::SmallVector<std::uint8_t, 0> Text;
    if (llvm::Error E = llvm::compression::zlib::decompress(bytesOf(Contents), Text, Whole))
      return damage("a block is damaged: " + llvm::toString(std::move(E)));
    if (Text.size() != Whole)
      return damage("a block is damaged: it unpacks to " + llvm::Twine(Text.size()) + " bytes instead of " +
                    llvm::Twine(Whole));
    Result.Text = llvm::toStringRef(Text).str();
  }
  Section = Section.drop_front(HeaderBytes + Stored);
  return Result;
}

} // namespace snug::facts
