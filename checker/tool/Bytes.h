// Numbers and texts as bytes: what one process hands to another, and what the cache keeps.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_BYTES_H
#define SNUG_CHECKER_TOOL_BYTES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/BinaryByteStream.h"
#include "llvm/Support/BinaryStreamReader.h"
#include "llvm/Support/BinaryStreamWriter.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>

namespace snug::tool {

/// Appends to a growing buffer, which cannot fail.
class ByteWriter {
public:
  /// As many bytes as it needs.
  void number(std::uint64_t N) { llvm::cantFail(Out.writeULEB128(N)); }
  /// All bytes of an integer, for values that are rarely small.
  template <typename Integer> void fixed(Integer N) { llvm::cantFail(Out.writeInteger<Integer>(N)); }
  void text(llvm::StringRef T) {
    number(T.size());
    llvm::cantFail(Out.writeFixedString(T));
  }

  std::string take() {
    auto Bytes = Stream.data();
    return std::string(Bytes.begin(), Bytes.end());
  }

private:
  llvm::AppendingBinaryByteStream Stream{llvm::endianness::little};
  llvm::BinaryStreamWriter Out{Stream};
};

/// Reads back what a ByteWriter wrote; after the first thing amiss everything reads as empty.
class ByteReader {
public:
  /// `Bytes` stay where they are while their texts are in use.
  explicit ByteReader(llvm::StringRef Bytes) : Stream(Bytes, llvm::endianness::little), In(Stream) {}

  std::uint64_t number() {
    std::uint64_t N = 0;
    if (Good)
      take(In.readULEB128(N));
    return Good ? N : 0;
  }
  template <typename Integer> Integer fixed() {
    Integer N = 0;
    if (Good)
      take(In.readInteger(N));
    return Good ? N : 0;
  }
  /// A number of things, each of which takes a byte or more.
  std::uint64_t count() {
    const std::uint64_t N = number();
    Good = Good && N <= In.bytesRemaining();
    return Good ? N : 0;
  }
  llvm::StringRef text() {
    llvm::StringRef T;
    if (const std::uint64_t Length = count())
      take(In.readFixedString(T, static_cast<std::uint32_t>(Length)));
    return Good ? T : llvm::StringRef();
  }

  bool isGood() const { return Good; }
  /// Whether everything was read, to the last byte.
  bool isFinished() const { return Good && In.bytesRemaining() == 0; }

private:
  void take(llvm::Error E) {
    if (E) {
      llvm::consumeError(std::move(E));
      Good = false;
    }
  }

  llvm::BinaryByteStream Stream;
  llvm::BinaryStreamReader In;
  bool Good = true;
};

} // namespace snug::tool

#endif
