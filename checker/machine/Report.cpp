// One function as the writers show it: figures, accesses with their paths, and the listing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Report.h"

#include "machine/Names.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

namespace snug::machine {
namespace {

/// Prints instructions with names. LLVM's printer takes symbols only as expressions, and quotes what is no assembler
/// name; so it prints one plain symbol, which is then replaced in the text.
class LinePrinter {
public:
  LinePrinter(const Analyzer &A, const Function &F, llvm::ArrayRef<PathLabel> Called)
      : A(A), F(F), Paths(A.flow().paths(), A.image(), Called), Bytes(A.image().allBytesOf(F)) {
    llvm::MCContext &Context = A.target().context();
    Marker = llvm::MCSymbolRefExpr::create(Context.getOrCreateSymbol(MarkerName), Context);
    for (const Instruction &X : A.code())
      if ((X.Shape == Form::Jump || X.Shape == Form::ConditionalJump) && X.HasTarget)
        Labels[X.Target];
    for (const Block &B : A.graph().blocks())
      if (A.graph().isTableJump(B.End - 1))
        for (std::uint32_t S : A.graph().successors(B))
          Labels[A.code()[A.graph().blocks()[S].First].Address];
    unsigned Number = 0;
    for (auto &[Address, Label] : Labels)
      Label = ".L" + std::to_string(++Number);
  }

  std::string label(std::uint64_t Address) const {
    auto It = Labels.find(Address);
    return It == Labels.end() ? "" : It->second;
  }

  std::string text(const Instruction &X) {
    llvm::MCInst Inst;
    std::uint64_t At = X.Address - F.Address, End = At + X.Size, Size = 0;
    std::string Prefixes;
    for (;; At += Size) {
      Inst.clear();
      if (A.target().disassembler().getInstruction(Inst, Size, llvm::ArrayRef(Bytes).slice(At, End - At),
                                                   F.Address + At, llvm::nulls()) != llvm::MCDisassembler::Success ||
          Size == 0)
        return "(no instruction)";
      if (At + Size >= End)
        break;
      Prefixes += print(Inst, F.Address + At) + " ";
    }
    std::string Name;
    if (X.Shape == Form::CallDirect || X.Shape == Form::Jump || X.Shape == Form::ConditionalJump) {
      Name = X.HasTarget ? label(X.Target) : "";
      if (Name.empty() || X.Shape == Form::CallDirect)
        Name = Paths.reference(X.Operand);
      replace(Inst, 0);
    } else if (X.Operand.What != Reference::Kind::None && X.HasMemory) {
      Name = Paths.reference(X.Operand);
      if (X.Operand.IsGot)
        Name += "@GOT";
      replace(Inst, static_cast<unsigned>(A.target().opcodes()[X.Opcode].Memory) + 3);
    } else if (X.Operand.What != Reference::Kind::None) {
      Name = Paths.reference(X.Operand);
      for (unsigned N = 0; N != Inst.getNumOperands(); ++N)
        if (Inst.getOperand(N).isImm())
          replace(Inst, N);
    }
    std::string Text = Prefixes + print(Inst, X.Address);
    if (size_t Where = Text.find(MarkerName); Where != std::string::npos)
      Text.replace(Where, MarkerName.size(), Name);
    return Text;
  }

  const PathPrinter &paths() const { return Paths; }

private:
  void replace(llvm::MCInst &Inst, unsigned Operand) {
    if (Operand < Inst.getNumOperands() && Inst.getOperand(Operand).isImm())
      Inst.getOperand(Operand) = llvm::MCOperand::createExpr(Marker);
  }

  std::string print(const llvm::MCInst &Inst, std::uint64_t Address) {
    std::string Raw;
    llvm::raw_string_ostream Out(Raw);
    A.target().printer().printInst(&Inst, Address, "", A.target().subtarget(), Out);
    llvm::StringRef Text = llvm::StringRef(Raw).trim();
    std::string Plain;
    for (char C : Text)
      Plain += C == '\t' ? ' ' : C;
    return Plain;
  }

