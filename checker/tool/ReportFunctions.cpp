// The functions of a report: listings, chains of loads, and two builds of one function side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ReportFunctions.h"

#include "core/Html.h"
#include "core/Text.h"
#include "facts/LockDiff.h"
#include "machine/Diff.h"
#include "machine/HtmlWriter.h"
#include "machine/Inputs.h"
#include "machine/Names.h"
#include "report/Diagrams.h"
#include "tool/ObjectPromises.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

namespace snug::tool {
namespace {

using html::escaped;
using machine::FunctionReport;

/// Of a name in the list.
constexpr std::size_t LongestName = 110;

const std::vector<std::string> Columns = {"instructions", "loads", "chain", "stores", "calls"};

std::vector<std::optional<std::uint64_t>> figuresOf(const machine::Metrics &M) {
  return {M.Instructions, M.Loads, M.Chain, M.Stores, M.Calls};
}

/// All functions of one object that are to be shown.
struct Side {
  std::string Label;
  std::vector<FunctionReport> Functions;
};

class Collector {
public:
  Collector(const machine::Target &T, const FunctionRequest &Request) : T(T), Request(Request) {
    for (const facts::LockEntry &E : Request.Promised)
      if (E.What == facts::LockEntry::Kind::Function)
        Stated[E.Symbol] = &E;
    Functions.Id = "functions";
    Functions.Title = "Functions";
    Functions.Intro =
        "Loads are shaded by their depth in the chain of loads that leads to them; in a diagram every box "
        "is an access at that offset from what the box before it yielded.";
    Functions.Columns = Columns;
  }

  llvm::Error add(const std::string &Source, llvm::ArrayRef<const BuiltObject *> Objects) {
    std::vector<Side> Sides;
    for (const BuiltObject *Object : Objects) {
      Side &S = Sides.emplace_back();
      S.Label = Object->Label;
      if (llvm::Error E = read(*Object, S.Functions))
        return E;
    }
    if (Sides.size() == 2) {
      // What is special stands on the left, as in the section of types.
      if (Sides[0].Label.empty())
        std::swap(Sides[0], Sides[1]);
      const std::string After = Sides[1].Label.empty() ? "without " + Sides[0].Label : Sides[1].Label;
      for (const machine::FunctionPair &P : machine::pairUp(Sides[0].Functions, Sides[1].Functions))
        addPair(Source, P, Sides[0].Label, After);
    }
    for (const Side &S : Sides)
      for (const FunctionReport &R : S.Functions)
        addOne(Source, R, Sides.size() > 1 ? S.Label : "");
    return llvm::Error::success();
  }

  /// What was counted elsewhere: a lock file has figures and paths, no code.
  void addCounted() {
    for (const facts::LockEntry &E : Request.Promised) {
      if (E.What != facts::LockEntry::Kind::Function || !E.isMeasured() || Shown.contains(E.Symbol) ||
          (Request.Filter && !Request.Filter(E.Name) && !Request.Filter(E.Symbol)))
        continue;
      report::HtmlEntry &Entry = Functions.Entries.emplace_back();
      Entry.Name = shorten(E.Name, LongestName);
      Entry.Place = E.Where.File;
      for (const std::string &Column : Columns) {
        auto Known = llvm::find_if(E.Figures, [&](const facts::Counted &C) { return C.Name == Column; });
        Entry.Figures.push_back(Known == E.Figures.end() ? std::nullopt : std::optional(Known->Value));
      }
      Entry.Tags = {"function", "promised"};
      llvm::raw_string_ostream Out(Entry.Body);
      writeStated(Out, E);
      std::vector<report::ChainAccess> Accesses;
      for (llvm::StringRef Text : E.Accesses) {
        const bool IsStore = Text.consume_front("store ");
        if (IsStore || Text.consume_front("load "))
          Accesses.push_back({Text.str(), IsStore});
      }
      report::writeChains(Out, Accesses);
    }
  }

  report::HtmlSection take() {
    llvm::sort(Functions.Entries, [](const report::HtmlEntry &A, const report::HtmlEntry &B) {
      return std::tie(A.Name, A.Place, A.Body) < std::tie(B.Name, B.Place, B.Body);
    });
    return std::move(Functions);
  }

private:
  bool isWanted(const machine::Image &I, const machine::Function &F) const {
    return llvm::any_of(I.namesOf(F), [&](std::uint32_t Symbol) {
      const llvm::StringRef Name = I.symbols()[Symbol].Name;
      return Request.Filter
                 ? Request.Filter(Name) || (Name.starts_with("_Z") && Request.Filter(machine::demangle(Name)))
                 : Stated.contains(Name);
    });
  }

  llvm::Error read(const BuiltObject &Object, std::vector<FunctionReport> &To) {
    llvm::Expected<machine::Input> Input = machine::Input::open(T, Object.Path);
    if (!Input) {
      // An object without a function has none to show.
      llvm::consumeError(Input.takeError());
      return llvm::Error::success();
    }
    for (const std::unique_ptr<machine::Image> &Image : Input->Images) {
      machine::Analyzer Analyzer(T, *Image);
      for (const machine::Function &F : Image->functions())
        if (isWanted(*Image, F))
          To.push_back(machine::describe(Analyzer, F, /*WithDetails=*/true));
    }
    return llvm::Error::success();
  }

  const facts::LockEntry *statedOn(const FunctionReport &R) {
    for (llvm::StringRef Name : llvm::concat<const std::string>(llvm::ArrayRef(R.Mangled), R.Aliases)) {
      Shown.insert(Name);
      if (auto Found = Stated.find(Name); Found != Stated.end())
        return Found->second;
    }
    return nullptr;
  }

