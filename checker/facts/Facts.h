// What travels in the section .snug.facts of an object file: stated figures with the names the linker knows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_FACTS_H
#define SNUG_CHECKER_FACTS_FACTS_H

#include "core/Expectation.h"
#include "core/Finding.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::facts {

/// The section carries the flag that keeps it out of executables; no symbol leads to it.
inline constexpr llvm::StringLiteral SectionName = ".snug.facts";

/// The form this program writes, and the only one it reads.
inline constexpr int Version = 1;

/// One stated figure.
struct StatedFigure {
  ExpectationName Name;
  std::uint64_t Value = 0;
  Location Where;
};

/// Everything stated on one function.
struct FunctionExpectation {
  /// As the symbol table has it.
  std::string Mangled;
  /// The linker or the optimiser may drop the function (inline functions, static functions that were inlined): then
  /// its absence from the object breaks no promise.
  bool MayBeDiscarded = false;
  std::vector<StatedFigure> Stated;
};

/// A layout on which something is stated, as this translation unit saw it.
struct StatedLayout {
  std::string Name;
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  std::vector<StatedFigure> Stated;
  Location Where;
};

struct Facts {
  std::vector<FunctionExpectation> Functions;
  std::vector<StatedLayout> Layouts;

  bool empty() const { return Functions.empty() && Layouts.empty(); }
};

/// Records as lines of JSON, each with its version: sections that a linker has put behind each other are still
/// readable, by people too. Sorted, so that equal facts are equal bytes.
std::string write(Facts F);

/// Reads a section, or several behind each other with zero bytes in between.
/// Fails on another version, on a record that is no JSON object, lacks a field, or names an unknown figure.
llvm::Expected<Facts> read(llvm::StringRef Section);

/// The stated functions alone.
llvm::Expected<std::vector<FunctionExpectation>> readFacts(llvm::StringRef SectionContents);

} // namespace snug::facts

#endif
