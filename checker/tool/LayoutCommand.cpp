// `snug layout`: layout trees of the records in sources.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/LayoutCommand.h"

#include "layout/Build.h"
#include "layout/Names.h"
#include "layout/Writers.h"
#include "tool/CoroutineLayout.h"
#include "tool/Sources.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

namespace snug::tool {
namespace {

namespace cl = llvm::cl;

cl::SubCommand Layout("layout", "print how the records of sources are laid out, or the frames of coroutines\n\n"
                                "  example: snug layout op.cpp --type='op4' -- -std=c++20 -Iinclude\n"
                                "  example: snug layout --coroutines build/serve.o");
cl::list<std::string> Files(cl::Positional, cl::desc("FILE..."), cl::sub(Layout), cl::cat(optionCategory()));
cl::opt<std::string> BuildPath("p", cl::desc("take the compiler's flags from the compilation database in this folder"),
                               cl::value_desc("BUILD"), cl::sub(Layout), cl::cat(optionCategory()));
cl::opt<std::string>
    TypeFilter("type",
               cl::desc("records whose name or alias matches, headers included; without it, those that the "
                        "FILEs themselves define"),
               cl::value_desc("REGEX"), cl::sub(Layout), cl::cat(optionCategory()));
cl::opt<bool> Coroutines("coroutines",
                         cl::desc("print the frames of coroutines instead: what they keep at which suspension. FILE "
                                  "may be an object that the plugin compiled: it has the real sizes"),
                         cl::sub(Layout), cl::cat(optionCategory()));
cl::opt<unsigned> Depth("depth", cl::desc("levels of subobjects to show (default: all)"), cl::value_desc("N"),
                        cl::sub(Layout), cl::cat(optionCategory()));
enum class Format { Text, Json, Html };
cl::opt<Format> OutputFormat("format", cl::desc("how to print"), cl::init(Format::Text),
                             cl::values(clEnumValN(Format::Text, "text", "one line per subobject (default)"),
                                        clEnumValN(Format::Json, "json", "for programs"),
                                        clEnumValN(Format::Html, "html", "one page with pictures")),
                             cl::sub(Layout), cl::cat(optionCategory()));

/// Files below the working folder are named from there, so that two checkouts print alike.
std::string shortPath(llvm::StringRef Path) {
  llvm::SmallString<256> Here;
  if (llvm::sys::fs::current_path(Here))
    return Path.str();
  Here += llvm::sys::path::get_separator();
  Path.consume_front(Here);
  return Path.str();
}

/// The names most like `Wanted`, at most five.
std::vector<std::string> nearNames(llvm::StringRef Wanted, const llvm::StringSet<> &Names) {
  std::string Plain;
  llvm::copy_if(Wanted, std::back_inserter(Plain),
                [](char C) { return !llvm::StringRef("^$.*+?()[]{}|\\").contains(C); });
  std::vector<std::pair<unsigned, std::string>> Ranked;
  for (const auto &Entry : Names) {
    llvm::StringRef Name = Entry.getKey();
    // People leave namespaces and template arguments out.
    llvm::StringRef Last = Name.take_until([](char C) { return C == '<'; });
    Last = Last.substr(Last.rfind(':') + 1);
    Ranked.emplace_back(std::min(Name.edit_distance_insensitive(Plain), Last.edit_distance_insensitive(Plain)), Name);
  }
  llvm::sort(Ranked);
  const unsigned Farthest = std::max<unsigned>(2, static_cast<unsigned>(Plain.size()) / 2);
  std::vector<std::string> Result;
  for (auto &[Distance, Name] : Ranked)
    if (Distance <= Farthest && Result.size() != 5)
      Result.push_back(std::move(Name));
  return Result;
}

/// `Own`: the records that the files define themselves; `All`: those of headers too.
llvm::Error nothingMatches(const llvm::StringSet<> &Own, const llvm::StringSet<> &All) {
  std::string Message = "no record's name matches --type='" + TypeFilter + "'";
  std::vector<std::string> Near = nearNames(TypeFilter, All);
  std::string Lead = "; near it are '";
  if (Near.empty()) {
    for (const auto &Entry : Own)
      Near.push_back(Entry.getKey().str());
    llvm::sort(Near);
    Near.resize(std::min<std::size_t>(Near.size(), 5));
    Lead = "; among those of the files are '";
  }
  for (std::size_t I = 0; I != Near.size(); ++I)
    Message += (I ? ", '" : Lead) + Near[I] + "'";
  return llvm::createStringError(llvm::inconvertibleErrorCode(), llvm::Twine(Message));
}

/// Two files that include one header say the same of its records: once is enough.
void dropRepeats(std::vector<layout::RecordLayout> &Records) {
  llvm::StringSet<> Seen;
  llvm::erase_if(Records, [&](const layout::RecordLayout &Record) {
    std::string Text;
    llvm::raw_string_ostream Out(Text);
    layout::writeJson(Out, Record);
    return !Seen.insert(Text).second;
  });
}

/// The frames of coroutines, from sources and objects.
int runCoroutines(const llvm::Regex &Filter, bool IsFiltered) {
  if (OutputFormat == Format::Html)
    return reportCannotDo(llvm::createStringError("--coroutines prints text or json, no page"));
  bool AllCompiled = true;
  llvm::Expected<std::vector<facts::CoroutineFrame>> Frames =
      gatherFrames({Files, BuildPath, compilerFlags()}, AllCompiled);
  if (!Frames)
    return reportCannotDo(Frames.takeError());
  if (!AllCompiled)
    return CannotDo;
  if (Frames->empty())
    return reportCannotDo(llvm::createStringError(
        "there is no coroutine: none in the sources named, and none in the facts of the objects, which may "
        "have been compiled without the plugin"));
  if (IsFiltered)
    llvm::erase_if(*Frames, [&](const facts::CoroutineFrame &F) { return !Filter.match(llvm::demangle(F.Mangled)); });
  if (Frames->empty())
    return reportCannotDo(llvm::createStringError("no coroutine's name matches --type='" + TypeFilter + "'"));
  for (facts::CoroutineFrame &F : *Frames)
    F.Where.File = shortPath(F.Where.File);
  if (OutputFormat == Format::Json)
    writeFramesJson(llvm::outs(), std::move(*Frames));
  else
    writeFramesText(llvm::outs(), *Frames);
  return Clean;
}

int run() {
  const bool IsFiltered = TypeFilter.getNumOccurrences() != 0;
  std::string Why;
  llvm::Regex Filter(TypeFilter);
  if (IsFiltered && !Filter.isValid(Why))
    return reportCannotDo(llvm::createStringError(llvm::inconvertibleErrorCode(),
                                                  llvm::Twine("--type='" + TypeFilter + "' is no regex: " + Why)));
  if (Coroutines)
    return runCoroutines(Filter, IsFiltered);
  llvm::Expected<Sources> Units = Sources::find({Files, BuildPath, compilerFlags()});
  if (!Units)
    return reportCannotDo(Units.takeError());
  for (const std::string &Message : Units->assumed())
    llvm::errs() << "snug: note: " << Message << '\n';

  std::vector<layout::RecordLayout> Records;
  llvm::StringSet<> Own, All;
  const bool Compiled = Units->forEach([&](clang::ASTContext &AST, std::size_t) {
    auto Add = [&](const clang::RecordDecl &Record, std::string Alias) {
      layout::RecordLayout &Built = Records.emplace_back(layout::buildLayout(AST, Record));
      Built.Alias = std::move(Alias);
      Built.Where.File = shortPath(Built.Where.File);
      for (Reason &R : Built.Reasons)
        R.Where.File = shortPath(R.Where.File);
    };
    llvm::DenseSet<const clang::RecordDecl *> Named;
    if (IsFiltered)
      for (layout::RecordAlias &Alias : layout::allAliases(AST)) {
        // The same instantiation under two names is shown once.
        if (!Filter.match(Alias.Name))
          All.insert(Alias.Name);
        else if (Named.insert(Alias.Record).second)
          Add(*Alias.Record, Alias.Name == layout::nameOf(AST, *Alias.Record) ? "" : std::move(Alias.Name));
      }
    for (const clang::RecordDecl *Record : IsFiltered ? layout::allRecords(AST) : layout::recordsOfMainFile(AST)) {
      if (IsFiltered) {
        const std::string Name = layout::nameOf(AST, *Record);
        if (!Filter.match(Name)) {
          All.insert(Name);
          if (layout::isInMainFile(AST, *Record))
            Own.insert(Name);
          continue;
        }
      }
      if (!Named.contains(Record))
        Add(*Record, "");
    }
  });
  if (!Compiled)
    return CannotDo;
  if (IsFiltered && Records.empty())
    return reportCannotDo(nothingMatches(Own, All));
  dropRepeats(Records);

  layout::WriteOptions Options;
  if (Depth.getNumOccurrences())
    Options.Depth = Depth;
  Options.Colour = llvm::outs().has_colors();
  switch (OutputFormat) {
  case Format::Text:
    layout::writeText(llvm::outs(), Records, Options);
    break;
  case Format::Json:
    layout::writeJson(llvm::outs(), Records, Options);
    break;
  case Format::Html:
    layout::writeHtml(llvm::outs(), Records, Options);
    break;
  }
  return Clean;
}

} // namespace

Command layoutCommand() { return {&Layout, run}; }

} // namespace snug::tool
