// What holds on the way through a function: the walk along its control-flow graph.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTROLFLOW_H
#define SNUG_CHECKER_RULES_CONTROLFLOW_H

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <vector>

namespace snug::rules {

/// The statement that an element evaluates; null for other elements.
inline const clang::Stmt *evaluated(const clang::CFGElement &Element) {
  std::optional<clang::CFGStmt> S = Element.getAs<clang::CFGStmt>();
  return S ? S->getStmt() : nullptr;
}

/// The state before each block, by block id; none for blocks that are never reached.
///
/// `State::join(const State &)` takes in what holds on another way, and says whether that changed anything; it must
/// come to an end. `Apply(State &, const clang::CFGElement &)` is what an element does to the state.
template <class State, class Step>
std::vector<std::optional<State>> statesBefore(const clang::CFG &Graph, State AtEntry, Step Apply) {
  std::vector<std::optional<State>> Before(Graph.getNumBlockIDs());
  Before[Graph.getEntry().getBlockID()] = std::move(AtEntry);
  llvm::SmallVector<const clang::CFGBlock *, 16> Todo{&Graph.getEntry()};
  while (!Todo.empty()) {
    const clang::CFGBlock &Block = *Todo.pop_back_val();
    State S = *Before[Block.getBlockID()];
    for (const clang::CFGElement &Element : Block)
      Apply(S, Element);
    for (const clang::CFGBlock *Next : Block.succs()) {
      if (!Next)
        continue;
      std::optional<State> &There = Before[Next->getBlockID()];
      if (There ? There->join(S) : (There = S, true))
        Todo.push_back(Next);
    }
  }
  return Before;
}

} // namespace snug::rules

#endif
