// `snug asm`: what machine code loads, from where, how deep; promises about it; two versions side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/AsmCommand.h"

#include "core/Text.h"

#include "machine/Diff.h"
#include "machine/Expectations.h"
#include "machine/HtmlWriter.h"
#include "machine/Inputs.h"
#include "machine/JsonWriter.h"
#include "machine/Names.h"
#include "machine/TextWriter.h"
#include "report/Report.h"
#include "tool/Sources.h"
#include "tool/StatedInObjects.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <tuple>

namespace snug::tool {
namespace {

namespace cl = llvm::cl;
using namespace machine;

enum class Format { Text, Json, Html, Sarif, GitHub };

cl::SubCommand Asm("asm", "show what machine code loads, from where and how deep; hold it to EXPECT lines\n\n"
                          "  example: snug asm start.o --function=start_op\n"
                          "  example: snug asm --diff before.o after.o --function=start_op\n"
                          "  example: snug asm start.o start.cpp --verify");
cl::list<std::string> Files(cl::Positional, cl::desc("OBJECT..."), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<std::string> FunctionRegex("function",
                                   cl::desc("functions whose name, demangled or mangled, matches; with their listing"),
                                   cl::value_desc("REGEX"), cl::sub(Asm), cl::cat(optionCategory()));
cl::opt<Format> OutputFormat("format", cl::desc("how to print"), cl::init(Format::Text),
                             cl::values(clEnumValN(Format::Text, "text", "for people (default)"),
                                        clEnumValN(Format::Json, "json", "for programs"),
                                        clEnumValN(Format::Html, "html", "one page (not with --verify)"),
                                        clEnumValN(Format::Sarif, "sarif", "SARIF 2.1.0 (with --verify)"),
                                        clEnumValN(Format::GitHub, "github", "GitHub annotations (with --verify)")),
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
cl::opt<unsigned> Width("width", cl::desc("columns of the text output (default: the terminal's, else 80)"), cl::init(0),
                        cl::sub(Asm), cl::cat(optionCategory()));

unsigned width() {
  if (Width)
    return Width;
  const unsigned Terminal = llvm::sys::Process::StandardOutColumns();
  return Terminal ? std::clamp(Terminal, 60U, 160U) : 80;
}

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// The functions that --function asks for; all of them without it.
class Filter {
public:
  llvm::Error compile() {
    std::string Why;
    if (FunctionRegex.getNumOccurrences() == 0)
      return llvm::Error::success();
    Regex.emplace(FunctionRegex);
    if (!Regex->isValid(Why))
      return llvm::createStringError("--function='" + FunctionRegex + "' is no regex: " + Why);
    return llvm::Error::success();
  }
  bool isSet() const { return Regex.has_value(); }
  bool accepts(const Image &I, const Function &F) const {
    return !Regex || llvm::any_of(I.namesOf(F), [&](std::uint32_t S) {
      llvm::StringRef Name = I.symbols()[S].Name;
      return Regex->match(Name) || (Name.starts_with("_Z") && Regex->match(demangle(Name)));
    });
  }

private:
  std::optional<llvm::Regex> Regex;
};

struct Selected {
  const Image *In = nullptr;
  const Function *What = nullptr;
  Metrics Figures;
};

llvm::Expected<std::vector<Input>> openAll(const Target &T, llvm::ArrayRef<std::string> Paths) {
  std::vector<Input> Inputs;
  for (const std::string &Path : Paths) {
    auto In = Input::open(T, Path);
    if (!In)
      return llvm::createStringError("cannot read '" + Path + "': " + llvm::toString(In.takeError()));
    Inputs.push_back(std::move(*In));
  }
  return Inputs;
}

std::vector<Selected> select(llvm::ArrayRef<Input> Inputs, const Filter &F) {
  std::vector<Selected> All;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &Fn : I->functions())
        if (F.accepts(*I, Fn))
          All.push_back({I.get(), &Fn, {}});
  return All;
}

/// Of a name in a message: an instantiation's own can be thousands of characters long.
constexpr std::size_t LongestName = 100;

/// Nothing selected is an error: a filter that misses tests nothing.
llvm::Error nothingMatches(llvm::ArrayRef<Input> Inputs) {
  const std::string Where = Inputs.size() == 1 ? " in '" + Inputs[0].Path + "'" : "";
  std::vector<std::string> Names;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &F : I->functions())
        if (Names.size() < 20000)
          Names.push_back(demangle(I->nameOf(F)));
  std::string Hint;
  for (const std::string &Near : nearest(FunctionRegex, Names))
    Hint += (Hint.empty() ? "; there is '" : ", '") + shorten(Near, LongestName) + "'";
  return llvm::createStringError("no function" + Where + " matches --function='" + FunctionRegex + "'" + Hint);
}

/// Describes one function after the other; images change seldom, so the scratch memory is kept.
class Describer {
public:
  explicit Describer(const Target &T) : T(T) {}
  FunctionReport describe(const Selected &S) { return machine::describe(of(S), *S.What, /*WithDetails=*/true); }
  Metrics analyze(const Selected &S) { return of(S).analyze(*S.What); }

private:
  Analyzer &of(const Selected &S) {
    if (!Current || &Current->image() != S.In)
      Current.emplace(T, *S.In);
    return *Current;
  }