  static void writeStated(llvm::raw_ostream &Out, const facts::LockEntry &E) {
    if (E.Stated.empty())
      return;
    std::vector<std::string> Words;
    for (const facts::StatedFigure &Figure : E.Stated)
      Words.push_back(toString(Figure));
    Out << "<p>promised: <code>" << escaped(llvm::join(Words, " ")) << "</code></p>\n";
    for (const std::string &Broken : facts::brokenPromises(E.Stated, E))
      Out << "<p class=\"bad\">" << escaped(Broken) << "</p>\n";
  }

  void writeStated(llvm::raw_ostream &Out, const FunctionReport &R, report::HtmlEntry &Entry) {
    const facts::LockEntry *Promise = statedOn(R);
    if (!Promise || Promise->Stated.empty())
      return;
    if (!llvm::is_contained(Entry.Tags, "promised"))
      Entry.Tags.push_back("promised");
    facts::LockEntry E = *Promise;
    E.Figures.clear();
    for (const machine::MetricName &Metric : machine::metricNames())
      E.Figures.push_back({Metric.Name, Metric.Get(R.Figures)});
    writeStated(Out, E);
  }

  static void writeDiagram(llvm::raw_ostream &Out, const FunctionReport &R) {
    std::vector<report::ChainAccess> Accesses;
    for (const machine::AccessDetail &Load : R.Loads)
      if (Load.Class != machine::AccessClass::Spill)
        Accesses.push_back({Load.Path, false});
    for (const machine::AccessDetail &Store : R.Stores)
      if (Store.Class != machine::AccessClass::Stack)
        Accesses.push_back({Store.Path, true});
    report::writeChains(Out, Accesses);
  }

  report::HtmlEntry &newEntry(const std::string &Source, const FunctionReport &R) {
    report::HtmlEntry &E = Functions.Entries.emplace_back();
    E.Name = shorten(R.Name, LongestName);
    E.Place = Source;
    E.Figures = figuresOf(R.Figures);
    E.Tags = {"function"};
    return E;
  }

  void addOne(const std::string &Source, const FunctionReport &R, const std::string &Label) {
    report::HtmlEntry &E = newEntry(Source, R);
    llvm::raw_string_ostream Out(E.Body);
    if (!Label.empty())
      Out << "<p class=\"soft\">" << escaped(Label) << "</p>\n";
    writeStated(Out, R, E);
    writeDiagram(Out, R);
    Out << "<div class=\"scroll\">\n";
    machine::writeListingHtml(Out, R);
    Out << "</div>\n";
  }

  void addPair(const std::string &Source, const machine::FunctionPair &P, const std::string &Before,
               const std::string &After) {
    report::HtmlEntry &E = newEntry(Source, P.After);
    const auto Old = figuresOf(P.Before.Figures);
    for (std::size_t I = 0; I != Old.size(); ++I)
      E.Notes.push_back(*Old[I] == *E.Figures[I] ? "" : "or " + std::to_string(*Old[I]));
    E.Tags.push_back("side by side");
    llvm::raw_string_ostream Out(E.Body);
    writeStated(Out, P.After, E);
    (void)statedOn(P.Before);
    Out << "<div class=\"pair\">\n";
    for (const auto &[Heading, R] : {std::pair(&Before, &P.Before), std::pair(&After, &P.After)}) {
      Out << "<div>\n<h3>" << escaped(*Heading) << "</h3>\n";
      writeDiagram(Out, *R);
      Out << "</div>\n";
    }
    Out << "</div>\n<div class=\"scroll\">\n";
    machine::writePairHtml(Out, P, Before, After);
    Out << "</div>\n";
  }

  const machine::Target &T;
  const FunctionRequest &Request;
  llvm::StringMap<const facts::LockEntry *> Stated;
  llvm::StringSet<> Shown;
  report::HtmlSection Functions;
};

report::HtmlSection coroutines(const FunctionRequest &Request) {
  report::HtmlSection Section;
  Section.Id = "coroutines";
  Section.Title = "Coroutine frames";
  Section.Intro = "What each frame keeps across its suspension points, most first.";
  Section.Columns = {"frame"};
  for (const facts::LockEntry &E : Request.Promised) {
    if (E.What != facts::LockEntry::Kind::Coroutine || (Request.Filter && !Request.Filter(E.Name)))
      continue;
    report::HtmlEntry &Entry = Section.Entries.emplace_back();
    Entry.Name = shorten(E.Name, LongestName);
    Entry.Place = E.Where.File;
    auto Frame = llvm::find_if(E.Figures, [](const facts::Counted &C) { return C.Name == "frame"; });
    Entry.Figures = {Frame == E.Figures.end() ? std::nullopt : std::optional(Frame->Value)};
    Entry.Tags = {"coroutine"};
    llvm::raw_string_ostream Out(Entry.Body);
    Out << "<ul class=\"mono\">\n";
    for (const std::string &Kept : E.Accesses)
      Out << "<li>" << escaped(Kept) << "</li>\n";
    Out << "</ul>\n";
  }
  return Section;
}

} // namespace

llvm::Expected<std::vector<report::HtmlSection>> functionSections(const FunctionRequest &Request) {
  llvm::Expected<std::unique_ptr<machine::Target>> Target = machine::Target::create();
  if (!Target)
    return Target.takeError();
  Collector Found(**Target, Request);
  std::map<std::string, std::vector<const BuiltObject *>> BySource;
  for (const BuiltObject &Object : Request.Objects)
    BySource[Object.Source].push_back(&Object);
  for (const auto &[Source, Objects] : BySource)
    if (llvm::Error E = Found.add(Source, Objects))
      return std::move(E);
  Found.addCounted();
  return std::vector{Found.take(), coroutines(Request)};
}

} // namespace snug::tool
