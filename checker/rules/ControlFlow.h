// What holds on the way through a function: clang's control-flow graph, and the walk along it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_CONTROLFLOW_H
#define SNUG_CHECKER_RULES_CONTROLFLOW_H

#include "clang/AST/Decl.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>
#include <vector>

namespace snug::rules {

/// The graph of a function with a body, every evaluated subexpression an element of its own, initialisers of
/// constructors included. Exceptions leave no edges. Null for coroutines, and for what clang makes no graph of.
std::unique_ptr<clang::CFG> controlFlow(const clang::FunctionDecl &Function, clang::ASTContext &AST);

/// The statement that an element evaluates; null for other elements.
const clang::Stmt *evaluated(const clang::CFGElement &Element);

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
