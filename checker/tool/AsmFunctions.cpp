// The functions that a command on machine code is about: opening files, filtering by name, analysing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/AsmFunctions.h"

#include "core/Portions.h"
#include "core/Text.h"
#include "machine/Names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/ELF.h"

namespace snug::tool {

using namespace machine;

llvm::Expected<std::vector<Input>> openAll(const Target &T, llvm::ArrayRef<std::string> Paths, bool WithUnnamed) {
  std::vector<Input> Inputs;
  for (const std::string &Path : Paths) {
    auto In = WithUnnamed ? Input::openWithUnnamed(T, Path) : Input::open(T, Path);
    if (!In)
      return llvm::createStringError("cannot read '" + Path + "': " + llvm::toString(In.takeError()));
    Inputs.push_back(std::move(*In));
  }
  return Inputs;
}

llvm::Expected<FunctionFilter> FunctionFilter::create(llvm::StringRef Option, llvm::StringRef Pattern) {
  FunctionFilter F;
  F.Option = Option.str();
  F.Pattern = Pattern.str();
  F.Regex.emplace(Pattern);
  std::string Why;
  if (!F.Regex->isValid(Why))
    return llvm::createStringError("--" + Option + "='" + Pattern + "' is no regex: " + Why);
  return F;
}

bool FunctionFilter::accepts(const Image &I, const Function &F) const {
  auto Matches = [&](std::uint32_t S) {
    llvm::StringRef Name = I.symbols()[S].Name;
    return Regex->match(Name) || (Name.starts_with("_Z") && Regex->match(demangle(Name)));
  };
  return !Regex || llvm::any_of(I.namesOf(F), Matches) ||
         llvm::any_of(I.partsOf(F), [&](const Part &P) { return Matches(P.Symbol); });
}

llvm::Error FunctionFilter::nothingMatches(llvm::ArrayRef<Input> Inputs) const {
  // Of a name in a message: an instantiation's own can be thousands of characters long.
  constexpr std::size_t LongestName = 100;
  const std::string Where = Inputs.size() == 1 ? " in '" + Inputs[0].Path + "'" : "";
  std::vector<std::string> Names;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &F : I->functions())
        if (Names.size() < 20000)
          Names.push_back(demangle(I->nameOf(F)));
  std::string Hint;
  for (const std::string &Near : nearest(Pattern, Names))
    Hint += (Hint.empty() ? "; there is '" : ", '") + shorten(Near, LongestName) + "'";
  return llvm::createStringError("no function" + Where + " matches --" + Option + "='" + Pattern + "'" + Hint);
}

std::vector<SelectedFunction> select(llvm::ArrayRef<Input> Inputs, const FunctionFilter &F) {
  std::vector<SelectedFunction> All;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &Fn : I->functions())
        if (F.accepts(*I, Fn))
          All.push_back({I.get(), &Fn, {}});
  return All;
}

static std::uint64_t sizeOfParts(const Image &I, const Function &F) {
  std::uint64_t Size = 0;
  for (const Part &P : I.partsOf(F))
    Size += P.Size;
  return Size;
}

std::vector<std::string> whatIsMissing(llvm::ArrayRef<Input> Inputs) {
  std::vector<std::string> Lines;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images) {
      auto IsLocalFunction = [&](const Symbol &S) {
        return S.Type == llvm::ELF::STT_FUNC && S.Binding == llvm::ELF::STB_LOCAL && !S.Name.empty();
      };
      if (I->isRelocatable() || llvm::any_of(I->symbols(), IsLocalFunction))
        continue;
      std::uint64_t Code = 0, Named = 0;
      for (const Section &S : I->sections())
        Code += S.IsCode ? S.Bytes.size() : 0;
      for (const Function &F : I->functions())
        Named += F.Size + sizeOfParts(*I, F);
      if (Named < Code)
        Lines.push_back("'" + I->label().str() + "' has no local symbols (stripped?): " + std::to_string(Code - Named) +
                        " of " + std::to_string(Code) +
                        " bytes of code lie in no function with a name and are left out; --unnamed shows them");
    }
  return Lines;
}

FunctionReport Describer::describe(const SelectedFunction &S) {
  if (!Current)
    Current.emplace(T, *S.In);
  Current->setImage(*S.In);
  return machine::describe(*Current, *S.What, /*WithDetails=*/true, Labels);
}

void analyzeAll(const Target &T, llvm::MutableArrayRef<SelectedFunction> All, unsigned Jobs) {
  // Small portions, so that a long function at the end keeps nobody waiting; neighbours, so that images change seldom.
  constexpr std::size_t PortionSize = 64;
  shareOut(All.size(), PortionSize, Jobs, [&](Portions &Left) {
    if (All.empty())
      return;
    Analyzer A(T, *All.front().In);
    for (std::size_t First, End; Left.take(First, End);)
      for (SelectedFunction &S : All.slice(First, End - First)) {
        A.setImage(*S.In);
        S.Figures = A.analyze(*S.What, /*WithEntryWay=*/false);
      }
  });
}

} // namespace snug::tool
