// Whether a statement can be executed at all: branches whose condition is a constant are often all that a template has.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/Reachability.h"

#include "clang/Analysis/CFG.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>

namespace snug::rules {

bool isReachable(const clang::Stmt &S, const clang::FunctionDecl *Function, clang::ASTContext &AST) {
  clang::Stmt *Body = Function ? Function->getBody() : nullptr;
  if (!Body)
    return true;
  clang::CFG::BuildOptions Options;
  Options.PruneTriviallyFalseEdges = true;
  Options.AddInitializers = true;
  Options.setAllAlwaysAdd();
  std::unique_ptr<clang::CFG> Graph = clang::CFG::buildCFG(Function, Body, &AST, Options);
  if (!Graph)
    return true;
  const clang::CFGBlock *Wanted = nullptr;
  for (const clang::CFGBlock *Block : *Graph)
    for (const clang::CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<clang::CFGStmt>(); Statement && Statement->getStmt() == &S)
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
