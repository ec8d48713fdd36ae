// Basic blocks of one function, jump tables included, in an order that visits predecessors first.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_CONTROLFLOW_H
#define SNUG_CHECKER_MACHINE_CONTROLFLOW_H

#include "machine/Instruction.h"

#include "llvm/ADT/DenseMap.h"

#include <cstdint>
#include <vector>

namespace snug::machine {

struct Block {
  std::uint32_t First = 0; ///< instructions [First, End)
  std::uint32_t End = 0;
  std::uint32_t FirstSuccessor = 0; ///< into ControlFlow::successors
  std::uint32_t SuccessorCount = 0;
  /// Position in `order`; the blocks that the entry reaches come first.
  std::uint32_t Order = 0;
  bool IsReached = false; ///< from the entry; landing pads are not
};

/// The graph of one function.
///
/// A call to a function that never returns ends its block. A jump through a register is followed when it goes through a
/// table of offsets or addresses; else it leaves the function.
class ControlFlow {
public:
  void build(const Image &I, const Function &F, llvm::ArrayRef<Instruction> Code);
  /// One block of so many instructions.
  void makeStraight(std::size_t Instructions);
  /// To be called before functions of another image are built.
  void forgetImage() { NoReturn.clear(); }

  llvm::ArrayRef<Block> blocks() const { return Blocks; }
  llvm::ArrayRef<std::uint32_t> successors(const Block &B) const {
    return llvm::ArrayRef(Successors).slice(B.FirstSuccessor, B.SuccessorCount);
  }
  /// Reverse post-order: an edge to a block that is not later in it closes a loop.
  llvm::ArrayRef<std::uint32_t> order() const { return Order; }
  /// True when the indirect jump at this instruction was found to go through a table of this function.
  bool isTableJump(std::uint32_t InstructionIndex) const;

private:
  struct Table {
    std::uint32_t Jump;
    std::vector<std::uint32_t> Targets;
  };
  void findTables(const Image &I, const Function &F, llvm::ArrayRef<Instruction> Code);
  std::vector<std::uint32_t> readTable(const Image &I, const Function &F, const Reference &At, bool IsRelative) const;
  /// The index of the instruction that starts at an address; `Count` when none does.
  std::uint32_t indexAt(std::uint64_t Address) const {
    return Address - First < IndexOf.size() ? IndexOf[static_cast<std::size_t>(Address - First)] : Count;
  }
  bool endsBlock(const Image &I, const Instruction &X);
  void sortBlocks();
  void visit(std::uint32_t Root, bool FromEntry);

  llvm::DenseMap<std::uint64_t, bool> NoReturn; ///< what each called function of the image was found to be
  std::vector<Block> Blocks;
  std::vector<std::uint32_t> Successors;
  std::vector<std::uint32_t> Order;
  std::vector<Table> Tables;
  std::uint64_t First = 0; ///< where the first instruction starts
  std::uint32_t Count = 0; ///< of instructions
  std::vector<std::uint32_t>
      IndexOf; ///< by the distance from there, as parts lie behind each other: see Instruction::Address
  std::vector<std::uint32_t> BlockOf;
  std::vector<std::uint8_t> Leader, Ends, State;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> Walk;
};

} // namespace snug::machine

#endif
