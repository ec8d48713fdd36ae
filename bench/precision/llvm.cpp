// LLVM's intrusive lists and containers, and the headers of clang's front end.
#include <clang/AST/ASTContext.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/ASTMatchers/ASTMatchers.h>
#include <clang/Analysis/CFG.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Sema/Sema.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/ExprEngine.h>
#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/FoldingSet.h>
#include <llvm/ADT/ImmutableMap.h>
#include <llvm/ADT/IntervalMap.h>
#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/ADT/PointerUnion.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringMap.h>
#include <llvm/ADT/ilist.h>
#include <llvm/ADT/simple_ilist.h>
#include <llvm/CodeGen/MachineFunction.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/PassManager.h>
#include <llvm/Support/TrailingObjects.h>

struct node : llvm::ilist_node<node> {
  int key = 0;
};

int use(node &a, node &b) {
  llvm::simple_ilist<node> list;
  list.push_back(a);
  list.push_front(b);
  int sum = 0;
  for (node &each : list)
    sum += each.key;
  list.remove(a);
  list.remove(b);
  return sum;
}
