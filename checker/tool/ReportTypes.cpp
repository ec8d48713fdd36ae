// The types of a report: gathered from sources, objects and lock files, the same type's layouts side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ReportTypes.h"

#include "core/Html.h"
#include "core/Text.h"
#include "facts/LockDiff.h"
#include "layout/Picture.h"
#include "layout/Writers.h"
#include "rules/FactCollector.h"
#include "rules/StatedExpectations.h"
#include "tool/Database.h"
#include "tool/ObjectPromises.h"
#include "tool/Promises.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <set>
#include <tuple>

namespace snug::tool {
namespace {

using html::escaped;

/// Of a name in the list.
constexpr std::size_t LongestName = 110;
/// Of a name anywhere: an instantiation's own can be many thousands of characters long.
constexpr std::size_t LongestFullName = 1200;

/// What each command of one file has that not all of them have; output files tell nothing.
std::vector<std::string> labelsOf(llvm::ArrayRef<clang::tooling::CompileCommand> Commands) {
  auto Telling = [](llvm::StringRef Argument) {
    return Argument.starts_with("-") && !Argument.starts_with("-o") && !Argument.starts_with("-M");
  };
  std::map<llvm::StringRef, std::size_t> Times;
  for (const clang::tooling::CompileCommand &Command : Commands)
    for (const std::string &Argument : std::set<std::string>(Command.CommandLine.begin(), Command.CommandLine.end()))
      if (auto In = llvm::find(Command.CommandLine, Argument); Telling(*In))
        ++Times[*In];
  std::vector<std::string> Result;
  for (const clang::tooling::CompileCommand &Command : Commands) {
    std::vector<std::string> Own;
    for (const std::string &Argument : Command.CommandLine)
      if (Telling(Argument) && Times[Argument] != Commands.size() && !llvm::is_contained(Own, Argument))
        Own.push_back(Argument);
    Result.push_back(llvm::join(Own, " "));
  }
  return Result;
}

/// Code that was compiled from something else says nothing about the sources of today.
bool isFresh(llvm::StringRef Object, const clang::SourceManager &Sources) {
  std::time_t Newest = 0;
  for (auto File = Sources.fileinfo_begin(); File != Sources.fileinfo_end(); ++File)
    Newest = std::max(Newest, File->first.getModificationTime());
  llvm::sys::fs::file_status Status;
  return !Object.empty() && !llvm::sys::fs::status(Object, Status) && llvm::sys::fs::is_regular_file(Status) &&
         llvm::sys::toTimeT(Status.getLastModificationTime()) >= Newest && isObject(Object);
}

layout::Node nodeOf(const facts::Part &P) {
  layout::Node N;
  N.Name = P.Name;
  N.Type = P.Type;
  const bool IsHidden = P.Name == "(vptr)" || P.Name == "(vbptr)" || P.Name == "(vtordisp)";
  N.Kind = P.Name == "(base)"           ? layout::NodeKind::Base
           : P.Name == "(virtual base)" ? layout::NodeKind::VirtualBase
           : IsHidden                   ? layout::NodeKind::VTablePointer
                                        : layout::NodeKind::Field;
  N.Declaration = N.Kind == layout::NodeKind::Base          ? "base " + P.Type
                  : N.Kind == layout::NodeKind::VirtualBase ? "virtual base " + P.Type
                  : IsHidden                                ? P.Name
                                                            : P.Type + " " + P.Name;
  if (N.Kind == layout::NodeKind::Base || N.Kind == layout::NodeKind::VirtualBase)
    N.Name = P.Type;
  N.OffsetBits = P.OffsetBits;
  N.SizeBits = N.OccupiedBits = N.PaddedBits = P.SizeBits;
  N.IsEmpty = P.SizeBits == 0;
  if (P.Parts.empty() && P.SizeBits)
    N.Values = {{P.OffsetBits, P.OffsetBits + P.SizeBits}};
  std::uint64_t End = 0;
  for (const facts::Part &Inner : P.Parts) {
    // Only members of a union lie one over the other.
    N.IsUnion |= Inner.SizeBits && Inner.OffsetBits < End;
    End = std::max(End, Inner.OffsetBits + Inner.SizeBits);
    N.Children.push_back(nodeOf(Inner));
  }
  return N;
}

/// A lock says less than a source does: no arrays, no value bits within a scalar.
layout::RecordLayout layoutOf(const facts::LockEntry &E) {
  layout::RecordLayout Result;
  Result.Name = E.Name;
  Result.Where = E.Where;
  Result.SizeBytes = Result.DataSizeBytes = Result.NonVirtualSizeBytes = E.SizeBytes;
  Result.AlignBytes = E.AlignBytes;
  Result.IsStandardLayout = true;
  facts::Part Whole{E.Name, E.Name, 0, E.SizeBytes * 8, E.Parts, E.Where};
  Result.Root = nodeOf(Whole);
  Result.Root.IsEmpty = false;
  layout::placeHoles(Result);
  return Result;
}

/// Two portraits that say the same have the same one.
std::string signatureOf(const rules::Portrait &P) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  layout::writeJson(Out, P.Layout);
  for (const layout::PointerInside &B : P.BackPointers)
    Out << B.Offset << '>' << B.Target << ' ';
  for (const facts::StatedFigure &Figure : P.Stated)
    Out << toString(Figure) << ' ';
  return Text;
}

/// What the filter of the page finds it by, and what stands for it in messages.
const std::string &titleOf(const layout::RecordLayout &L) { return L.Alias.empty() ? L.Name : L.Alias; }

std::string placeOf(const Location &Where) {
  return Where.Line ? Where.File + ":" + std::to_string(Where.Line) : Where.File;
}

/// "-DX" and nothing: the second is "without -DX".
std::string headingOf(const ReportedType &Type, const TypeVariant &V) {
  if (!V.Label.empty())
    return V.Label;
  return Type.Variants.size() == 2 ? "without " + Type.Variants[&V == &Type.Variants[0] ? 1 : 0].Label : "otherwise";
}

facts::LockEntry asEntry(const rules::Portrait &P) {
  facts::LockEntry E;
  E.SizeBytes = P.Layout.SizeBytes;
  E.AlignBytes = P.Layout.AlignBytes;
  E.PaddingBytes = P.Layout.paddingBytes();
  return E;
}

/// "promised: size(24), align(8)", and what of it does not hold.
void writeStated(llvm::raw_ostream &Out, const rules::Portrait &P) {
  if (P.Stated.empty())
    return;
  std::set<std::string> Words;
  std::vector<facts::StatedFigure> OfTheWhole;
  for (const facts::StatedFigure &Figure : P.Stated) {
    Words.insert(toString(Figure));
    if (Figure.Member.empty())
      OfTheWhole.push_back(Figure);
  }
  Out << "<p>promised: <code>" << escaped(llvm::join(Words, " ")) << "</code></p>\n";
  for (const std::string &Broken : facts::brokenPromises(OfTheWhole, asEntry(P)))
    Out << "<p class=\"bad\">" << escaped(Broken) << "</p>\n";
}

void writeVariant(llvm::raw_ostream &Out, const rules::Portrait &P, layout::Palette &Colours) {
  writeStated(Out, P);
  if (!P.BackPointers.empty()) {
    std::uint64_t Bytes = 0;
    for (const layout::PointerInside &B : P.BackPointers)
      Bytes += B.SizeBytes;
    Out << "<p>" << layout::counted(P.BackPointers.size(), "back-pointer") << ", " << layout::counted(Bytes, "byte");
    if (P.SizeWithout && *P.SizeWithout < P.Layout.SizeBytes)
      Out << "; without " << (P.BackPointers.size() == 1 ? "it" : "them") << " it could be "
          << layout::counted(*P.SizeWithout, "byte");
    Out << "</p>\n";
  }
  const layout::Picture Shown = layout::pictureOf(P.Layout, P.BackPointers, Colours);
  layout::writeRecord(Out, P.Layout, Shown, layout::WriteOptions().Depth);
}

std::string bodyOf(const ReportedType &Type) {
  std::string Body;
  llvm::raw_string_ostream Out(Body);
  const layout::RecordLayout &L = Type.main().Shown.Layout;
  if (!L.Alias.empty() || L.Name.size() > LongestName)
    Out << "<p class=\"soft mono wide\">" << escaped(shorten(L.Name, LongestFullName)) << "</p>\n";
  layout::Palette Colours;
  if (Type.Variants.size() == 1) {
    writeVariant(Out, Type.main().Shown, Colours);
    return Body;
  }
  Out << "<div class=\"pair\">\n";
  for (const TypeVariant &V : Type.Variants) {
    Out << "<div>\n<h3>" << escaped(headingOf(Type, V)) << ": " << layout::counted(V.Shown.Layout.SizeBytes, "byte")
        << "</h3>\n";
    writeVariant(Out, V.Shown, Colours);
    Out << "</div>\n";
  }
  Out << "</div>\n";
  return Body;
}

} // namespace

