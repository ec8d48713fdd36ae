// `snug check`: all rules over sources or a compilation database.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckCommand.h"

#include "rules/Rule.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

llvm::cl::SubCommand Check("check", "hold sources to every rule and every stated expectation");
llvm::cl::list<std::string> Files(llvm::cl::Positional, llvm::cl::desc("FILE..."), llvm::cl::sub(Check),
                                  llvm::cl::cat(optionCategory()));

class Consumer : public clang::ASTConsumer {
public:
  explicit Consumer(std::vector<Finding> &Sink) : Sink(Sink) {}
  void HandleTranslationUnit(clang::ASTContext &AST) override {
    for (Finding &F : rules::run(AST, {}))
      Sink.push_back(std::move(F));
  }

private:
  std::vector<Finding> &Sink;
};

class Action : public clang::ASTFrontendAction {
public:
  explicit Action(std::vector<Finding> &Sink) : Sink(Sink) {}
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &, llvm::StringRef) override {
    return std::make_unique<Consumer>(Sink);
  }

private:
  std::vector<Finding> &Sink;
};

class Factory : public clang::tooling::FrontendActionFactory {
public:
  explicit Factory(std::vector<Finding> &Sink) : Sink(Sink) {}
  std::unique_ptr<clang::FrontendAction> create() override { return std::make_unique<Action>(Sink); }

private:
  std::vector<Finding> &Sink;
};

int run() {
  clang::tooling::FixedCompilationDatabase Database(".",
                                                    compilerFlags().value_or(std::vector<std::string>{"-std=c++20"}));
  clang::tooling::ClangTool Tool(Database, Files);
  std::vector<Finding> All;
  Factory Make(All);
  if (Tool.run(&Make))
    return CannotDo;
  sortAndMerge(All);
  bool Error = false;
  for (const Finding &F : All) {
    llvm::outs() << F.Where.File << ':' << F.Where.Line << ':' << F.Where.Column << ": " << toString(F.Severity) << ": "
                 << F.Message << " [snug-" << F.RuleId << "]\n";
    Error |= F.Severity == Level::Error;
  }
  return Error ? Findings : Clean;
}

} // namespace

Command checkCommand() { return {&Check, run}; }

} // namespace snug::tool