  static constexpr llvm::StringLiteral MarkerName = "snug_reference";
  const Analyzer &A;
  const Function &F;
  PathPrinter Paths;
  std::vector<std::uint8_t> Bytes;
  const llvm::MCExpr *Marker = nullptr;
  std::map<std::uint64_t, std::string> Labels;
};

} // namespace

FunctionReport describe(Analyzer &A, const Function &F, bool WithDetails, llvm::ArrayRef<PathLabel> Labels) {
  FunctionReport R;
  const Image &I = A.image();
  R.Mangled = I.nameOf(F).str();
  R.Name = demangle(R.Mangled);
  R.In = I.label().str();
  for (std::uint32_t S : I.namesOf(F).drop_front())
    R.Aliases.push_back(I.symbols()[S].Name.str());
  std::uint64_t Offset = F.Size;
  for (const Part &P : I.partsOf(F)) {
    R.Parts.push_back({I.symbols()[P.Symbol].Name.str(), Offset, P.Size});
    Offset += P.Size;
  }
  R.Figures = A.analyze(F);
  if (!WithDetails)
    return R;

  LinePrinter Lines(A, F, Labels);
  auto Next = A.flow().accesses().begin();
  const auto End = A.flow().accesses().end();
  std::uint32_t Number = 0;
  llvm::DenseSet<std::uint32_t> Pads;
  bool WasReached = true;
  std::vector<bool> OnEntryWay(A.code().size(), false);
  for (std::uint32_t N : A.entryWay())
    OnEntryWay[N] = true;
  for (const Block &B : A.graph().blocks()) {
    if (WasReached && !B.IsReached)
      Pads.insert(B.First);
    WasReached = B.IsReached;
  }
  for (std::uint32_t N = 0; N != A.code().size(); ++N) {
    const Instruction &X = A.code()[N];
    ListingLine L;
    L.Offset = X.Address - F.Address;
    L.Size = X.Size;
    L.Label = Lines.label(X.Address);
    if (X.StartsPart)
      for (const PartDetail &P : R.Parts)
        if (P.Offset == L.Offset)
          L.Part = P.Name;
    L.StartsUnreached = Pads.contains(N);
    L.Text = Lines.text(X);
    L.StackLoads = stackTraffic(X.Shape).Loads;
    L.StackStores = stackTraffic(X.Shape).Stores;
    L.IsRepeated = X.IsRepeated;
    for (; Next != End && Next->Instruction == N; ++Next) {
      AccessDetail D;
      D.Path = Lines.paths().place(Next->Place);
      D.Offset = L.Offset;
      D.Depth = Next->Depth;
      D.Width = Next->Width;
      D.Class = Next->Class;
      D.IsStore = Next->IsStore;
      D.IsVariable = Next->IsVariable;
      D.IsOnEntryWay = OnEntryWay[N];
      ++(D.IsStore ? L.Stores : L.Loads);
      if (!D.IsStore && D.Class != AccessClass::Spill) {
        ++Number;
        if (!L.Load)
          L.Load = Number;
        L.Depth = std::max(L.Depth, D.Depth);
      }
      L.IsSpill |= D.Class == AccessClass::Spill;
      const bool Repeats =
          D.IsStore && !R.Loads.empty() && R.Loads.back().Offset == D.Offset && R.Loads.back().Path == D.Path;
      if (!Repeats)
        L.Paths += (L.Paths.empty() ? "" : ", ") + D.Path;
      (D.IsStore ? R.Stores : R.Loads).push_back(std::move(D));
    }
    R.Listing.push_back(std::move(L));
  }
  for (const Loop &L : A.flow().loops())
    R.Loops.push_back({Lines.label(A.code()[L.Header].Address), L.CarriedLoads});
  return R;
}

llvm::StringRef baseOf(llvm::StringRef Path) {
  size_t Arrow = Path.rfind("→");
  // "[table]+16" and "stack-8" have no arrow: the name is the base.
  return Path.take_front(Arrow != llvm::StringRef::npos ? Arrow : Path.starts_with("stack") ? 5 : Path.rfind(']') + 1);
}

std::vector<BaseGroup> groupByBase(llvm::ArrayRef<AccessDetail> Loads) {
  std::vector<BaseGroup> Groups;
  for (const AccessDetail &L : Loads) {
    if (L.Class == AccessClass::Spill)
      continue;
    std::string Base = baseOf(L.Path).str();
    auto It = llvm::find_if(Groups, [&](const BaseGroup &G) { return G.Base == Base; });
    if (It == Groups.end())
      It = Groups.insert(Groups.end(), {Base, 0, 0});
    ++It->Loads;
    It->Depth = std::max(It->Depth, L.Depth);
  }
  return Groups;
}

} // namespace snug::machine