const TypeVariant &ReportedType::main() const {
  auto Plain = llvm::find_if(Variants, [](const TypeVariant &V) { return V.Label.empty(); });
  return Plain == Variants.end() ? Variants.front() : *Plain;
}

const std::string &ReportedType::name() const { return titleOf(main().Shown.Layout); }

llvm::Error TypeCollection::addSources(const TypeRequest &Request) {
  SourceRequest Find;
  Find.Files = Request.Sources;
  Find.BuildPath = Request.BuildPath;
  Find.Flags = Request.Flags;
  Find.EmptyMeansAll = true;
  llvm::Expected<Sources> Units = Sources::find(std::move(Find));
  if (!Units)
    return Units.takeError();
  for (const std::string &Why : Units->left())
    llvm::errs() << "snug: warning: " << Why << '\n';
  for (const std::string &Message : Units->assumed())
    llvm::errs() << "snug: note: " << Message << '\n';
  SourceCount = Units->size();
  if (llvm::Error E = compile(*Units, Request, ""))
    return E;
  if (Request.Beside.empty())
    return llvm::Error::success();
  std::vector<std::size_t> Indices(Units->size());
  for (std::size_t I = 0; I != Indices.size(); ++I)
    Indices[I] = I;
  return compile(Units->adjusted(Indices, clang::tooling::getInsertArgumentAdjuster(
                                              Request.Beside, clang::tooling::ArgumentInsertPosition::END)),
                 Request, llvm::join(Request.Beside, " "));
}

