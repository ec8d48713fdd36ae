// `snug report`: one page with pictures of what a build, its objects or its lock files hold.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ReportCommand.h"

#include "core/ByteMap.h"
#include "core/Expectation.h"
#include "facts/LockStorage.h"
#include "layout/Picture.h"
#include "layout/Writers.h"
#include "machine/HtmlWriter.h"
#include "report/Diagrams.h"
#include "report/HtmlReport.h"
#include "tool/LockReport.h"
#include "tool/ObjectPromises.h"
#include "tool/Promises.h"
#include "tool/ReportFunctions.h"
#include "tool/ReportHistory.h"
#include "tool/ReportTypes.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

cl::SubCommand ReportOptions("report", "write one page with pictures: layouts, back-pointers, promises\n\n"
                                       "  example: snug report -p build -o report.html\n"
                                       "  example: snug report snug.lock -o report.html");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p",
                               cl::desc("folder with compile_commands.json (default: the nearest one, in build too, "
                                        "here or above); without FILE, all of it is read"),
                               cl::value_desc("BUILD"), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<std::string> Output("o", cl::desc("write to this file, in one step (default: standard output)"),
                            cl::value_desc("FILE"), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<std::string> TypeFilter("type",
                                cl::desc("types whose name or alias matches, headers included (default: what is "
                                         "promised, operation states, and what stores back-pointers)"),
                                cl::value_desc("REGEX"), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<std::string> FunctionFilter("function",
                                    cl::desc("functions of the objects whose name, demangled or mangled, matches "
                                             "(default: what is promised)"),
                                    cl::value_desc("REGEX"), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::list<std::string> History("history",
                              cl::desc("lock files, the oldest first: how sizes and counts moved; without FILE and -p "
                                       "the last one is what the page is about"),
                              cl::value_desc("FILE,..."), cl::CommaSeparated, cl::sub(ReportOptions),
                              cl::cat(optionCategory()));
cl::list<std::string> Beside("beside",
                             cl::desc("compile every source a second time with these flags too, and show what differs "
                                      "side by side"),
                             cl::value_desc("FLAGS"), cl::CommaSeparated, cl::sub(ReportOptions),
                             cl::cat(optionCategory()));
cl::opt<std::string> Title("title", cl::desc("the page's title (default: the folder's name)"), cl::value_desc("TEXT"),
                           cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<std::string> ConfigFile("config", cl::desc("read this instead of the nearest .snug.yaml"),
                                cl::value_desc("FILE"), cl::sub(ReportOptions), cl::cat(optionCategory()));
cl::opt<unsigned> Jobs("j", cl::desc("how many files are read at a time (default: as many as there are processors)"),
                       cl::value_desc("N"), cl::init(0), cl::Prefix, cl::sub(ReportOptions), cl::cat(optionCategory()));

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// What the FILEs are.
struct Inputs {
  std::vector<std::string> Sources, Objects, Locks;
};

bool isLockFile(llvm::StringRef Path) {
  auto Head = llvm::MemoryBuffer::getFileSlice(Path, 10, 0);
  return llvm::StringRef(Path).ends_with(".lock") || (Head && (*Head)->getBuffer() == "snug-lock ");
}

Inputs sortOut(llvm::ArrayRef<std::string> Paths) {
  Inputs In;
  for (const std::string &Path : Paths)
    (isObject(Path) ? In.Objects : isLockFile(Path) ? In.Locks : In.Sources).push_back(Path);
  return In;
}

/// The promises of objects and lock files, put together.
llvm::Expected<facts::Lock> readPromises(const Inputs &In, llvm::StringRef Root) {
  facts::Lock Result;
  if (!In.Objects.empty()) {
    PromiseRequest Request;
    Request.Files = In.Objects;
    Request.Root = Root.str();
    Request.ConfigFile = ConfigFile;
    llvm::Expected<Promises> Found = gatherPromises(Request);
    if (!Found)
      return Found.takeError();
    Result = std::move(Found->Entries);
  }
  for (const std::string &Path : In.Locks) {
    llvm::Expected<std::optional<facts::Lock>> Read = readLockFile(Path);
    if (!Read)
      return Read.takeError();
    if (!*Read)
      return llvm::createStringError("'" + Path + "' does not exist");
    llvm::append_range(Result, **Read);
  }
  return Result;
}

std::vector<BuiltObject> asBuilt(llvm::ArrayRef<std::string> Objects) {
  std::vector<BuiltObject> Result;
  for (const std::string &Path : Objects)
    // Two objects are two versions of one thing, as for `snug asm --diff`.
    Result.push_back(
        {Path, Objects.size() == 2 ? Objects[0] + ", " + Objects[1] : Path, Objects.size() == 2 ? Path : ""});
  return Result;
}

/// A filter from an option; none when it was not given.
llvm::Expected<std::function<bool(llvm::StringRef)>> filterOf(const cl::opt<std::string> &Option) {
  if (!Option.getNumOccurrences())
    return nullptr;
  auto Names = std::make_shared<llvm::Regex>(Option);
  std::string Why;
  if (!Names->isValid(Why))
    return llvm::createStringError("--" + Option.ArgStr + "='" + Option + "' is no regex: " + Why);
  return [Names](llvm::StringRef Name) { return Names->match(Name); };
}

std::string folderName(llvm::StringRef Root) {
  const llvm::StringRef Name = llvm::sys::path::filename(Root);
  return Name.empty() ? "snug" : Name.str();
}

/// The figures at the top of the page.
std::vector<std::pair<std::string, std::string>> summaryOf(llvm::ArrayRef<ReportedType> Types) {
  std::uint64_t Size = 0, Padding = 0, Pointers = 0;
  for (const ReportedType &Type : Types) {
    const rules::Portrait &P = Type.main().Shown;
    Size += P.Layout.SizeBytes;
    Padding += P.Layout.paddingBytes();
    Pointers += P.BackPointers.size();
  }
  return {{"types", std::to_string(Types.size())},
          {"bytes in all", std::to_string(Size)},
          {"of these padding", std::to_string(Padding)},
          {"back-pointers", std::to_string(Pointers)}};
}

/// `Left` becomes the number of entries without details.
llvm::Error write(const report::HtmlReport &Page, std::size_t &Left) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Left = report::writeHtmlReport(Out, Page);
  llvm::sys::fs::file_status Status;
  const bool IsFile = Output.getNumOccurrences() && Output != "-";
  if (IsFile && (llvm::sys::fs::status(Output, Status) || llvm::sys::fs::is_regular_file(Status)))
    return facts::replaceText(Output, Text);
  if (IsFile && llvm::sys::fs::is_directory(Status))
    return llvm::createStringError("cannot write '" + Output + "': it is a folder");
  // A terminal, a pipe, a device.
  std::error_code Code;
  llvm::raw_fd_ostream To(IsFile ? llvm::StringRef(Output) : "-", Code);
  if (!Code) {
    To << Text;
    To.flush();
    Code = To.error();
    To.clear_error();
  }
  return Code ? llvm::createStringError("cannot write '" + Output + "': " + Code.message()) : llvm::Error::success();
}

int run() {
  llvm::Expected<std::function<bool(llvm::StringRef)>> Types = filterOf(TypeFilter), Names = filterOf(FunctionFilter);
  if (!Types || !Names)
    return reportCannotDo(llvm::joinErrors(Types.takeError(), Names.takeError()));
  llvm::Expected<std::vector<HistoryStep>> Steps =
      readHistory(std::vector<std::string>(History.begin(), History.end()));
  if (!Steps)
    return reportCannotDo(Steps.takeError());
  Inputs In = sortOut(Files);
  if (Files.empty() && !BuildPath.getNumOccurrences() && !Steps->empty())
    In.Locks.push_back(*std::prev(History.end()));
  llvm::Expected<std::string> Root = folderOf(defaultLockFile());
  if (!Root)
    return reportCannotDo(Root.takeError());
  // Objects that are to be searched for functions need not promise anything.
  Inputs Promising = In;
  if (*Names) {
    Promising.Objects.clear();
    for (const std::string &Path : In.Objects) {
      facts::FactsReader Reader;
      if (llvm::Error E = addFacts(Path, Reader))
        return reportCannotDo(std::move(E));
      if (!Reader.take().empty())
        Promising.Objects.push_back(Path);
    }
  }
  llvm::Expected<facts::Lock> Promised = readPromises(Promising, *Root);
  if (!Promised)
    return reportCannotDo(Promised.takeError());

  TypeCollection Collection;
  Collection.addLock(*Promised, *Types);
  const bool HasSources = !In.Sources.empty() || (In.Objects.empty() && In.Locks.empty());
  if (!HasSources && (BuildPath.getNumOccurrences() || Beside.getNumOccurrences()))
    return fail("-p and --beside are about sources; objects and lock files were named");
  if (HasSources) {
    TypeRequest Request;
    Request.Sources = In.Sources;
    Request.BuildPath = BuildPath;
    Request.Flags = compilerFlags();
    Request.Beside.assign(Beside.begin(), Beside.end());
    Request.Root = *Root;
    Request.ConfigFile = ConfigFile;
    Request.Filter = *Types;
    Request.Jobs = Jobs ? Jobs : llvm::hardware_concurrency().compute_thread_count();
    if (llvm::Error E = Collection.addSources(Request))
      return reportCannotDo(std::move(E));
  }
  FunctionRequest Request{asBuilt(In.Objects), std::move(*Promised), *Names};
  llvm::append_range(Request.Objects, Collection.objects());
  llvm::append_range(Request.Promised, Collection.functions());
  llvm::Expected<std::vector<report::HtmlSection>> Functions = functionSections(Request);
  if (!Functions)
    return reportCannotDo(Functions.takeError());
  const std::vector<ReportedType> Found = Collection.take();
  if (*Types && Found.empty())
    return fail("no type's name matches --type='" + TypeFilter + "'");
  if (*Names && Functions->front().Entries.empty())
    return fail("no function matches --function='" + FunctionFilter +
                "'; functions are looked for in objects that are " + "not older than their sources");

  report::HtmlReport Page;
  if (!Found.empty())
    Page.Sections.push_back(typesSection(Found));
  for (report::HtmlSection &Section : *Functions)
    if (!Section.Entries.empty())
      Page.Sections.push_back(std::move(Section));
  if (!Steps->empty())
    Page.Sections.push_back(historySection(*Steps));
  if (Page.Sections.empty())
    return fail("there is nothing to show: no type here is promised, is an operation state or stores a back-pointer; "
                "--type=REGEX shows types by name");
  Page.Title = Title.empty() ? folderName(*Root) : Title;
  std::vector<std::string> Read;
  if (HasSources)
    Read.push_back(layout::counted(Collection.sourceCount(), "source"));
  if (!In.Objects.empty())
    Read.push_back(layout::counted(In.Objects.size(), "object"));
  if (!In.Locks.empty())
    Read.push_back(layout::counted(In.Locks.size(), "lock file"));
  Page.Subtitle = "Layouts and machine code as snug read them from " + llvm::join(Read, ", ") + ".";
  if (!Found.empty())
    Page.Summary = summaryOf(Found);
  std::string Counts;
  for (const report::HtmlSection &Section : Page.Sections) {
    if (Section.Id != "types")
      Page.Summary.push_back({llvm::StringRef(Section.Title).lower(), std::to_string(Section.Entries.size())});
    Counts += ", " + std::to_string(Section.Entries.size()) + " in '" + Section.Id + "'";
  }
  Page.Styles = {html::byteMapStyle(), layout::recordStyle(), machine::listingStyle(), report::diagramStyle()};
  llvm::raw_string_ostream Legend(Page.Legend);
  if (!Found.empty())
    html::writeLegend(Legend);
  std::size_t Left = 0;
  if (llvm::Error E = write(Page, Left))
    return reportCannotDo(std::move(E));
  if (Left)
    llvm::errs()
        << "snug: note: " << count(Left, "entry is", "entries are")
        << " listed without details, for which there are too many on one page; --type=REGEX and --function=REGEX "
           "pick fewer\n";
  if (Output.getNumOccurrences() && Output != "-")
    llvm::errs() << "snug: '" << Output << "' written" << Counts << '\n';
  return Clean;
}

} // namespace

Command reportCommand() { return {&ReportOptions, run}; }

} // namespace snug::tool
