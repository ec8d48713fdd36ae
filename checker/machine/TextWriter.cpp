// Functions as text for people.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/TextWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Unicode.h"

namespace snug::machine {

std::string counted(std::uint64_t N, llvm::StringRef Unit) {
  return std::to_string(N) + " " + Unit.str() + (N == 1 ? "" : "s");
}

size_t columns(llvm::StringRef Text) {
  const int Width = llvm::sys::unicode::columnWidthUTF8(Text);
  return Width < 0 ? Text.size() : static_cast<size_t>(Width);
}

std::string fitted(llvm::StringRef Text, size_t Width) {
  size_t Has = columns(Text);
  if (Has <= Width)
    return Text.str() + std::string(Width - Has, ' ');
  // Cut at a character, not inside of one.
  while (!Text.empty() && columns(Text) + 1 > Width) {
    Text = Text.drop_back();
    while (!Text.empty() && (static_cast<unsigned char>(Text.back()) & 0xc0) == 0x80)
      Text = Text.drop_back();
    if (!Text.empty() && (static_cast<unsigned char>(Text.back()) & 0xc0) == 0xc0)
      Text = Text.drop_back();
  }
  std::string Cut = Text.str() + "…";
  return Cut + std::string(Width - std::min(Width, columns(Cut)), ' ');
}

static void writeFigures(llvm::raw_ostream &Out, const Metrics &M) {
  Out << "  " << counted(M.Instructions, "instruction") << ", " << counted(M.Bytes, "byte") << "; frame "
      << counted(M.Frame, "byte") << (M.HasDynamicFrame ? " and a part of variable size" : "") << "\n";
  if (M.ColdInstructions)
    Out << "  of these in the cold part: " << counted(M.ColdInstructions, "instruction") << ", "
        << counted(M.ColdBytes, "byte") << "\n";
  Out << "  loads " << M.Loads << ", chain " << M.Chain << "; stores " << M.Stores << "; spills " << M.Spills
      << "; calls " << M.Calls;
  if (M.IndirectCalls || M.TailCalls)
    Out << " (" << M.IndirectCalls << " indirect, " << M.TailCalls
        << (M.TailCalls == 1 ? " tail call)" : " tail calls)");
  Out << "; cache lines " << M.CacheLines << "\n";
  if (M.PathInstructions != M.Instructions)
    Out << "  longest way: " << counted(M.PathInstructions, "instruction") << ", " << counted(M.PathLoads, "load")
        << ", " << counted(M.PathStores, "store") << "\n";
  if (M.hasEntryWay())
    Out << "  entry way (no branch taken): " << counted(M.EntryInstructions, "instruction") << ", "
        << counted(M.EntryLoads, "load") << " (chain " << M.EntryChain << "), " << counted(M.EntryStores, "store")
        << "\n";
  std::string Classes;
  for (unsigned C = 0; C != AccessClassCount; ++C)
    if (M.ByClass[C] && static_cast<AccessClass>(C) != AccessClass::Memory &&
        static_cast<AccessClass>(C) != AccessClass::Spill)
      Classes +=
          (Classes.empty() ? "" : ", ") + std::to_string(M.ByClass[C]) + " " + toString(static_cast<AccessClass>(C));
  if (!Classes.empty())
    Out << "  of the loads: " << Classes << "\n";
  if (M.Atomics)
    Out << "  " << counted(M.Atomics, "locked instruction") << "\n";
  if (M.HasRepeats)
    Out << "  rep: its loads and stores are counted once, whatever the number of rounds\n";
  if (M.Undecoded)
    Out << "  " << counted(M.Undecoded, "byte") << " did not decode\n";
}

void writeListing(llvm::raw_ostream &Out, const FunctionReport &R, unsigned Width) {
  Out << R.Name << "\n";
  for (const std::string &Alias : R.Aliases)
    Out << "  also " << Alias << "\n";
  writeFigures(Out, R.Figures);
  for (const LoopDetail &L : R.Loops)
    if (L.CarriedLoads)
      Out << "  loop " << L.Label << ": each round adds " << counted(L.CarriedLoads, "load") << " to the chain\n";
  const std::vector<BaseGroup> Groups = groupByBase(R.Loads);
  if (Groups.size() > 1 && Groups.size() <= 6) {
    Out << "  loads from: ";
    for (const BaseGroup &G : Groups)
      Out << (&G == Groups.data() ? "" : ", ") << G.Base << " " << G.Loads;
    Out << "\n";
  }
  const size_t TextWidth = std::clamp<size_t>(Width > 36 ? Width - 36 : 0, 24, 72);
  for (const ListingLine &L : R.Listing) {
    if (!L.Part.empty())
      Out << "  (elsewhere: " << L.Part << ")\n";
    if (L.StartsUnreached)
      Out << "  (not reached from the entry: a landing pad)\n";
    if (!L.Label.empty())
      Out << L.Label << ":\n";
    std::string Mark = L.Load ? "L" + std::to_string(L.Load) : L.IsSpill ? "spill" : "";
    std::string Depth = L.Load ? "^" + std::to_string(L.Depth) : "";
    if (L.Paths.empty())
      Out << "  " << fitted(Mark, 5) << fitted(Depth, 4) << L.Text << "\n";
    else
      Out << "  " << fitted(Mark, 5) << fitted(Depth, 4) << fitted(L.Text, TextWidth) << " " << L.Paths << "\n";
  }
  if (R.Figures.CacheLines)
    Out << "  (cache lines: each base taken to be aligned to 64 bytes)\n";
}

void writeEstimate(llvm::raw_ostream &Out, const Estimate &E) {
  const double Runs = Estimate::Runs;
  Out << llvm::format("  estimate for %s (llvm-mca; nothing is measured): %u cycles for %u runs, %.1f a run; "
                      "%u micro-operations, %.2f instructions a cycle\n",
                      E.Processor.c_str(), E.Cycles, Estimate::Runs, E.Cycles / Runs, E.MicroOps,
                      E.Cycles ? E.Instructions * Runs / E.Cycles : 0.0);
  if (E.LeftOut)
    Out << "  the model does not know " << counted(E.LeftOut, "instruction") << ": left out\n";
}

void writeTable(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionReport> Rows, const Metrics &Total, size_t Functions,
                unsigned Width) {
  const bool HasEntryWays = llvm::any_of(Rows, [](const FunctionReport &R) { return R.Figures.hasEntryWay(); });
  auto Row = [&](const Metrics &M, llvm::StringRef Name, bool IsTotal = false) {
    Out << llvm::format("%7u %8llu %6u %6u %6u %6u %6u %6u  ", M.Instructions, static_cast<unsigned long long>(M.Bytes),
                        M.Loads, M.Chain, M.Stores, M.Spills, M.Calls, M.CacheLines);
    if (HasEntryWays) {
      const std::string Entry = std::to_string(M.EntryLoads) + "^" + std::to_string(M.EntryChain);
      Out << llvm::format("%6s  ", IsTotal ? "" : Entry.c_str());
    }
    Out << Name << "\n";
  };
  Out << "  insns    bytes  loads  chain stores spills  calls  lines  " << (HasEntryWays ? " entry  " : "")
      << "function\n";
  const size_t Figures = HasEntryWays ? 70 : 62; // columns before the name, and two more
  const size_t NameWidth = Width > Figures + 28 ? Width - Figures : 28;
  for (const FunctionReport &R : Rows)
    Row(R.Figures, Width ? llvm::StringRef(fitted(R.Name, NameWidth)).rtrim() : llvm::StringRef(R.Name));
  if (Functions > Rows.size())
    Out << "  ... " << Functions - Rows.size()
        << " more; narrow with --function=REGEX, or take --format=json for all\n";
  if (Functions > 1)
    Row(Total, std::to_string(Functions) + " functions (chain: the longest)", /*IsTotal=*/true);
  if (HasEntryWays)
    Out << "  (entry: loads^chain of the way from the entry on which no branch is taken)\n";
}

} // namespace snug::machine