llvm::Error TypeCollection::compile(const Sources &Units, const TypeRequest &Request, llvm::StringRef Label) {
  struct Unit {
    Config Settings;
    rules::RunOptions Run;
    std::vector<std::string> Labels;
    std::size_t Commands = 0;
    std::vector<clang::tooling::CompileCommand> All;
    std::vector<TypeVariant> Found;
    std::vector<BuiltObject> Objects;
    facts::Lock Functions;
  };
  std::vector<Unit> PerUnit(Units.size());
  for (std::size_t I = 0; I != Units.size(); ++I) {
    llvm::Expected<Config> Settings =
        Request.ConfigFile.empty() ? findConfig(Units.file(I)) : readConfig(Request.ConfigFile);
    if (!Settings)
      return Settings.takeError();
    llvm::Expected<rules::RunOptions> Run = rules::runOptionsOf(*Settings);
    if (!Run)
      return Run.takeError();
    PerUnit[I].Settings = std::move(*Settings);
    PerUnit[I].Run = std::move(*Run);
    PerUnit[I].All = Units.commands(I);
    PerUnit[I].Labels = labelsOf(PerUnit[I].All);
  }
  const bool Compiled = Units.forEach(
      [&](clang::ASTContext &AST, std::size_t Index) {
        Unit &U = PerUnit[Index];
        rules::FactOptions Facts;
        Facts.LockedTypes = U.Settings.LockedTypes;
        const facts::Facts Promised = rules::collectFacts(AST, Facts);
        const clang::FileManager &Files = AST.getSourceManager().getFileManager();
        auto Rename = [&](Location &Where) {
          if (!Where.isValid())
            return;
          llvm::SmallString<256> Absolute(Where.File);
          Files.makeAbsolutePath(Absolute);
          Where.File = fromRoot(Absolute, Request.Root);
        };
        std::string Own = U.Commands < U.Labels.size() ? U.Labels[U.Commands] : "";
        if (Label.empty() && U.Commands < U.All.size())
          if (std::string Object = objectOf(U.All[U.Commands]); isFresh(Object, AST.getSourceManager()))
            U.Objects.push_back({std::move(Object), fromRoot(Units.file(Index), Request.Root), Own});
        ++U.Commands;
        facts::Facts OfFunctions;
        OfFunctions.Functions = Promised.Functions;
        llvm::append_range(U.Functions, facts::toLock(OfFunctions));
        if (!Label.empty())
          Own += (Own.empty() ? "" : " ") + Label.str();
        for (rules::Portrait &P : rules::portray(AST, {U.Run, &Promised, Request.Filter})) {
          Rename(P.Layout.Where);
          for (Reason &R : P.Layout.Reasons)
            Rename(R.Where);
          U.Found.push_back({std::move(P), Own});
        }
        rules::ExpectationTable::current().clear();
      },
      Request.Jobs);
  if (!Compiled)
    return llvm::createStringError("nothing was written: not all of the sources compile");
  for (Unit &U : PerUnit) {
    std::move(U.Found.begin(), U.Found.end(), std::back_inserter(All));
    llvm::append_range(Objects, U.Objects);
    llvm::append_range(Functions, U.Functions);
  }
  return llvm::Error::success();
}

