// What objects promise, and what the machine code of promised functions does.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/ObjectPromises.h"

#include "machine/Inputs.h"
#include "machine/Report.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"

namespace snug::tool {
namespace {

using llvm::object::Archive;
using llvm::object::ObjectFile;

llvm::Error failure(llvm::StringRef Path, llvm::Error Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "'" + Path + "' cannot be read: " + llvm::toString(std::move(Why)));
}

llvm::Error addFactsOf(const ObjectFile &Object, llvm::StringRef Unit, facts::FactsReader &To) {
  for (const llvm::object::SectionRef &Section : Object.sections()) {
    llvm::Expected<llvm::StringRef> Name = Section.getName();
    if (!Name)
      return Name.takeError();
    if (*Name != facts::SectionName)
      continue;
    llvm::Expected<llvm::StringRef> Contents = Section.getContents();
    if (!Contents)
      return Contents.takeError();
    if (llvm::Error E = To.add(*Contents, Unit))
      return E;
  }
  return llvm::Error::success();
}

/// "lib.a(member.o)".
std::string memberName(llvm::StringRef Path, const Archive::Child &Member) {
  llvm::Expected<llvm::StringRef> Name = Member.getName();
  if (!Name) {
    llvm::consumeError(Name.takeError());
    return Path.str();
  }
  return (Path + "(" + *Name + ")").str();
}

/// What -flto writes: the section is a variable of the module still.
llvm::Error addFactsOfBitcode(llvm::MemoryBufferRef Bytes, llvm::StringRef Unit, facts::FactsReader &To) {
  llvm::LLVMContext Context;
  llvm::Expected<std::unique_ptr<llvm::Module>> Module = llvm::getLazyBitcodeModule(Bytes, Context);
  if (!Module)
    return Module.takeError();
  for (const llvm::GlobalVariable &Variable : (*Module)->globals())
    if (Variable.getSection() == facts::SectionName && Variable.hasInitializer())
      if (const auto *Data = llvm::dyn_cast<llvm::ConstantDataSequential>(Variable.getInitializer()))
        if (llvm::Error E = To.add(Data->getRawDataValues(), Unit))
          return E;
  return llvm::Error::success();
}

using ContentsHandler = llvm::function_ref<llvm::Error(llvm::MemoryBufferRef Contents, llvm::StringRef Unit)>;

/// Calls `Handle` for the file in `Path`, or for each of an archive's members, with a name for people.
llvm::Error forEachMember(llvm::StringRef Path, ContentsHandler Handle) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> File =
      llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!File)
    return llvm::errorCodeToError(File.getError());
  if (llvm::identify_magic((*File)->getBuffer()) != llvm::file_magic::archive)
    return Handle((*File)->getMemBufferRef(), Path);
  llvm::Expected<std::unique_ptr<Archive>> Members = Archive::create((*File)->getMemBufferRef());
  if (!Members)
    return Members.takeError();
  llvm::Error E = llvm::Error::success();
  for (const Archive::Child &Member : (*Members)->children(E)) {
    llvm::Expected<llvm::MemoryBufferRef> Contents = Member.getMemoryBufferRef();
    llvm::Error Failed = Contents ? Handle(*Contents, memberName(Path, Member)) : Contents.takeError();
    if (Failed) {
      llvm::consumeError(std::move(E));
      return Failed;
    }
  }
  return E;
}

llvm::Error addFactsOf(llvm::MemoryBufferRef Contents, llvm::StringRef Unit, bool IsMember, facts::FactsReader &To) {
  const llvm::file_magic Magic = llvm::identify_magic(Contents.getBuffer());
  if (Magic == llvm::file_magic::bitcode)
    return addFactsOfBitcode(Contents, Unit, To);
  // Archives hold texts, too.
  if (IsMember && Magic == llvm::file_magic::unknown)
    return llvm::Error::success();
  llvm::Expected<std::unique_ptr<ObjectFile>> Object = ObjectFile::createObjectFile(Contents, Magic);
  if (!Object)
    return Object.takeError();
  return addFactsOf(**Object, Unit, To);
}

bool hasCodeOfX86(llvm::StringRef Path) {
  bool Found = false;
  llvm::consumeError(forEachMember(Path, [&](llvm::MemoryBufferRef Contents, llvm::StringRef) {
    if (llvm::identify_magic(Contents.getBuffer()) != llvm::file_magic::bitcode) {
      llvm::Expected<std::unique_ptr<ObjectFile>> Object = ObjectFile::createObjectFile(Contents);
      if (Object)
        Found |= (*Object)->getArch() == llvm::Triple::x86_64 && (*Object)->isELF();
      else
        llvm::consumeError(Object.takeError());
    }
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

llvm::Error addFacts(llvm::StringRef Path, facts::FactsReader &To) {
  if (llvm::Error E = forEachMember(Path, [&](llvm::MemoryBufferRef Contents, llvm::StringRef Unit) {
        return addFactsOf(Contents, Unit, /*IsMember=*/Unit != Path, To);
      }))
    return failure(Path, std::move(E));
  return llvm::Error::success();
}

/// The frames of the coroutines among `Entries`, as the plugin saw them.
static llvm::Error measureFrames(facts::Lock &Entries, llvm::StringRef Path) {
  auto Waits = [](const facts::LockEntry &E) { return E.What == facts::LockEntry::Kind::Coroutine && !E.isMeasured(); };
  if (llvm::none_of(Entries, Waits))
    return llvm::Error::success();
  facts::FactsReader Reader;
  if (llvm::Error E = addFacts(Path, Reader))
    return E;
  for (const facts::CoroutineFrame &Frame : Reader.take().Coroutines)
    for (facts::LockEntry &Entry : Entries)
      if (Waits(Entry) && Entry.Symbol == Frame.Mangled && Entry.On == Frame.On)
        Entry.setFrame(Frame);
  return llvm::Error::success();
}

CodeReader::CodeReader() = default;
CodeReader::~CodeReader() = default;

llvm::Error CodeReader::measure(facts::Lock &Entries, llvm::StringRef Path) {
  if (llvm::Error E = measureFrames(Entries, Path))
    return E;
  auto Waits = [](const facts::LockEntry &E) { return E.What == facts::LockEntry::Kind::Function && !E.isMeasured(); };
  if (llvm::none_of(Entries, Waits) || !hasCodeOfX86(Path))
    return llvm::Error::success();
  if (!Target) {
    llvm::Expected<std::unique_ptr<machine::Target>> Made = machine::Target::create();
    if (!Made)
      return Made.takeError();
    Target = std::move(*Made);
  }
  llvm::Expected<machine::Input> Input = machine::Input::open(*Target, Path);
  if (!Input) {
    // An object without any function: what was promised was dropped from it.
    llvm::consumeError(Input.takeError());
    return llvm::Error::success();
  }
  for (const std::unique_ptr<machine::Image> &Image : Input->Images) {
    machine::Analyzer Analyzer(*Target, *Image);
    for (const machine::Function &Function : Image->functions())
      for (std::uint32_t Symbol : Image->namesOf(Function))
        for (facts::LockEntry &Entry : Entries)
          if (Waits(Entry) && Entry.Symbol == Image->symbols()[Symbol].Name)
            putFigures(Entry, machine::describe(Analyzer, Function, /*WithDetails=*/true));
  }
  return llvm::Error::success();
}

} // namespace snug::tool
