// One ELF image for x86-64: its sections, functions, symbols and relocations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Image.h"

#include "machine/FrameRanges.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Object/ELF.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/StringSaver.h"

#include <algorithm>
#include <tuple>

namespace snug::machine {
namespace {

namespace elf = llvm::ELF;
using llvm::StringRef;

llvm::StringRef machineName(unsigned Machine) {
  switch (Machine) {
  case elf::EM_AARCH64:
    return "AArch64";
  case elf::EM_ARM:
    return "Arm";
  case elf::EM_386:
    return "32-bit x86";
  case elf::EM_RISCV:
    return "RISC-V";
  case elf::EM_PPC64:
    return "PowerPC64";
  case elf::EM_S390:
    return "SystemZ";
  case elf::EM_MIPS:
    return "MIPS";
  case elf::EM_LOONGARCH:
    return "LoongArch";
  default:
    return "";
  }
}

/// Reads the two header fields that decide whether this is ours, before anything is trusted.
llvm::Error checkHeader(StringRef Data) {
  if (Data.size() < 20)
    return llvm::createStringError("the file is truncated: an ELF header is 64 bytes, the file has " +
                                   llvm::Twine(Data.size()));
  auto Byte = [&](size_t I) { return static_cast<std::uint8_t>(Data[I]); };
  bool Little = Byte(elf::EI_DATA) == elf::ELFDATA2LSB;
  unsigned Machine = Little ? Byte(18) + 256U * Byte(19) : 256U * Byte(18) + Byte(19);
  if (Machine == elf::EM_X86_64 && Byte(elf::EI_CLASS) == elf::ELFCLASS64 && Little) {
    if (Data.size() < 64)
      return llvm::createStringError("the file is truncated: an ELF header is 64 bytes, the file has " +
                                     llvm::Twine(Data.size()));
    return llvm::Error::success();
  }
  StringRef Name = machineName(Machine);
  if (Machine == elf::EM_X86_64 && Byte(elf::EI_CLASS) == elf::ELFCLASS32)
    Name = "x32 (x86-64 with 32-bit pointers)";
  return llvm::createStringError("the code is for " +
                                 (Name.empty() ? "ELF machine " + llvm::Twine(Machine) : llvm::Twine(Name)) +
                                 "; only x86-64 is read");
}

/// Declared never to return; what stands behind a call to one of these is another block.
const llvm::StringSet<> &noReturnNames() {
  static const llvm::StringSet<> Names = {
      "__cxa_throw",
      "__cxa_rethrow",
      "__cxa_bad_cast",
      "__cxa_bad_typeid",
      "__cxa_throw_bad_array_new_length",
      "__cxa_call_terminate",
      "__cxa_call_unexpected",
      "__cxa_pure_virtual",
      "__clang_call_terminate",
      "_Unwind_Resume",
      "__stack_chk_fail",
      "__assert_fail",
      "__libc_fatal",
      "abort",
      "exit",
      "_exit",
      "_Exit",
      "quick_exit",
      "_ZSt9terminatev",
      "longjmp",
      "siglongjmp",
      "__longjmp_chk",
      "pthread_exit",
  };
  return Names;
}

} // namespace

llvm::Expected<std::unique_ptr<Image>> Image::create(llvm::MemoryBufferRef Buffer, std::string Label) {
  if (llvm::Error E = checkHeader(Buffer.getBuffer()))
    return E;
  auto Parsed = llvm::object::ELFObjectFile<Elf>::create(Buffer, /*InitContent=*/false);
  if (!Parsed)
    return Parsed.takeError();
  std::unique_ptr<Image> I(new Image(std::move(Label)));
  I->Object = std::make_unique<llvm::object::ELFObjectFile<Elf>>(std::move(*Parsed));
  I->Relocatable = I->Object->getELFFile().getHeader().e_type == elf::ET_REL;
  if (llvm::Error E = I->readSections())
    return E;
  if (llvm::Error E = I->readSymbols())
    return E;
  I->collectFunctions();
  return I;
}

llvm::Error Image::readSections() {
  const auto &File = Object->getELFFile();
  auto Headers = File.sections();
  if (!Headers)
    return Headers.takeError();
  Sections.reserve(Headers->size());
  Relocations = std::make_unique<Lazy<std::vector<Relocation>>[]>(Headers->size());
  for (const auto &H : *Headers) {
    Section S;
    auto Name = File.getSectionName(H);
    if (!Name)
      return Name.takeError();
    S.Name = *Name;
    S.Address = Relocatable ? 0 : static_cast<std::uint64_t>(H.sh_addr);
    S.Size = H.sh_size;
    S.IsCode = (H.sh_flags & elf::SHF_EXECINSTR) != 0;
    S.IsGot = S.Name == ".got" || S.Name == ".got.plt";
    if (H.sh_type != elf::SHT_NOBITS && H.sh_type != elf::SHT_NULL &&
        (H.sh_flags & (elf::SHF_ALLOC | elf::SHF_EXCLUDE))) {
      auto Bytes = File.getSectionContents(H);
      if (!Bytes)
        return Bytes.takeError();
      S.Bytes = *Bytes;
    }
    Sections.push_back(S);
  }
  return llvm::Error::success();
}

llvm::Error Image::readSymbols() {
  const auto &File = Object->getELFFile();
  auto Headers = File.sections();
  if (!Headers)
    return Headers.takeError();
  const typename Elf::Shdr *Table = nullptr;
  for (const auto &H : *Headers)
    if (H.sh_type == elf::SHT_SYMTAB || (H.sh_type == elf::SHT_DYNSYM && !Table))
      Table = &H;
  if (!Table)
    return llvm::Error::success();
  auto Entries = File.symbols(Table);
  if (!Entries)
    return Entries.takeError();
  auto Strings = File.getStringTableForSymtab(*Table);
  if (!Strings)
    return Strings.takeError();
  llvm::ArrayRef<typename Elf::Word> Extended;
  for (const auto &H : *Headers)
    if (H.sh_type == elf::SHT_SYMTAB_SHNDX && H.sh_link == static_cast<size_t>(Table - Headers->data())) {
      auto Got = File.getSHNDXTable(H);
      if (!Got)
        return Got.takeError();
      Extended = *Got;
    }
  Symbols.reserve(Entries->size());
  for (size_t I = 0; I != Entries->size(); ++I) {
    const auto &E = (*Entries)[I];
    Symbol S;
    if (E.st_name >= Strings->size() && E.st_name != 0)
      return llvm::createStringError("symbol " + llvm::Twine(I) + " has a name outside of the string table");
    if (E.st_name)
      S.Name = Strings->data() + E.st_name;
    S.Section = E.st_shndx == elf::SHN_XINDEX && I < Extended.size() ? static_cast<std::uint32_t>(Extended[I])
                                                                     : static_cast<std::uint32_t>(E.st_shndx);
    S.Value = E.st_value;
    S.Size = E.st_size;
    S.Type = E.getType();
    S.Binding = E.getBinding();
    Symbols.push_back(S);
  }
  return llvm::Error::success();
}

/// Takes `f.cold` out of the candidates where its `f` is among them, and returns it with the symbol of `f`.
std::vector<std::pair<std::uint32_t, Part>> Image::takeParts(std::vector<Candidate> &All) const {
  constexpr StringRef Ending = ".cold";
  std::vector<std::pair<std::uint32_t, Part>> Taken;
  auto IsPart = [&](const Candidate &C) {
    return Symbols[C.Symbol].Name.ends_with(Ending) && Symbols[C.Symbol].Size != 0;
  };
  llvm::StringMap<std::vector<std::uint32_t>> Wholes;
  for (const Candidate &C : All)
    if (IsPart(C))
      Wholes.try_emplace(Symbols[C.Symbol].Name.drop_back(Ending.size()));
  if (Wholes.empty())
    return Taken;
  for (const Candidate &C : All)
    if (auto It = Wholes.find(Symbols[C.Symbol].Name); It != Wholes.end())
      It->second.push_back(C.Symbol);
  // In a linked file several sources may have an `f` of their own: the symbols of a source stand behind its name.
  std::vector<std::uint32_t> FileOf(Symbols.size(), 0);
  for (std::uint32_t I = 1; I < Symbols.size(); ++I)
    FileOf[I] = Symbols[I].Type == elf::STT_FILE ? I : FileOf[I - 1];
  auto WholeOf = [&](std::uint32_t Symbol) -> std::uint32_t {
    std::uint32_t Local = 0, Global = 0;
    for (std::uint32_t S : Wholes.find(Symbols[Symbol].Name.drop_back(Ending.size()))->second) {
      if (Symbols[S].Binding != elf::STB_LOCAL)
        Global = S;
      else if (FileOf[S] == FileOf[Symbol])
        Local = S;
    }
    return Local ? Local : Global;
  };
  llvm::erase_if(All, [&](const Candidate &C) {
    if (!IsPart(C))
      return false;
    const std::uint32_t Whole = WholeOf(C.Symbol);
    if (!Whole)
      return false;
    const Section &In = Sections[C.Section];
    Taken.push_back(
        {Whole,
         {C.Section, C.Symbol, C.Address, std::min(Symbols[C.Symbol].Size, In.Address + In.Bytes.size() - C.Address)}});
    return true;
  });
  return Taken;
}

void Image::collectFunctions() {
  std::vector<Candidate> All;
  for (std::uint32_t I = 1; I < Symbols.size(); ++I) {
    const Symbol &S = Symbols[I];
    if (S.Section == 0 || S.Section >= Sections.size() || !Sections[S.Section].IsCode || S.Name.empty())
      continue;
    bool IsFunction = S.Type == elf::STT_FUNC || S.Type == elf::STT_GNU_IFUNC;
    // Hand-written assembly often states no type.
    bool IsLabel = Relocatable && S.Type == elf::STT_NOTYPE && !S.Name.starts_with(".L");
    const Section &In = Sections[S.Section];
    if ((!IsFunction && !IsLabel) || S.Value < In.Address || S.Value - In.Address >= In.Bytes.size())
      continue;
    unsigned Rank = S.Binding == elf::STB_GLOBAL ? 0 : S.Binding == elf::STB_WEAK ? 1 : 2;
    All.push_back({S.Section, S.Value, Rank + (IsFunction ? 0U : 4U), I});
  }
  llvm::sort(All, [](const Candidate &A, const Candidate &B) {
    return std::tie(A.Section, A.Address, A.Rank, A.Symbol) < std::tie(B.Section, B.Address, B.Rank, B.Symbol);
  });
  std::vector<std::pair<std::uint32_t, Part>> Moved = takeParts(All);
  llvm::DenseMap<std::uint32_t, std::uint32_t> FunctionOf; // by symbol; filled for those that parts belong to
  for (const auto &[Whole, P] : Moved)
    FunctionOf.try_emplace(Whole, ~0U);
  Functions.reserve(All.size());
  Names.reserve(All.size());
  for (size_t I = 0; I != All.size();) {
    Function F;
    F.Section = All[I].Section;
    F.Address = All[I].Address;
    F.FirstName = static_cast<std::uint32_t>(Names.size());
    bool OnlyLabels = All[I].Rank >= 4;
    size_t J = I;
    for (; J != All.size() && All[J].Section == F.Section && All[J].Address == F.Address; ++J) {
      F.Size = std::max(F.Size, Symbols[All[J].Symbol].Size);
      Names.push_back(All[J].Symbol);
    }
    F.NameCount = static_cast<std::uint32_t>(J - I);
    const Section &In = Sections[F.Section];
    const std::uint64_t Rest = In.Address + In.Bytes.size() - F.Address;
    const bool Inside = OnlyLabels && !Functions.empty() && Functions.back().Section == F.Section &&
                        F.Address < Functions.back().Address + Functions.back().Size;
    if (F.Size == 0) {
      F.SizeIsGuessed = true;
      F.Size = J != All.size() && All[J].Section == F.Section ? All[J].Address - F.Address : Rest;
    }
    F.Size = std::min(F.Size, Rest);
    if (!Inside) {
      for (size_t N = I; N != J && !Moved.empty(); ++N)
        if (auto It = FunctionOf.find(All[N].Symbol); It != FunctionOf.end())
          It->second = static_cast<std::uint32_t>(Functions.size());
      Functions.push_back(F);
    }
    I = J;
  }
  for (auto &[Whole, P] : Moved)
    Whole = FunctionOf[Whole];
  llvm::sort(Moved, [](const auto &A, const auto &B) {
    return std::tie(A.first, A.second.Section, A.second.Address) <
           std::tie(B.first, B.second.Section, B.second.Address);
  });
  for (const auto &[Of, P] : Moved) {
    if (Of == ~0U)
      continue;
    Function &F = Functions[Of];
    if (F.PartCount++ == 0)
      F.FirstPart = static_cast<std::uint32_t>(Parts.size());
    Parts.push_back(P);
  }
}

llvm::Error Image::addUnnamed() {
  if (Relocatable)
    return llvm::Error::success();
  std::vector<CodeRange> Known;
  for (const Function &F : Functions)
    Known.push_back({F.Address, F.Size});
  for (const Part &P : Parts)
    Known.push_back({P.Address, P.Size});
  llvm::sort(Known, [](const CodeRange &A, const CodeRange &B) { return A.Address < B.Address; });
  const StringRef File = llvm::sys::path::filename(Label);
  llvm::StringSaver Saver(GivenNames);
  for (const Section &Frames : Sections) {
    if (Frames.Name != ".eh_frame" || Frames.Bytes.empty())
      continue;
    auto Ranges = readFrameRanges(Frames.Bytes, Frames.Address);
    if (!Ranges)
      return Ranges.takeError();
    std::uint64_t End = 0; // of the one before: damaged tables may overlap
    for (const CodeRange &R : *Ranges) {
      const Section *In = sectionAt(R.Address);
      if (!In || !In->IsCode || In->Name.starts_with(".plt") || R.Address < End ||
          R.Size > In->Bytes.size() - std::min<std::uint64_t>(In->Bytes.size(), R.Address - In->Address))
        continue;
      End = R.Address + R.Size;
      auto Next =
          llvm::upper_bound(Known, R.Address, [](std::uint64_t A, const CodeRange &K) { return A < K.Address; });
      const bool StartsInside = Next != Known.begin() && R.Address - Next[-1].Address < Next[-1].Size;
      if (StartsInside || (Next != Known.end() && Next->Address < End))
        continue;
      Symbol S;
      S.Name = Saver.save(File + "+0x" + llvm::Twine::utohexstr(R.Address));
      S.Section = static_cast<std::uint32_t>(In - Sections.data());
      S.Value = R.Address;
      S.Size = R.Size;
      S.Type = elf::STT_FUNC;
      S.Binding = elf::STB_LOCAL;
      if (Symbols.empty())
        Symbols.emplace_back(); // the first symbol of any file is none
      Function F;
      F.Section = S.Section;
      F.Address = S.Value;
      F.Size = S.Size;
      F.FirstName = static_cast<std::uint32_t>(Names.size());
      F.NameCount = 1;
      Names.push_back(static_cast<std::uint32_t>(Symbols.size()));
      Symbols.push_back(S);
      Functions.push_back(F);
    }
  }
  llvm::sort(Functions, [](const Function &A, const Function &B) {
    return std::tie(A.Section, A.Address) < std::tie(B.Section, B.Address);
  });
  return llvm::Error::success();
}

llvm::ArrayRef<std::uint8_t> Image::bytesOf(const Function &F) const {
  const Section &S = Sections[F.Section];
  return S.Bytes.slice(static_cast<size_t>(F.Address - S.Address), static_cast<size_t>(F.Size));
}

llvm::ArrayRef<std::uint8_t> Image::bytesOf(const Part &P) const {
  const Section &S = Sections[P.Section];
  return S.Bytes.slice(static_cast<size_t>(P.Address - S.Address), static_cast<size_t>(P.Size));
}

std::vector<std::uint8_t> Image::allBytesOf(const Function &F) const {
  std::vector<std::uint8_t> All = bytesOf(F).vec();
  for (const Part &P : partsOf(F))
    llvm::append_range(All, bytesOf(P));
  return All;
}

llvm::ArrayRef<Relocation> Image::relocationsOf(std::uint32_t SectionIndex) const {
  if (!Relocatable || SectionIndex >= Sections.size())
    return {};
  auto &Slot = Relocations[SectionIndex];
  std::call_once(Slot.Once, [&] { readRelocations(SectionIndex, Slot.Value); });
  return Slot.Value;
}

void Image::readRelocations(std::uint32_t SectionIndex, std::vector<Relocation> &To) const {
  const auto &File = Object->getELFFile();
  auto Headers = File.sections();
  if (!Headers) {
    llvm::consumeError(Headers.takeError());
    return;
  }
  for (const auto &H : *Headers) {
    if (H.sh_type != elf::SHT_RELA || H.sh_info != SectionIndex)
      continue;
    auto Entries = File.relas(H);
    if (!Entries) {
      llvm::consumeError(Entries.takeError());
      continue;
    }
    for (const auto &R : *Entries)
      if (R.getSymbol(false) < Symbols.size())
        To.push_back({R.r_offset, R.getType(false), R.getSymbol(false), R.r_addend});
  }
  llvm::sort(To, [](const Relocation &A, const Relocation &B) {
    return std::tie(A.Offset, A.Type, A.Symbol) < std::tie(B.Offset, B.Type, B.Symbol);
  });
}

std::optional<std::uint64_t> Image::placeIn(const Function &F, const Reference &R) const {
  if (R.What == Reference::Kind::None)
    return std::nullopt;
  std::uint32_t In = R.Section;
  std::uint64_t Address = static_cast<std::uint64_t>(R.Offset);
  if (R.What == Reference::Kind::Symbol) {
    In = Symbols[R.Symbol].Section;
    Address += Symbols[R.Symbol].Value;
  }
  auto Holds = [&](const auto &Stretch) {
    return (!Relocatable || Stretch.Section == In) && Address - Stretch.Address < Stretch.Size;
  };
  if (Holds(F))
    return Address;
  std::uint64_t Place = F.Address + F.Size;
  for (const Part &P : partsOf(F)) {
    if (Holds(P))
      return Place + (Address - P.Address);
    Place += P.Size;
  }
  return std::nullopt;
}

const Section *Image::sectionAt(std::uint64_t Address) const {
  if (Relocatable)
    return nullptr;
  for (const Section &S : Sections)
    if (S.Address && Address >= S.Address && Address - S.Address < S.Size)
      return &S;
  return nullptr;
}

void Image::readAddresses(std::vector<Located> &To) const {
  for (std::uint32_t I = 1; I < Symbols.size(); ++I) {
    const Symbol &S = Symbols[I];
    if (S.Section != 0 && S.Section < Sections.size() && !S.Name.empty() && S.Type != elf::STT_TLS &&
        S.Type != elf::STT_FILE && S.Type != elf::STT_SECTION)
      To.push_back({S.Value, I});
  }
  llvm::sort(To, [](const Located &A, const Located &B) {
    return std::tie(A.Address, A.Symbol) < std::tie(B.Address, B.Symbol);
  });
}

/// PLT entries by address, and GOT slots by address from the dynamic relocations: what calls and GOT loads name.
void Image::readStubs(llvm::DenseMap<std::uint64_t, StringRef> &To) const {
  const auto &File = Object->getELFFile();
  if (auto Headers = File.sections()) {
    for (const auto &H : *Headers) {
      if (H.sh_type != elf::SHT_RELA || H.sh_link >= Headers->size())
        continue;
      const auto &Table = (*Headers)[H.sh_link];
      if (Table.sh_type != elf::SHT_DYNSYM)
        continue;
      auto Entries = File.relas(H);
      auto Dynamic = File.symbols(&Table);
      auto Strings = File.getStringTableForSymtab(Table);
      if (Entries && Dynamic && Strings)
        for (const auto &R : *Entries) {
          std::uint32_t Index = R.getSymbol(false);
          if (Index && Index < Dynamic->size() && (*Dynamic)[Index].st_name < Strings->size())
            To.try_emplace(R.r_offset, Strings->data() + (*Dynamic)[Index].st_name);
        }
      if (!Entries)
        llvm::consumeError(Entries.takeError());
      if (!Dynamic)
        llvm::consumeError(Dynamic.takeError());
      if (!Strings)
        llvm::consumeError(Strings.takeError());
    }
  } else {
    llvm::consumeError(Headers.takeError());
  }
  // A PLT entry jumps through its GOT slot: ff 25 disp32. Entries are 16 bytes, in .plt.got 8 or 16.
  for (const Section &S : Sections) {
    if (!S.Name.starts_with(".plt"))
      continue;
    const std::uint64_t EntrySize = S.Name == ".plt.got" && S.Size % 16 != 0 ? 8 : 16;
    for (size_t I = 0; I + 6 <= S.Bytes.size(); ++I) {
      if (S.Bytes[I] != 0xff || S.Bytes[I + 1] != 0x25)
        continue;
      const std::uint64_t End = S.Address + I + 6;
      const auto Displacement = static_cast<std::int32_t>(llvm::support::endian::read32le(&S.Bytes[I + 2]));
      auto Slot = To.find(End + static_cast<std::uint64_t>(static_cast<std::int64_t>(Displacement)));
      if (Slot != To.end()) {
        StringRef Name = Slot->second;
        To.try_emplace(S.Address + I / EntrySize * EntrySize, Name);
      }
    }
  }
}

StringRef Image::symbolAt(const Reference &R, std::int64_t &Offset) const {
  Offset = R.Offset;
  std::uint64_t Address = static_cast<std::uint64_t>(R.Offset);
  std::uint32_t InSection = R.Section;
  if (R.What == Reference::Kind::None || (R.What == Reference::Kind::Address && Relocatable && !R.Section))
    return "";
  if (R.What == Reference::Kind::Symbol) {
    const Symbol &S = Symbols[R.Symbol];
    if (!S.Name.empty())
      return S.Name;
    // A section symbol: name what lies there, else the section.
    InSection = S.Section;
    Address += S.Value;
  }
  std::call_once(Addresses.Once, [&] { readAddresses(Addresses.Value); });
  auto After = llvm::upper_bound(Addresses.Value, Address,
                                 [](std::uint64_t Value, const Located &L) { return Value < L.Address; });
  // Several symbols share addresses; in objects also those of other sections.
  for (auto It = After; It != Addresses.Value.begin();) {
    --It;
    const Symbol &S = Symbols[It->Symbol];
    if (InSection && S.Section != InSection)
      continue;
    if (Address == S.Value || Address - S.Value < S.Size) {
      Offset = static_cast<std::int64_t>(Address - S.Value);
      return S.Name;
    }
    if (Address - S.Value > 4096)
      break;
  }
  if (InSection)
    return InSection < Sections.size() ? Sections[InSection].Name : "";
  if (Relocatable)
    return "";
  std::call_once(Stubs.Once, [&] { readStubs(Stubs.Value); });
  auto Stub = Stubs.Value.find(Address);
  if (Stub == Stubs.Value.end())
    return "";
  Offset = 0;
  return Stub->second;
}

bool Image::isNoReturn(const Reference &R) const {
  if (R.What == Reference::Kind::None)
    return false;
  std::int64_t Offset = 0;
  StringRef Name = symbolAt(R, Offset);
  return noReturnNames().contains(Name) || (Name.starts_with("_ZSt") && Name.contains("__throw_"));
}

} // namespace snug::machine