void TypeCollection::addLock(const facts::Lock &Entries, const std::function<bool(llvm::StringRef)> &Filter) {
  std::set<facts::Platform> Platforms;
  for (const facts::LockEntry &E : Entries)
    if (E.isType())
      Platforms.insert(E.On);
  for (const facts::LockEntry &E : Entries) {
    if (!E.isType() || (Filter && !Filter(E.Name)))
      continue;
    rules::Portrait P;
    P.Layout = layoutOf(E);
    P.IsPromised = true;
    P.Stated = E.Stated;
    All.push_back({std::move(P), Platforms.size() > 1 ? facts::describe(E.On) : ""});
  }
}

std::vector<ReportedType> TypeCollection::take() {
  std::map<std::pair<std::string, std::string>, std::vector<std::pair<std::string, TypeVariant>>> ByName;
  for (TypeVariant &V : All) {
    auto &Same = ByName[{titleOf(V.Shown.Layout), placeOf(V.Shown.Layout.Where)}];
    std::string Signature = signatureOf(V.Shown);
    auto Known = llvm::find_if(Same, [&](const auto &Other) { return Other.first == Signature; });
    if (Known == Same.end())
      Same.emplace_back(std::move(Signature), std::move(V));
    else if (V.Label.empty())
      Known->second.Label.clear();
  }
  All.clear();
  std::vector<ReportedType> Result;
  for (auto &[Name, Layouts] : ByName) {
    std::set<std::string> Labels;
    for (const auto &[Signature, V] : Layouts)
      Labels.insert(V.Label);
    const bool Together = Labels.size() == Layouts.size();
    for (std::size_t I = 0; I != Layouts.size(); ++I) {
      if (I == 0 || !Together)
        Result.emplace_back();
      Result.back().Variants.push_back(std::move(Layouts[I].second));
    }
    for (ReportedType &Type : llvm::MutableArrayRef(Result).take_back(Together ? 1 : Layouts.size()))
      llvm::sort(Type.Variants, [](const TypeVariant &A, const TypeVariant &B) {
        return std::tie(B.Shown.Layout.SizeBytes, A.Label) < std::tie(A.Shown.Layout.SizeBytes, B.Label);
      });
  }
  return Result;
}

report::HtmlSection typesSection(llvm::ArrayRef<ReportedType> Types) {
  report::HtmlSection Section;
  Section.Id = "types";
  Section.Title = "Types";
  Section.Intro = "Sizes and offsets in bytes. A line unfolds to the map of the bytes and the table of subobjects.";
  Section.Columns = {"size", "padding", "back-pointers", "cache lines"};
  for (const ReportedType &Type : Types) {
    const rules::Portrait &P = Type.main().Shown;
    report::HtmlEntry &E = Section.Entries.emplace_back();
    E.Name = shorten(Type.name(), LongestName);
    E.Place = placeOf(P.Layout.Where);
    E.Figures = {P.Layout.SizeBytes, P.Layout.paddingBytes(), P.BackPointers.size(), P.Layout.cacheLines()};
    E.Notes.resize(E.Figures.size());
    if (Type.Variants.size() > 1) {
      const TypeVariant &Other = Type.Variants.front().Shown.Layout.SizeBytes == P.Layout.SizeBytes
                                     ? Type.Variants.back()
                                     : Type.Variants.front();
      E.Notes[0] = "or " + std::to_string(Other.Shown.Layout.SizeBytes);
      E.Notes[1] = "or " + std::to_string(Other.Shown.Layout.paddingBytes());
      E.Notes[2] = "or " + std::to_string(Other.Shown.BackPointers.size());
      E.Notes[3] = "or " + std::to_string(Other.Shown.Layout.cacheLines());
    }
    if (P.IsPromised)
      E.Tags.push_back("promised");
    if (P.IsOperation)
      E.Tags.push_back("operation state");
    if (llvm::any_of(Type.Variants, [](const TypeVariant &V) { return !V.Shown.BackPointers.empty(); }))
      E.Tags.push_back("back-pointers");
    if (P.Layout.paddingBytes())
      E.Tags.push_back("padding");
    if (Type.Variants.size() > 1)
      E.Tags.push_back("side by side");
    E.Body = bodyOf(Type);
  }
  return Section;
}

} // namespace snug::tool
