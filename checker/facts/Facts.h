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
inline constexpr int Version = 2;

/// What code was compiled for, and by whom: figures are comparable within one of these only.
struct Platform {
  /// "x86_64-linux-gnu", as targetName says it.
  std::string Target;
  /// The family: "clang" or "gcc".
  std::string Compiler = "clang";
  /// "-O2"; of interest for machine code only, empty for layouts.
  std::string Optimization = {};

  friend auto operator<=>(const Platform &, const Platform &) = default;
};

/// The triple as people write it: no vendor where it says nothing, no versions, "arm" for its Thumb encoding too, since
/// layouts do not depend on it. Equal spellings of one target become equal.
std::string targetName(llvm::StringRef Triple);

/// One stated figure.
struct StatedFigure {
  ExpectationName Name;
  std::uint64_t Value = 0;
  Location Where;
  /// The member it is stated on, empty for the whole type or function.
  std::string Member = {};
};

/// "size(24)", "offset(8)@fd".
std::string toString(const StatedFigure &Figure);

/// Everything stated on one function.
struct FunctionExpectation {
  /// As the symbol table has it.
  std::string Mangled;
  /// The linker or the optimiser may drop the function (inline functions, static functions that were inlined): then
  /// its absence from the object breaks no promise.
  bool MayBeDiscarded = false;
  std::vector<StatedFigure> Stated;
  Platform On = {};
  Location Where = {};
  /// Other translation units cannot name it and may have another of this name.
  bool IsInternal = false;
};

/// A subobject of a promised type. Offsets count from the start of the complete object.
struct Part {
  /// The member's name; "(base)", "(virtual base)", "(vptr)" and the like for what has none.
  std::string Name;
  std::string Type;
  std::uint64_t OffsetBits = 0;
  /// What it takes in this object: 0 for empty bases, the width for a bit-field.
  std::uint64_t SizeBits = 0;
  /// Bases and members of a class that is no part of the system's headers.
  std::vector<Part> Parts = {};
  Location Where = {};
};

/// A layout that is promised, as this translation unit saw it.
struct StatedLayout {
  std::string Name;
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  /// Empty for a type that is promised by the configuration alone.
  std::vector<StatedFigure> Stated;
  Location Where;
  Platform On = {};
  std::uint64_t PaddingBytes = 0;
  std::vector<Part> Parts = {};
  /// As for functions.
  bool IsInternal = false;
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
