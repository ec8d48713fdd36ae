// Whether a statement can be executed at all: branches whose condition is a constant are often all that a template has.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Reachability.h"

#include "rules/ControlFlow.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace snug::rules {

bool isReachable(const clang::Stmt &S, const clang::FunctionDecl *Function, ControlFlowGraphs &Graphs) {
  const std::shared_ptr<const clang::CFG> Graph = Function ? Graphs.of(*Function) : nullptr;
  if (!Graph)
    return true;
  const clang::CFGBlock *Wanted = nullptr;
  for (const clang::CFGBlock *Block : *Graph)
    if (llvm::any_of(*Block, [&](const clang::CFGElement &Element) { return evaluated(Element) == &S; }))
      Wanted = Block;
  if (!Wanted)
    return true;
  llvm::BitVector Seen(Graph->getNumBlockIDs());
  llvm::SmallVector<const clang::CFGBlock *, 32> Todo{&Graph->getEntry()};
  while (!Todo.empty()) {
    const clang::CFGBlock *Block = Todo.pop_back_val();
    if (Block == Wanted)
      return true;
    if (Seen.test(Block->getBlockID()))
      continue;
    Seen.set(Block->getBlockID());
    for (const clang::CFGBlock *Next : Block->succs())
      if (Next)
        Todo.push_back(Next);
  }
  return false;
}

} // namespace snug::rules
