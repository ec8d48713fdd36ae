// One block of the section .snug.facts: a header that says how long it is, and text, compressed where that saves bytes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_BLOCK_H
#define SNUG_CHECKER_FACTS_BLOCK_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>

namespace snug::facts {

/// How a block begins.
inline constexpr llvm::StringLiteral BlockMagic = "snugfact";

/// `Text` as a block of the current version.
std::string writeBlock(llvm::StringRef Text);

/// A block's text and what it said of itself.
struct Block {
  unsigned Version = 0;
  std::string Text;
};

/// Takes the block that `Section` begins with off it. Fails on a newer version and on damage: a header or contents that
/// are cut off, a wrong checksum, contents that do not unpack to what the header says.
llvm::Expected<Block> takeBlock(llvm::StringRef &Section);

/// ".snug.facts: MESSAGE", in one line.
llvm::Error damage(const llvm::Twine &Message);

} // namespace snug::facts

#endif
