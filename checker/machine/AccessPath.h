// Where values come from: access paths such as arg0→8→0, shared in a table so that equal paths are equal numbers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_ACCESSPATH_H
#define SNUG_CHECKER_MACHINE_ACCESSPATH_H

#include "machine/Image.h"
#include "machine/Registers.h"

#include <cstdint>
#include <string>
#include <vector>

namespace snug::machine {

/// Index into a PathTable. 0 is the unknown value, 1 to 16 are the general registers at function entry.
using PathId = std::uint32_t;

enum class PathKind : std::uint8_t {
  Unknown,
  Register, ///< a general register at entry; rsp is the root of the stack
  Absolute, ///< constants, and the addresses of linked files
  Symbol,   ///< the address of a symbol of a relocatable object
  Got,      ///< a slot of the global offset table: Load of it is the symbol's address
  Tls,      ///< the thread's block behind fs or gs
  Return,   ///< what a call returned
  Load,     ///< what lies at Base + Offset (+ Index * Scale); also names that place for a store
  Result,   ///< computed from Base and Index
  Either,   ///< Base + Offset on one path to here, Index + OtherOffset on another
  Loop      ///< Base + Offset at first, changed by each round of a loop
};

struct PathNode {
  PathKind Kind = PathKind::Unknown;
  std::uint8_t Scale = 0;
  Reg Register = NoRegister; ///< of Register, Return (rax or rdx), Tls (fs or gs) and Loop
  PathId Base = 0;
  PathId Index = 0;
  std::uint32_t Symbol = 0; ///< of Symbol, Got, Tls; of Return for objects; the header's block of Loop
  std::int64_t Offset = 0;
  std::int64_t OtherOffset = 0;

  friend bool operator==(const PathNode &, const PathNode &) = default;
};

/// The paths of one function.
class PathTable {
public:
  PathTable() { clear(); }
  void clear();

  const PathNode &operator[](PathId Id) const { return Nodes[Id]; }
  size_t size() const { return Nodes.size(); }
  /// The number of an equal node. Complexity: amortized constant.
  PathId intern(const PathNode &N);
  /// A node that equals no other.
  PathId fresh(const PathNode &N) {
    Nodes.push_back(N);
    return static_cast<PathId>(Nodes.size() - 1);
  }

  static PathId ofRegister(Reg R) { return 1U + R; }
  static constexpr PathId Stack = 1U + RSP;

private:
  void grow();

  std::vector<PathNode> Nodes;
  std::vector<PathId> Buckets; ///< open addressing; 0 is free
  std::vector<std::uint32_t> Used;
};

/// A value in a register or a slot: a path, a constant distance from it, and the loads on the longest way here.
struct Value {
  PathId Path = 0;
  std::uint32_t Depth = 0;
  std::int64_t Offset = 0;
};

/// Distances wrap as the machine's addresses do: constants of any size are added to anything.
inline std::int64_t moved(std::int64_t Offset, std::int64_t By) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(Offset) + static_cast<std::uint64_t>(By));
}

/// A name for what a register holds at entry, or for what is loaded from there: `rdi=promise`, `rdi->[16]=ops`. Machine
/// code cannot know what its author calls these.
struct PathLabel {
  Reg Root = NoRegister;
  std::vector<std::int64_t> Offsets; ///< of the loads on the way; empty for the register itself
  std::string Name;

  /// Reads "rdi->[16]=ops"; the register may be called `arg0` to `arg5`, and `->[16]` also `→16`.
  static llvm::Expected<PathLabel> parse(llvm::StringRef Text);
};

/// "arg0→8→0", "[vtable for X]+16", "GOT[f]", "stack-24", "ret(f)→0". A name is resolved only here.
class PathPrinter {
public:
  PathPrinter(const PathTable &Paths, const Image &I, llvm::ArrayRef<PathLabel> Labels = {})
      : Paths(Paths), I(I), Labels(Labels) {}

  /// The place that a load or store touches; `Place` is a node of the kind Load.
  std::string place(PathId Place) const;
  std::string value(PathId Path, std::int64_t Offset) const { return value(Path, Offset, 0); }
  /// Name and offset of what is referred to: "printf", "vtable for X+16", "0x401000".
  std::string reference(const Reference &R) const;

private:
  std::string value(PathId Path, std::int64_t Offset, unsigned Nesting) const;
  std::string place(PathId Place, unsigned Nesting) const;
  std::string brackets(const PathNode &Root, std::int64_t Offset) const;
  const PathLabel *labelOf(PathId Path) const;

  const PathTable &Paths;
  const Image &I;
  llvm::ArrayRef<PathLabel> Labels;
};

} // namespace snug::machine

#endif
