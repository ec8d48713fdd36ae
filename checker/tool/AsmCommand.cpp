// `snug asm`: what machine code loads, from where, how deep; promises about it; two versions side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/AsmCommand.h"

#include "core/Text.h"

#include "machine/Diff.h"
#include "machine/Estimate.h"
#include "machine/Expectations.h"
#include "machine/HtmlWriter.h"
#include "machine/Inputs.h"
#include "machine/JsonWriter.h"
#include "machine/Names.h"
#include "machine/TextWriter.h"
#include "machine/Twin.h"
#include "report/Report.h"
#include "tool/AsmFunctions.h"
#include "tool/AsmVerify.h"
#include "tool/Sources.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
using namespace machine;

enum class Format { Text, Json, Html, Markdown, Sarif, GitHub };

cl::SubCommand Asm("asm", "show what machine code loads, from where and how deep; hold it to EXPECT lines\n\n"
                          "  example: snug asm start.o --function=start_op\n"
                          "  example: snug asm --diff before.o after.o --function=start_op\n"
                          "  example: snug asm start.o start.cpp --verify\n"
                          "  example: snug asm start.o --function=start_op --against=start_by_hand");
cl::list<std::string> Files(cl::Positional, cl::desc("OBJECT..."), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<std::string> FunctionRegex("function",
                                   cl::desc("functions whose name, demangled or mangled, matches; with their listing"),
                                   cl::value_desc("REGEX"), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<Format> OutputFormat("format", cl::desc("how to print"), cl::init(Format::Text),
                             cl::values(clEnumValN(Format::Text, "text", "for people (default)"),
                                        clEnumValN(Format::Json, "json", "for programs"),
                                        clEnumValN(Format::Html, "html", "one page (not with --verify)"),
                                        clEnumValN(Format::Markdown, "markdown", "for a pull request (with --diff)"),
                                        clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0 (with --verify, --against)"),
                                        clEnumValN(Format::GitHub, "github", "GitHub annotations (with the same)")),
                             cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<bool> DiffMode("diff", cl::desc("show two objects side by side: BEFORE AFTER"), cl::sub(Asm),
                       cl::cat(optionCategory()));
cl::opt<bool>
    VerifyMode("verify",
               cl::desc("hold the objects to what SNUG(loads(6)) stated in their sources, and to the EXPECT lines "
                        "of the other files named (sources, any text)"),
               cl::sub(Asm), cl::cat(optionCategory()));
cl::list<std::string> ExpectFiles("expect", cl::desc("a file with EXPECT lines; implies --verify"),
                                  cl::value_desc("FILE"), cl::sub(Asm), cl::cat(optionCategory()));
cl::list<std::string> Configurations("expect-config",
                                     cl::desc("hold to the lines 'EXPECT-NAME:' as well, for example gcc-O2"),
                                     cl::value_desc("NAME"), cl::CommaSeparated, cl::sub(Asm),
                                     cl::cat(optionCategory()));
cl::opt<bool> IgnoreTimes("ignore-times",
                          cl::desc("with --verify, do not mind objects that are older than what states their figures"),
                          cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<std::string> Twin("against",
                          cl::desc("hold the function to a hand-written twin in the same files: no more loads, chain, "
                                   "instructions and calls; the names of registers play no part"),
                          cl::value_desc("NAME"), cl::sub(Asm), cl::cat(optionCategory()));
cl::list<std::string> LabelTexts("label",
                                 cl::desc("call what a register holds at entry, or what is loaded from there, by a "
                                          "name: rdi=promise,rdi->[16]=ops"),
                                 cl::value_desc("PATH=NAME"), cl::CommaSeparated, cl::sub(Asm),
                                 cl::cat(optionCategory()));
cl::opt<std::string> Processor("mca", cl::desc("print what llvm-mca estimates for this processor beside the listing"),
                               cl::value_desc("CPU"), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<bool>
    Unnamed("unnamed",
            cl::desc("of linked files, show functions as well that no symbol names but the unwinder's tables do, "
                     "as library.so+0x1234"),
            cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many functions are analysed, or expectations looked at, at a time"),
                       cl::value_desc("N"), cl::init(1), cl::Prefix, cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<unsigned> Width("width", cl::desc("columns of the text output (default: the terminal's, else 80)"), cl::init(0),
                        cl::sub(Asm), cl::cat(optionCategory()));

unsigned width() {
  if (Width)
    return Width;
  const unsigned Terminal = llvm::sys::Process::StandardOutColumns();
  return Terminal ? std::clamp(Terminal, 60U, 160U) : 80;
}

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

void writeTableOf(const Target &T, std::vector<SelectedFunction> &All) {
  constexpr size_t MaxRows = 40;
  Metrics Total;
  analyzeAll(T, All, Jobs);
  for (const SelectedFunction &S : All)
    Total.add(S.Figures);
  const size_t Functions = All.size();
  if (Functions > MaxRows) {
    // Too many to be read: those with the longest chains.
    std::partial_sort(All.begin(), All.begin() + MaxRows, All.end(),
                      [](const SelectedFunction &A, const SelectedFunction &B) {
                        return std::tie(B.Figures.Chain, B.Figures.Loads, A.In, A.What) <
                               std::tie(A.Figures.Chain, A.Figures.Loads, B.In, B.What);
                      });
    All.resize(MaxRows);
  }
  // Not for all of them: the entry way has a data flow of its own.
  Analyzer A(T, *All.front().In);
  for (SelectedFunction &S : All) {
    A.setImage(*S.In);
    S.Figures = A.analyze(*S.What);
  }
  std::vector<FunctionReport> Rows;
  for (const SelectedFunction &S : All) {
    FunctionReport &R = Rows.emplace_back();
    R.Mangled = S.In->nameOf(*S.What).str();
    R.Name = demangle(R.Mangled);
    R.Figures = S.Figures;
  }
  writeTable(llvm::outs(), Rows, Total, Functions, width());
}

int show(const Target &T, const FunctionFilter &F, llvm::ArrayRef<PathLabel> Labels) {
  auto Inputs = openAll(T, Files, Unnamed);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  std::vector<SelectedFunction> All = select(*Inputs, F);
  if (All.empty())
    return reportCannotDo(F.nothingMatches(*Inputs));
  if (!F.isSet() && !Unnamed)
    for (const std::string &Line : whatIsMissing(*Inputs))
      llvm::errs() << "snug: note: " << Line << "\n";
  Describer D(T, Labels);
  switch (OutputFormat) {
  case Format::Json: {
    llvm::json::OStream Out(llvm::outs(), 1);
    Out.object([&] {
      Out.attribute("schema", 1);
      Out.attributeArray("functions", [&] {
        for (const SelectedFunction &S : All)
          writeJson(Out, D.describe(S), F.isSet());
      });
    });
    llvm::outs() << "\n";
    return Clean;
  }
  case Format::Html: {
    std::vector<FunctionReport> Reports;
    for (const SelectedFunction &S : All)
      Reports.push_back(D.describe(S));
    writeHtml(llvm::outs(), Reports);
    return Clean;
  }
  default:
    break;
  }
  if (!F.isSet() && All.size() > 1) {
    writeTableOf(T, All);
    return Clean;
  }
  std::unique_ptr<Estimator> Model;
  if (!Processor.empty()) {
    auto Made = Estimator::create(T, Processor);
    if (!Made)
      return reportCannotDo(Made.takeError());
    Model = std::move(*Made);
  }
  for (size_t N = 0; N != All.size(); ++N) {
    llvm::outs() << (N ? "\n" : "");
    writeListing(llvm::outs(), D.describe(All[N]), width());
    if (!Model)
      continue;
    auto Guess = Model->estimate(*All[N].In, *All[N].What);
    if (!Guess)
      return reportCannotDo(Guess.takeError());
    writeEstimate(llvm::outs(), *Guess);
  }
  return Clean;
}

int diff(const Target &T, const FunctionFilter &F, llvm::ArrayRef<PathLabel> Labels) {
  if (Files.size() != 2)
    return fail("--diff takes two files, BEFORE and AFTER; " + llvm::Twine(Files.size()) + " were named");
  auto Inputs = openAll(T, Files, Unnamed);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  Describer D(T, Labels);
  std::vector<FunctionReport> Sides[2];
  for (size_t N = 0; N != 2; ++N) {
    llvm::ArrayRef<Input> Side = llvm::ArrayRef(*Inputs).slice(N, 1);
    for (const SelectedFunction &S : select(Side, F))
      Sides[N].push_back(D.describe(S));
    if (Sides[N].empty())
      return reportCannotDo(F.nothingMatches(Side));
  }
  std::vector<FunctionPair> Pairs = pairUp(Sides[0], Sides[1]);
  if (OutputFormat == Format::Json) {
    llvm::json::OStream Out(llvm::outs(), 1);
    writeJson(Out, Pairs, Sides[0], Sides[1]);
    llvm::outs() << "\n";
    return Clean;
  }
  DiffSummary Summary;
  for (const FunctionPair &P : Pairs)
    Summary.add(P);
  Summary.OnlyBefore = Sides[0].size();
  Summary.OnlyAfter = Sides[1].size();
  if (!F.isSet())
    llvm::erase_if(Pairs, [](const FunctionPair &P) { return P.isSame(); });
  if (OutputFormat == Format::Html) {
    writeHtml(llvm::outs(), Pairs, Summary);
    return Clean;
  }
  if (OutputFormat == Format::Markdown) {
    writeMarkdown(llvm::outs(), Pairs, Summary);
    return Clean;
  }
  bool First = true;
  for (const FunctionPair &P : Pairs) {
    llvm::outs() << (First ? "" : "\n");
    First = false;
    writeDiff(llvm::outs(), P, width());
  }
  for (size_t N = 0; N != 2; ++N)
    for (const FunctionReport &R : Sides[N])
      llvm::outs() << "only in " << (N ? "after: " : "before: ") << R.Name << "\n";
  llvm::outs() << (Pairs.empty() ? "" : "\n") << Summary.text() << "\n";
  return Clean;
}

void writeFindings(llvm::ArrayRef<Finding> All, size_t FileCount) {
  const report::Summary Summary = report::summarize(All, FileCount);
  switch (OutputFormat) {
  case Format::Json:
    return report::writeJson(llvm::outs(), All, Summary);
  case Format::GitHub:
    return report::writeGitHub(llvm::outs(), All);
  case Format::Sarif: {
    const report::RuleDescription Rule = {"asm-expectation", "machine code does what an EXPECT line states", ""};
    return report::writeSarif(llvm::outs(), All, Rule);
  }
  default:
    return report::writeText(llvm::outs(), All, llvm::sys::Process::StandardOutHasColors());
  }
}

/// Holds the one function that --function selects to its twin.
int against(const Target &T, const FunctionFilter &F, llvm::ArrayRef<PathLabel> Labels) {
  auto Inputs = openAll(T, Files, Unnamed);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  auto TwinFilter = FunctionFilter::create("against", Twin);
  if (!TwinFilter)
    return reportCannotDo(TwinFilter.takeError());
  auto IsTwin = [&](const SelectedFunction &S) {
    return llvm::any_of(S.In->namesOf(*S.What), [&](std::uint32_t Symbol) {
      llvm::StringRef Name = S.In->symbols()[Symbol].Name;
      return isNamed(Name, demangle(Name), Twin);
    });
  };
  // A name first, as EXPECT lines name functions; a regex for those that are long.
  std::vector<SelectedFunction> Everything = select(*Inputs, FunctionFilter()), Twins;
  llvm::copy_if(Everything, std::back_inserter(Twins), IsTwin);
  if (Twins.empty())
    Twins = select(*Inputs, *TwinFilter);
  if (Twins.empty())
    return reportCannotDo(TwinFilter->nothingMatches(*Inputs));
  std::vector<SelectedFunction> Held = select(*Inputs, F);
  llvm::erase_if(Held, [&](const SelectedFunction &S) {
    return llvm::any_of(Twins, [&](const SelectedFunction &Other) { return Other.What == S.What; });
  });
  if (Held.empty())
    return reportCannotDo(F.nothingMatches(*Inputs));
  auto One = [](llvm::ArrayRef<SelectedFunction> All, llvm::StringRef Option, llvm::StringRef Asked) {
    std::string Names;
    for (const SelectedFunction &S : All.take_front(3))
      Names += (Names.empty() ? ": '" : ", '") + shorten(demangle(S.In->nameOf(*S.What)), 60) + "'";
    return llvm::createStringError("--" + Option + "='" + Asked + "' selects " + llvm::Twine(All.size()) +
                                   " functions; one is held to one" + Names);
  };
  if (Held.size() > 1)
    return reportCannotDo(One(Held, "function", FunctionRegex));
  if (Twins.size() > 1)
    return reportCannotDo(One(Twins, "against", Twin));
  Describer D(T, Labels);
  FunctionPair Pair{D.describe(Held[0]), D.describe(Twins[0]), /*IgnoresRegisters=*/true};
  std::vector<Finding> Above = holdToTwin(Pair.Before, Pair.After);
  if (OutputFormat == Format::Text)
    writeDiff(llvm::outs(), Pair, width());
  writeFindings(Above, Files.size());
  llvm::outs().flush();
  llvm::errs() << "snug: '" << shorten(Pair.Before.Name, 60) << (Above.empty() ? "' is not above '" : "' is above '")
               << shorten(Pair.After.Name, 60) << "'\n";
  return Above.empty() ? Clean : Findings;
}

/// LLVM gives up the process where assembly text asks for what no object can say: one message and the exit code all the same.
void giveUp(void *, const char *Why, bool) {
  fail("LLVM cannot assemble the text: " + llvm::Twine(Why));
  std::_Exit(CannotDo);
}

int run() {
  if (Files.empty())
    return fail("no OBJECT was named; 'snug asm --help' has examples");
  const bool Verifies = VerifyMode || !ExpectFiles.empty();
  const bool HasTwin = Twin.getNumOccurrences() != 0;
  if (Verifies && DiffMode)
    return fail("--verify and --diff exclude each other");
  if (HasTwin && (Verifies || DiffMode))
    return fail("--against stands alone: neither --verify nor --diff goes with it");
  const bool ForFindings = OutputFormat == Format::Sarif || OutputFormat == Format::GitHub;
  if (ForFindings && !Verifies && !HasTwin)
    return fail("this format holds findings; it needs --verify");
  if ((Verifies || HasTwin) && (OutputFormat == Format::Html || OutputFormat == Format::Markdown))
    return fail(llvm::Twine(Verifies ? "--verify" : "--against") +
                " writes text, json, sarif or github, not html or markdown");
  if (OutputFormat == Format::Markdown && !DiffMode)
    return fail("--format=markdown needs --diff");
  if (!Processor.empty() && (Verifies || HasTwin || DiffMode || OutputFormat != Format::Text || FunctionRegex.empty()))
    return fail(
        "--mca prints estimates below the listings that --function shows as text; nothing is ever held to them");
  FunctionFilter F;
  if (FunctionRegex.getNumOccurrences()) {
    auto Made = FunctionFilter::create("function", FunctionRegex);
    if (!Made)
      return reportCannotDo(Made.takeError());
    F = std::move(*Made);
  }
  if (Verifies && Unnamed)
    return fail("--unnamed does not go with --verify: EXPECT lines name functions");
  if (Verifies && F.isSet())
    return fail("--verify takes its functions from the EXPECT lines, not from --function");
  if (HasTwin && !F.isSet())
    return fail("--against needs --function, which says what is held to the twin");
  std::vector<PathLabel> Labels;
  for (const std::string &Text : LabelTexts) {
    auto L = PathLabel::parse(Text);
    if (!L)
      return reportCannotDo(L.takeError());
    Labels.push_back(std::move(*L));
  }
  llvm::ScopedFatalErrorHandler Handler(giveUp);
  auto T = Target::create();
  if (!T)
    return reportCannotDo(T.takeError());
  if (Verifies)
    return verifyObjects(**T,
                         {{Files.begin(), Files.end()},
                          {ExpectFiles.begin(), ExpectFiles.end()},
                          {Configurations.begin(), Configurations.end()},
                          IgnoreTimes,
                          Jobs},
                         writeFindings);
  return HasTwin ? against(**T, F, Labels) : DiffMode ? diff(**T, F, Labels) : show(**T, F, Labels);
}

} // namespace

Command asmCommand() { return {&Asm, run}; }

} // namespace snug::tool