  const Target &T;
  std::optional<Analyzer> Current;
};

void writeTableOf(std::vector<Selected> &All, Describer &D) {
  constexpr size_t MaxRows = 40;
  Metrics Total;
  for (Selected &S : All) {
    S.Figures = D.analyze(S);
    Total.add(S.Figures);
  }
  const size_t Functions = All.size();
  if (Functions > MaxRows) {
    // Too many to be read: those with the longest chains.
    std::partial_sort(All.begin(), All.begin() + MaxRows, All.end(), [](const Selected &A, const Selected &B) {
      return std::tie(B.Figures.Chain, B.Figures.Loads, A.In, A.What) <
             std::tie(A.Figures.Chain, A.Figures.Loads, B.In, B.What);
    });
    All.resize(MaxRows);
  }
  std::vector<FunctionReport> Rows;
  for (const Selected &S : All) {
    FunctionReport &R = Rows.emplace_back();
    R.Mangled = S.In->nameOf(*S.What).str();
    R.Name = demangle(R.Mangled);
    R.Figures = S.Figures;
  }
  writeTable(llvm::outs(), Rows, Total, Functions, width());
}

int show(const Target &T, const Filter &F) {
  auto Inputs = openAll(T, Files);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  std::vector<Selected> All = select(*Inputs, F);
  if (All.empty())
    return reportCannotDo(nothingMatches(*Inputs));
  Describer D(T);
  switch (OutputFormat) {
  case Format::Json: {
    llvm::json::OStream Out(llvm::outs(), 1);
    Out.object([&] {
      Out.attribute("schema", 1);
      Out.attributeArray("functions", [&] {
        for (const Selected &S : All)
          writeJson(Out, D.describe(S), F.isSet());
      });
    });
    llvm::outs() << "\n";
    return Clean;
  }
  case Format::Html: {
    std::vector<FunctionReport> Reports;
    for (const Selected &S : All)
      Reports.push_back(D.describe(S));
    writeHtml(llvm::outs(), Reports);
    return Clean;
  }
  default:
    break;
  }
  if (!F.isSet() && All.size() > 1) {
    writeTableOf(All, D);
    return Clean;
  }
  for (size_t N = 0; N != All.size(); ++N) {
    llvm::outs() << (N ? "\n" : "");
    writeListing(llvm::outs(), D.describe(All[N]), width());
  }
  return Clean;
}

int diff(const Target &T, const Filter &F) {
  if (Files.size() != 2)
    return fail("--diff takes two files, BEFORE and AFTER; " + llvm::Twine(Files.size()) + " were named");
  auto Inputs = openAll(T, Files);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  Describer D(T);
  std::vector<FunctionReport> Sides[2];
  for (size_t N = 0; N != 2; ++N) {
    llvm::ArrayRef<Input> Side = llvm::ArrayRef(*Inputs).slice(N, 1);
    for (const Selected &S : select(Side, F))
      Sides[N].push_back(D.describe(S));
    if (Sides[N].empty())
      return reportCannotDo(nothingMatches(Side));
  }
  std::vector<FunctionPair> Pairs = pairUp(Sides[0], Sides[1]);
  if (OutputFormat == Format::Json) {
    llvm::json::OStream Out(llvm::outs(), 1);
    writeJson(Out, Pairs, Sides[0], Sides[1]);
    llvm::outs() << "\n";
    return Clean;
  }
  size_t Same = 0;
  if (!F.isSet())
    llvm::erase_if(Pairs, [&](const FunctionPair &P) {
      Same += P.isSame();
      return P.isSame();
    });
  if (OutputFormat == Format::Html) {
    writeHtml(llvm::outs(), Pairs);
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
  if (Same)
    llvm::outs() << counted(Same, "function") << (Same == 1 ? " is" : " are") << " the same\n";
  return Clean;
}

/// Under --verify the files that hold no code hold expectations; assembly text may do both.
llvm::Expected<bool> holdsCode(const std::string &Path) {
  if (llvm::sys::fs::is_directory(Path))
    return llvm::createStringError("cannot read '" + Path + "': it is a directory");
  auto Head = llvm::MemoryBuffer::getFileSlice(Path, 8, 0);
  if (!Head) {
    // Shorter than a magic number, or not there.
    auto Whole = llvm::MemoryBuffer::getFile(Path);
    if (!Whole)
      return llvm::createStringError("cannot read '" + Path + "': " + Whole.getError().message());
    Head = std::move(*Whole);
  }
  llvm::StringRef Bytes = (*Head)->getBuffer();
  return Bytes.starts_with("\x7f"
                           "ELF") ||
         Bytes.starts_with("!<arch>") || Bytes.starts_with("!<thin>") || Bytes.starts_with("BC\xc0\xde") ||
         Bytes.empty() || llvm::StringRef(Path).ends_with(".s") || llvm::StringRef(Path).ends_with(".o");
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

int verify(const Target &T) {
  std::vector<std::string> Objects, Texts(ExpectFiles.begin(), ExpectFiles.end());
  for (const std::string &Path : Files) {
    auto IsCode = holdsCode(Path);
    if (!IsCode)
      return reportCannotDo(IsCode.takeError());
    (*IsCode ? Objects : Texts).push_back(Path);
    if (*IsCode && llvm::StringRef(Path).ends_with(".s"))
      Texts.push_back(Path);
  }
  if (Objects.empty())
    return fail("--verify needs an OBJECT to look at");
  auto Inputs = openAll(T, Objects);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  // What the sources stated under the plugin travels in the objects.
  llvm::Expected<std::vector<Expectation>> Stated = statedInObjects(*Inputs);
  if (!Stated)
    return reportCannotDo(Stated.takeError());
  std::vector<Expectation> Expectations = std::move(*Stated);
  if (Texts.empty() && Expectations.empty())
    return fail("--verify needs a file with EXPECT lines: name it behind the objects, or with --expect=FILE; these "
                "objects state nothing themselves, as SNUG(loads(6)) does under the plugin");

  std::vector<Finding> Unusable;
  for (const std::string &Path : Texts) {
    auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
    if (!Text)
      return fail("cannot read '" + Path + "': " + Text.getError().message());
    ExpectationFile Read = readExpectations((*Text)->getBuffer(), Path);
    // A file that was named for its promises and makes none is a mistake; assembly text is read on the side.
    const bool IsAside = Texts.size() > 1 && llvm::is_contained(Objects, Path);
    if (Read.Expectations.empty() && Read.Malformed.empty() && !IsAside)
      return fail("no EXPECT line in '" + Path + "'");
    for (Expectation &E : Read.Expectations)
      Expectations.push_back(std::move(E));
    for (Finding &F : Read.Malformed)
      Unusable.push_back(std::move(F));
  }
  llvm::StringSet<> Active;
  for (const std::string &Name : Configurations)
    Active.insert(Name);
  const size_t Applicable = static_cast<size_t>(llvm::count_if(
      Expectations, [&](const Expectation &E) { return E.Configuration.empty() || Active.contains(E.Configuration); }));
  if (Applicable == 0 && Unusable.empty())
    return fail(Expectations.empty() ? "no EXPECT line in the files named"
                                     : "every EXPECT line asks for a configuration that --expect-config does not "
                                       "name, the first is '" +
                                           llvm::Twine(Expectations.front().Configuration) + "'");

  Verification V = machine::verify(T, *Inputs, Expectations, Active);
  for (Finding &F : V.Unusable)
    Unusable.push_back(std::move(F));
  std::vector<Finding> All = std::move(V.Broken);
  const bool Broken = !All.empty();
  All.insert(All.end(), Unusable.begin(), Unusable.end());
  sortAndMerge(All);
  writeFindings(All, Objects.size());
  llvm::outs().flush();
  llvm::errs() << "snug: " << counted(Applicable, "expectation") << ", " << V.Held << " held\n";
  return !Unusable.empty() ? CannotDo : Broken ? Findings : Clean;
}

int run() {
  if (Files.empty())
    return fail("no OBJECT was named; 'snug asm --help' has examples");
  const bool Verifies = VerifyMode || !ExpectFiles.empty();
  if (Verifies && DiffMode)
    return fail("--verify and --diff exclude each other");
  const bool ForFindings = OutputFormat == Format::Sarif || OutputFormat == Format::GitHub;
  if (ForFindings && !Verifies)
    return fail("this format holds findings; it needs --verify");
  if (Verifies && OutputFormat == Format::Html)
    return fail("--verify writes text, json, sarif or github, not html");
  Filter F;
  if (llvm::Error E = F.compile())
    return reportCannotDo(std::move(E));
  if (Verifies && F.isSet())
    return fail("--verify takes its functions from the EXPECT lines, not from --function");
  auto T = Target::create();
  if (!T)
    return reportCannotDo(T.takeError());
  return Verifies ? verify(**T) : DiffMode ? diff(**T, F) : show(**T, F);
}

} // namespace

Command asmCommand() { return {&Asm, run}; }

} // namespace snug::tool
