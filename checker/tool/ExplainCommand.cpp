// `snug explain`: prints docs/rules/<id>.md, which the build put into this program.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ExplainCommand.h"

#include "core/Expectation.h"
#include "rules/Rule.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

cl::SubCommand Explain("explain", "print the page of a rule\n\n  example: snug explain layout-expectation");
cl::opt<std::string> RuleId(cl::Positional, cl::desc("RULE"), cl::sub(Explain), cl::cat(optionCategory()));

struct Page {
  llvm::StringRef Id;
  llvm::StringRef Text;
};

// Written by CMake: {"id", R"page(…)page"}, one per page, and an empty entry, for a build without pages.
const Page Pages[] = {
#include "RulePages.inc"
    {"", ""}};

int fail(const llvm::Twine &Message) {
  llvm::errs() << "snug: error: " << Message << '\n';
  return CannotDo;
}

int run() {
  std::vector<llvm::StringRef> Ids;
  for (const rules::RuleInfo &Info : rules::allRules())
    Ids.push_back(Info.Id);
  llvm::StringRef Asked = RuleId;
  Asked.consume_front("snug-");
  if (Asked.empty())
    return fail("no RULE was named; 'snug check --list-rules' lists them");
  for (const Page &P : Pages)
    if (P.Id == Asked) {
      llvm::outs() << P.Text.ltrim('\n');
      return Clean;
    }
  // A rule in the making may be without its page.
  for (const rules::RuleInfo &Info : rules::allRules())
    if (Info.Id == Asked) {
      llvm::outs() << "# " << Info.Id << "\n\n" << Info.Summary << ' ' << Info.Paragraph << '\n';
      return Clean;
    }
  llvm::StringRef Nearest = nearest(Asked, Ids);
  return fail("no rule is called '" + RuleId + "'" +
              (Nearest.empty() ? "; 'snug check --list-rules' lists them" : "; did you mean '" + Nearest + "'?"));
}

} // namespace

Command explainCommand() { return {&Explain, run}; }

} // namespace snug::tool
