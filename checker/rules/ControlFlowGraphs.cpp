// The control-flow graphs that rules ask for. One costs several walks over the function.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ControlFlowGraphs.h"

#include "clang/Analysis/CFG.h"

namespace snug::rules {

std::shared_ptr<const clang::CFG> ControlFlowGraphs::of(const clang::FunctionDecl &Function) {
  if (&Function == Last)
    return LastGraph;
  clang::Stmt *Body = Function.getBody();
  if (!Body || Function.isDependentContext())
    return nullptr;
  clang::CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.setAllAlwaysAdd();
  ++Built;
  Last = &Function;
  LastGraph = clang::CFG::buildCFG(&Function, Body, &AST, Options);
  return LastGraph;
}

} // namespace snug::rules
