// `snug asm`: what machine code loads, from where, how deep; promises about it; two versions side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/AsmCommand.h"

#include "machine/Inputs.h"
#include "machine/Names.h"
#include "machine/Report.h"
#include "machine/TextWriter.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
using namespace machine;

cl::SubCommand Asm("asm", "show what machine code loads, from where and how deep");
cl::list<std::string> Files(cl::Positional, cl::desc("OBJECT..."), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<std::string> FunctionRegex("function", cl::desc("only functions whose name, demangled or mangled, matches"),
                                   cl::value_desc("REGEX"), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<unsigned> WidthOption("width", cl::desc("columns of the text output (default: 80)"), cl::init(80), cl::sub(Asm),
                              cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) {
  llvm::errs() << "snug asm: error: " << Message << "\n";
  return CannotDo;
}

/// How many rows a table has before it shows only the functions with the longest chains.
constexpr size_t MaxRows = 40;

int run() {
  if (Files.empty())
    return fail("no OBJECT was named; 'snug asm --help' has an example");
  llvm::Regex Filter(FunctionRegex);
  std::string Why;
  if (!FunctionRegex.empty() && !Filter.isValid(Why))
    return fail("--function=" + FunctionRegex + ": " + Why);
  auto T = Target::create();
  if (!T)
    return fail(llvm::toString(T.takeError()));
  std::vector<Input> Inputs;
  for (const std::string &Path : Files) {
    auto In = Input::open(**T, Path);
    if (!In)
      return fail("'" + Path + "': " + llvm::toString(In.takeError()));
    Inputs.push_back(std::move(*In));
  }
  std::vector<FunctionReport> Reports;
  Metrics Total;
  size_t Functions = 0;
  const bool Detailed = !FunctionRegex.empty();
  for (const Input &In : Inputs)
    for (const auto &I : In.Images) {
      Analyzer A(**T, *I);
      for (const Function &F : I->functions()) {
        if (Detailed && !llvm::any_of(I->namesOf(F), [&](std::uint32_t S) {
              llvm::StringRef Name = I->symbols()[S].Name;
              return Filter.match(Name) || Filter.match(demangle(Name));
            }))
          continue;
        FunctionReport R = describe(A, F, Detailed);
        Total.add(R.Figures);
        ++Functions;
        Reports.push_back(std::move(R));
      }
    }
  if (Functions == 0)
    return fail("no function matches --function=" + FunctionRegex);
  if (Detailed) {
    for (size_t N = 0; N != Reports.size(); ++N) {
      if (N)
        llvm::outs() << "\n";
      writeListing(llvm::outs(), Reports[N], WidthOption);
    }
    return Clean;
  }
  if (Reports.size() > MaxRows) {
    llvm::sort(Reports, [](const FunctionReport &A, const FunctionReport &B) {
      return std::tie(B.Figures.Chain, B.Figures.Loads, A.Name) < std::tie(A.Figures.Chain, A.Figures.Loads, B.Name);
    });
    Reports.resize(MaxRows);
  }
  writeTable(llvm::outs(), Reports, Total, Functions, WidthOption);
  return Clean;
}

} // namespace

Command asmCommand() { return {&Asm, run}; }

} // namespace snug::tool
