// What holds on the way through a function: clang's control-flow graph, and the walk along it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ControlFlow.h"

#include "clang/AST/StmtCXX.h"

namespace snug::rules {

std::unique_ptr<clang::CFG> controlFlow(const clang::FunctionDecl &Function, clang::ASTContext &AST) {
  clang::Stmt *Body = Function.getBody();
  if (!Body || llvm::isa<clang::CoroutineBodyStmt>(Body) || Function.isDependentContext())
    return nullptr;
  clang::CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.setAllAlwaysAdd();
  return clang::CFG::buildCFG(&Function, Body, &AST, Options);
}

const clang::Stmt *evaluated(const clang::CFGElement &Element) {
  std::optional<clang::CFGStmt> S = Element.getAs<clang::CFGStmt>();
  return S ? S->getStmt() : nullptr;
}

} // namespace snug::rules
