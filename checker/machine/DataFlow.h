// What one function loads and stores, from where, and how deep each load stands in a chain of loads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_DATAFLOW_H
#define SNUG_CHECKER_MACHINE_DATAFLOW_H

#include "machine/AccessPath.h"
#include "machine/ControlFlow.h"

#include <memory>
#include <vector>

namespace snug::machine {

enum class AccessClass : std::uint8_t {
  Memory,   ///< through a pointer
  Stack,    ///< of this frame or an argument, not known to be a spilled value
  Spill,    ///< a reload of a slot that this function wrote; not a data load
  Static,   ///< a named object, relative to rip
  Absolute, ///< a fixed address
  Got,      ///< the global offset table
  Tls       ///< thread-local
};
constexpr unsigned AccessClassCount = 7;
const char *toString(AccessClass C);

/// One load or store.
struct Access {
  std::uint32_t Instruction = 0; ///< index
  PathId Place = 0;              ///< a node of the kind Load
  std::uint32_t Depth = 0;       ///< loads on the longest chain that ends here; 0 for stores
  std::uint8_t Width = 0;        ///< bytes; 0 when unknown
  AccessClass Class = AccessClass::Memory;
  bool IsStore = false;
  bool IsReached = false;  ///< lies on a way from the entry
  bool IsVariable = false; ///< repeated by a rep prefix
};

/// A loop, and the loads that each round adds to the chain of the one before: 1 for `p = p->next`.
struct Loop {
  std::uint32_t Header = 0; ///< instruction index
  std::uint32_t CarriedLoads = 0;
};

/// The data flow of one function, one pass in reverse post-order.
///
/// Each register and each known stack slot holds a Value. `mov`, `add` of a constant and `lea` keep the path and move
/// the offset; that one rule gives the stack pointer, spill slots, access paths and cache lines. Where ways join, the
/// depth is the larger one and differing paths become `Either`. Edges that close a loop are not followed: what the loop
/// changes becomes `Loop` at its header.
class DataFlow {
public:
  void run(const Image &I, const ControlFlow &Graph, llvm::ArrayRef<Instruction> Code);

  const PathTable &paths() const { return Paths; }
  llvm::ArrayRef<Access> accesses() const { return Accesses; } ///< in code order
  llvm::ArrayRef<Loop> loops() const { return Loops; }
  /// Lowest distance from the stack pointer at entry, negated: bytes of the frame without the return address.
  std::uint64_t frameBytes() const { return 0 - static_cast<std::uint64_t>(LowestStack); }
  bool hasDynamicFrame() const { return DynamicFrame; }

private:
  struct Slot {
    std::int64_t Offset;
    std::uint8_t Width;
    Value Held;
  };
  /// The registers from here on are unknown most of the time: vectors, masks, x87.
  static constexpr unsigned FirstSparse = Vector0;
  struct State {
    Value Registers[RegisterCount];
    RegSet Set = 0; ///< from FirstSparse on: those that are not in it hold nothing (xchg and pop write none of them)
    std::vector<Slot> Slots; // sorted by offset
  };
  struct Address {
    PathNode Node; // of the kind Load
    std::uint32_t Depth = 0;
    AccessClass Class = AccessClass::Memory;
  };

  /// What a block may change.
  struct Effect {
    RegSet Written = 0;
    bool WritesStack = false;
    bool IsKnown = false; ///< the other two are filled in
  };

  std::unique_ptr<State> take();
  void enterFunction(State &S);
  void enterLandingPad(State &S);
  const Effect &effectOf(std::uint32_t Block);
  void widen(State &S, std::uint32_t Order, std::uint32_t LastOrder);
  void join(State &Into, const State &From);
  void sortAccesses();
  void closeLoop(const State &S, std::uint32_t HeaderBlock);
  static constexpr unsigned NotFound = ~0U;
  unsigned carried(PathId Path, const PathNode &Header, unsigned Budget) const;

  void step(State &S, const Instruction &X, std::uint32_t Index);
  void generic(State &S, const Instruction &X, std::uint32_t Index);
  void stringOp(State &S, const Instruction &X, std::uint32_t Index);
  void call(State &S, const Instruction &X, PathId Callee);
  void set(State &S, const Instruction &X, const Value &V);
  Address address(const State &S, const Instruction &X) const;
  Value load(State &S, const Address &A, const Instruction &X, std::uint32_t Index);
  void store(State &S, const Address &A, const Instruction &X, std::uint32_t Index, const Value &V);
  Value pop(State &S);
  void push(State &S, const Value &V);
  void writeSlot(State &S, std::int64_t Offset, std::uint8_t Width, const Value &V);
  const Slot *slotAt(const State &S, std::int64_t Offset) const;
  Value sum(const Value &A, const Value &B);
  Value result(const Value &A, const Value &B, std::uint32_t Depth);
  void noteStack(const Value &V);

  const Image *I = nullptr;
  const ControlFlow *Graph = nullptr;
  llvm::ArrayRef<Instruction> Code;
  PathTable Paths;
  std::vector<Access> Accesses;
  std::vector<std::uint32_t> FirstAccess; ///< by block
  std::vector<Access> Sorted;             ///< scratch memory
  std::vector<Loop> Loops;
  std::vector<Effect> Effects;     ///< by block
  std::vector<PathId> FirstOfLoop; ///< by header block: what the loop changes begins here, see `widen`
  std::vector<std::unique_ptr<State>> Pool;
  std::vector<std::int64_t> EverStored; ///< stack offsets: what landing pads reload is a spill
  std::int64_t LowestStack = 0;
  Value FrameInPads, FramePointerInPads;
  bool DynamicFrame = false;
  bool Reached = true;
};

} // namespace snug::machine

#endif
