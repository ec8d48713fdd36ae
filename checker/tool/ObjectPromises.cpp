// What objects promise, and what the machine code of promised functions does.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ObjectPromises.h"

#include "machine/Inputs.h"
#include "machine/Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/ObjectFile.h"

namespace snug::tool {
namespace {

using llvm::object::Archive;
using llvm::object::ObjectFile;

llvm::Error failure(llvm::StringRef Path, llvm::Error Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "'" + Path + "' cannot be read: " + llvm::toString(std::move(Why)));
}

llvm::Error addFacts(const ObjectFile &Object, facts::Facts &To) {
  for (const llvm::object::SectionRef &Section : Object.sections()) {
    llvm::Expected<llvm::StringRef> Name = Section.getName();
    if (!Name)
      return Name.takeError();
    if (*Name != facts::SectionName)
      continue;
    llvm::Expected<llvm::StringRef> Contents = Section.getContents();
    if (!Contents)
      return Contents.takeError();
    llvm::Expected<facts::Facts> Here = facts::read(*Contents);
    if (!Here)
      return Here.takeError();
    llvm::append_range(To.Layouts, Here->Layouts);
    llvm::append_range(To.Functions, Here->Functions);
  }
  return llvm::Error::success();
}

/// Calls `Handle` for the object in `Path`, or for each object among an archive's members.
llvm::Error forEachObject(llvm::StringRef Path, llvm::function_ref<llvm::Error(const ObjectFile &)> Handle) {
  llvm::Expected<llvm::object::OwningBinary<llvm::object::Binary>> File = llvm::object::createBinary(Path);
  if (!File)
    return File.takeError();
  if (const auto *Object = llvm::dyn_cast<ObjectFile>(File->getBinary()))
    return Handle(*Object);
  const auto *Members = llvm::dyn_cast<Archive>(File->getBinary());
  if (!Members)
    return llvm::createStringError("it is neither an object nor an archive");
  llvm::Error E = llvm::Error::success();
  for (const Archive::Child &Member : Members->children(E)) {
    llvm::Expected<std::unique_ptr<llvm::object::Binary>> Inside = Member.getAsBinary();
    if (!Inside) {
      llvm::consumeError(Inside.takeError());
      continue;
    }
    if (const auto *Object = llvm::dyn_cast<ObjectFile>(Inside->get()))
      if (llvm::Error Failed = Handle(*Object)) {
        llvm::consumeError(std::move(E));
        return Failed;
      }
  }
  return E;
}

bool hasCodeOfX86(llvm::StringRef Path) {
  bool Found = false;
  llvm::consumeError(forEachObject(Path, [&](const ObjectFile &Object) {
    Found |= Object.getArch() == llvm::Triple::x86_64 && Object.isELF();
    return llvm::Error::success();
  }));
  return Found;
}

/// The figures that every function's entry has, and those that are stated on it.
void putFigures(facts::LockEntry &Entry, const machine::FunctionReport &Report) {
  llvm::StringSet<> Wanted;
  for (llvm::StringRef Name : {"loads", "stores", "chain", "spills", "calls"})
    Wanted.insert(Name);
  for (const facts::StatedFigure &Stated : Entry.Stated)
    Wanted.insert(Stated.Name.What->Name);
  for (const machine::MetricName &Metric : machine::metricNames())
    if (Wanted.contains(Metric.Name))
      Entry.Figures.push_back({Metric.Name, Metric.Get(Report.Figures)});
  for (const machine::AccessDetail &Load : Report.Loads)
    if (Load.Class != machine::AccessClass::Spill)
      Entry.Accesses.push_back("load " + Load.Path);
  for (const machine::AccessDetail &Store : Report.Stores)
    if (Store.Class != machine::AccessClass::Stack)
      Entry.Accesses.push_back("store " + Store.Path);
}

} // namespace

bool isObject(llvm::StringRef Path) {
  llvm::file_magic Magic;
  return !llvm::identify_magic(Path, Magic) && Magic != llvm::file_magic::unknown;
}

llvm::Expected<facts::Facts> factsIn(llvm::StringRef Path) {
  facts::Facts Result;
  if (llvm::Error E = forEachObject(Path, [&](const ObjectFile &Object) { return addFacts(Object, Result); }))
    return failure(Path, std::move(E));
  return Result;
}

llvm::Error measure(facts::Lock &Entries, llvm::StringRef Path) {
  auto Waits = [](const facts::LockEntry &E) { return !E.isMeasured(); };
  if (llvm::none_of(Entries, Waits) || !hasCodeOfX86(Path))
    return llvm::Error::success();
  llvm::Expected<std::unique_ptr<machine::Target>> Target = machine::Target::create();
  if (!Target)
    return Target.takeError();
  llvm::Expected<machine::Input> Input = machine::Input::open(**Target, Path);
  if (!Input) {
    // An object without any function: what was promised was dropped from it.
    llvm::consumeError(Input.takeError());
    return llvm::Error::success();
  }
  for (const std::unique_ptr<machine::Image> &Image : Input->Images) {
    machine::Analyzer Analyzer(**Target, *Image);
    for (const machine::Function &Function : Image->functions())
      for (std::uint32_t Symbol : Image->namesOf(Function))
        for (facts::LockEntry &Entry : Entries)
          if (Waits(Entry) && Entry.Symbol == Image->symbols()[Symbol].Name)
            putFigures(Entry, machine::describe(Analyzer, Function, /*WithDetails=*/true));
  }
  return llvm::Error::success();
}

} // namespace snug::tool
