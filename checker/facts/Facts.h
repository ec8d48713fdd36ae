// What travels in the section .snug.facts of an object file: stated figures with the names the linker knows.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_FACTS_FACTS_H
#define SNUG_CHECKER_FACTS_FACTS_H

#include "core/Expectation.h"
#include "core/Finding.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace snug::facts {

/// The section carries the flag that keeps it out of executables; no symbol leads to it.
inline constexpr llvm::StringLiteral SectionName = ".snug.facts";

/// The form this program writes, and the newest it reads (docs/facts.md).
inline constexpr unsigned Version = 3;
/// The oldest form it reads.
inline constexpr unsigned OldestVersion = 2;

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
  /// The object it was read from, "lib.a(member.o)" in an archive; empty otherwise. Not part of what is written.
  std::string Unit = {};
};

/// One thing that a coroutine's frame keeps across a suspension.
struct FrameResident {
  /// "'buffer'", "the parameter 'name'", "the awaiter", "a temporary".
  std::string What;
  std::string Type;
  std::uint64_t SizeBytes = 0;
  Location Where = {};
  /// From the start of the frame, where code generation said it.
  std::optional<std::uint64_t> OffsetBytes = {};
};

/// A place where a coroutine may be suspended.
struct FrameSuspension {
  /// "start", "co_await" or "co_yield".
  std::string Kind;
  Location Where;
  /// Indices of the residents that are alive there.
  std::vector<std::uint32_t> Alive = {};
};

/// The frame of a coroutine, as the compiler laid it out, and what it is for, as its source says.
struct CoroutineFrame {
  /// As the symbol table has it.
  std::string Mangled;
  Platform On;
  Location Where;
  /// As for functions.
  bool IsInternal = false;
  /// Something is stated on it, or the configuration locks it.
  bool IsPromised = false;
  /// After the coroutine was split; 0 when that had not happened where the facts were written (ThinLTO).
  std::uint64_t SizeBytes = 0;
  std::uint64_t AlignBytes = 0;
  /// What its source needs at least.
  std::uint64_t AtLeastBytes = 0;
  std::string Promise = {};
  std::uint64_t PromiseBytes = 0;
  /// Callers, as the symbol table has them, that keep the frame in their own instead of allocating it.
  std::vector<std::string> ElidedIn = {};
  std::vector<FrameResident> Residents = {};
  /// In the order of the source.
  std::vector<FrameSuspension> Points = {};
  std::vector<StatedFigure> Stated = {};
  /// As for layouts.
  std::string Unit = {};
};

struct Facts {
  std::vector<FunctionExpectation> Functions;
  std::vector<StatedLayout> Layouts;
  std::vector<CoroutineFrame> Coroutines = {};

  bool empty() const { return Functions.empty() && Layouts.empty() && Coroutines.empty(); }
};

/// The contents of a section: one block that says how long it is, so that a linker may put several behind each other.
/// Sorted, so that equal facts are equal bytes. Empty for no facts.
std::string write(Facts F);

/// The text of that block: a JSON record a line.
std::string recordsOf(Facts F);

/// Reads the sections of any number of objects and keeps once what several units say alike.
class FactsReader {
public:
  /// Adds a section, or several behind each other with zero bytes in between, of the object `Unit`.
  /// Fails, with one line, on a newer version, on damage, and on a record that lacks a field or names an unknown figure;
  /// what was read before stays.
  /// Complexity: linear in the bytes of the records, which are at most 1032 times those of the section.
  llvm::Error add(llvm::StringRef Section, llvm::StringRef Unit = {});

  /// What was read since the last call. What is repeated afterwards is not read again, except for functions: each
  /// object has its own code for them.
  Facts take() { return std::exchange(Read, {}); }

private:
  llvm::Error addLine(llvm::StringRef Line, unsigned FormVersion, llvm::StringRef Unit);

  Facts Read;
  llvm::DenseSet<std::pair<std::uint64_t, std::uint64_t>> Seen;
};

/// Reads one section.
llvm::Expected<Facts> read(llvm::StringRef Section);

} // namespace snug::facts

#endif
