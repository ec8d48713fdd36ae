// One ELF image for x86-64: its sections, functions, symbols and relocations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_IMAGE_H
#define SNUG_CHECKER_MACHINE_IMAGE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace snug::machine {

struct Section {
  llvm::StringRef Name;
  std::uint64_t Address = 0; ///< 0 in relocatable objects
  std::uint64_t Size = 0;
  llvm::ArrayRef<std::uint8_t> Bytes; ///< empty where the file holds none
  bool IsCode = false;
  bool IsGot = false;
};

struct Symbol {
  llvm::StringRef Name; ///< mangled; empty for section symbols
  std::uint32_t Section = 0;
  std::uint64_t Value = 0;
  std::uint64_t Size = 0;
  std::uint8_t Type = 0;
  std::uint8_t Binding = 0;
};

/// A stretch of a function's code that lies elsewhere: what the compiler takes to run seldom (`f.cold`).
struct Part {
  std::uint32_t Section = 0;
  std::uint32_t Symbol = 0;
  std::uint64_t Address = 0;
  std::uint64_t Size = 0;
};

/// All symbols that name one address: aliases are one function. Addresses count from the start of the section in a
/// relocatable object, and are virtual addresses in a linked file.
struct Function {
  std::uint32_t Section = 0;
  std::uint32_t FirstName = 0; ///< index into Image::nameIndices()
  std::uint32_t NameCount = 0;
  std::uint32_t FirstPart = 0; ///< index into Image::parts()
  std::uint32_t PartCount = 0;
  std::uint64_t Address = 0;
  std::uint64_t Size = 0;
  /// The symbol states no size (hand-written assembly): taken to end at the next symbol, padding left out.
  bool SizeIsGuessed = false;
};

struct Relocation {
  std::uint64_t Offset = 0;
  std::uint32_t Type = 0;
  std::uint32_t Symbol = 0;
  std::int64_t Addend = 0;
};

/// What an operand names: a symbol of a relocatable object, or an address of a linked file.
struct Reference {
  enum class Kind : std::uint8_t { None, Symbol, Address } What = Kind::None;
  bool IsGot = false; ///< the operand is the slot of the global offset table that holds the address
  bool IsTls = false;
  std::uint32_t Symbol = 0;
  std::uint32_t Section = 0; ///< of an address in a relocatable object, where each section begins at 0
  std::int64_t Offset = 0;   ///< from the symbol, or the address itself
};

/// Reads one image. Section names are not unique, so everything keeps indices.
///
/// Threads: everything const may be called from several at a time.
/// Undecided when: nothing; what is not a readable x86-64 ELF image is an error that says what it is.
class Image {
public:
  /// `Buffer` must outlive the image. `Label` is how messages name it: "x.o", "lib.a(member.o)".
  static llvm::Expected<std::unique_ptr<Image>> create(llvm::MemoryBufferRef Buffer, std::string Label);

  /// Adds, of a linked file, the functions that no symbol names but the unwinder's tables describe, as `library.so+0x1234`.
  /// To be called before anything is read from the image.
  llvm::Error addUnnamed();

  llvm::StringRef label() const { return Label; }
  bool isRelocatable() const { return Relocatable; }
  llvm::ArrayRef<Section> sections() const { return Sections; }
  llvm::ArrayRef<Symbol> symbols() const { return Symbols; }
  llvm::ArrayRef<Function> functions() const { return Functions; }
  /// The symbols of a function, the one to show first.
  llvm::ArrayRef<std::uint32_t> namesOf(const Function &F) const {
    return llvm::ArrayRef(Names).slice(F.FirstName, F.NameCount);
  }
  llvm::StringRef nameOf(const Function &F) const { return Symbols[Names[F.FirstName]].Name; }
  llvm::ArrayRef<std::uint8_t> bytesOf(const Function &F) const;
  /// What lies elsewhere of a function, by section and address. A name `f.cold` belongs to the `f` of the same file.
  llvm::ArrayRef<Part> partsOf(const Function &F) const {
    return llvm::ArrayRef(Parts).slice(F.FirstPart, F.PartCount);
  }
  llvm::ArrayRef<std::uint8_t> bytesOf(const Part &P) const;
  /// The function and its parts, one behind the other.
  std::vector<std::uint8_t> allBytesOf(const Function &F) const;

  /// Sorted by offset; empty for linked files. Read on first use.
  llvm::ArrayRef<Relocation> relocationsOf(std::uint32_t SectionIndex) const;
  /// Where in a function something lies, as though its parts followed it one behind the other: from Function::Address on.
  std::optional<std::uint64_t> placeIn(const Function &F, const Reference &R) const;
  /// The section that holds a virtual address of a linked file.
  const Section *sectionAt(std::uint64_t Address) const;

  /// The mangled name of what is referred to, without its offset (which goes to `Offset`); empty when nothing names it.
  llvm::StringRef symbolAt(const Reference &R, std::int64_t &Offset) const;
  /// True for the functions that never return by their contract: __cxa_throw, abort, std::terminate, …
  bool isNoReturn(const Reference &R) const;

private:
  using Elf = llvm::object::ELF64LE;
  struct Located {
    std::uint64_t Address;
    std::uint32_t Symbol;
  };
  struct Candidate {
    std::uint32_t Section;
    std::uint64_t Address;
    unsigned Rank; // what is shown first: global, weak, local
    std::uint32_t Symbol;
  };
  explicit Image(std::string L) : Label(std::move(L)) {}
  llvm::Error readSections();
  llvm::Error readSymbols();
  void collectFunctions();
  std::vector<std::pair<std::uint32_t, Part>> takeParts(std::vector<Candidate> &All) const;
  void readRelocations(std::uint32_t SectionIndex, std::vector<Relocation> &To) const;
  void readAddresses(std::vector<Located> &To) const;
  void readStubs(llvm::DenseMap<std::uint64_t, llvm::StringRef> &To) const;

  std::string Label;
  bool Relocatable = false;
  std::unique_ptr<llvm::object::ELFObjectFile<Elf>> Object;
  std::vector<Section> Sections;
  std::vector<Symbol> Symbols;
  std::vector<Function> Functions;
  std::vector<Part> Parts;
  std::vector<std::uint32_t> Names;

  /// Read by whoever needs it first; threads may ask at the same time.
  template <typename T> struct Lazy {
    std::once_flag Once;
    T Value;
  };
  mutable std::unique_ptr<Lazy<std::vector<Relocation>>[]> Relocations; ///< one per section
  mutable Lazy<std::vector<Located>> Addresses;                         ///< of every named symbol, sorted
  mutable Lazy<llvm::DenseMap<std::uint64_t, llvm::StringRef>> Stubs;   ///< PLT entries and GOT slots
  llvm::BumpPtrAllocator GivenNames;                                    ///< of functions without a symbol
};

} // namespace snug::machine

#endif
