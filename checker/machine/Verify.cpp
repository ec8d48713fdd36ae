// Holding code against its promises, and saying which loads make the difference.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Expectations.h"

#include "core/Portions.h"
#include "core/Text.h"

#include "machine/Names.h"
#include "machine/TextWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <optional>

namespace snug::machine {
namespace {

struct Found {
  const Image *In;
  const Function *What;
  llvm::StringRef Mangled;
};

/// A cheap look at the mangled name first: demangling every name of a large library is most of the time.
bool mayBeNamed(llvm::StringRef Mangled, llvm::StringRef Base) {
  return Base.empty() || !llvm::all_of(Base, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '.'; }) ||
         Base.starts_with("operator") || Mangled.contains(Base);
}

std::vector<Found> lookUp(llvm::ArrayRef<Input> Inputs, llvm::StringRef Asked) {
  std::vector<Found> All;
  // A constructor's mangled name does not hold its own, only that of its class.
  llvm::StringRef Base = baseName(Asked);
  if (qualifiedName(Asked).find("::" + Base.str()) != std::string::npos)
    Base = Base.ltrim('~');
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &F : I->functions())
        for (std::uint32_t S : I->namesOf(F)) {
          llvm::StringRef Mangled = I->symbols()[S].Name;
          if (Mangled == Asked ||
              (mayBeNamed(Mangled, Base) && !Mangled.contains(".cold") && isNamed(Mangled, demangle(Mangled), Asked))) {
            All.push_back({I.get(), &F, Mangled});
            break;
          }
        }
  // The whole mangled or demangled name wins over names that only end like it.
  auto IsExact = [&](const Found &F) { return F.Mangled == Asked || demangle(F.Mangled) == Asked; };
  if (llvm::any_of(All, IsExact))
    llvm::erase_if(All, [&](const Found &F) { return !IsExact(F); });
  return All;
}

Reason note(std::string Text) {
  Reason R;
  R.Text = std::move(Text);
  return R;
}

/// "load 9 at +27 has depth 5: arg0→56→0→0→0→8"
std::string sayAccess(const AccessDetail &A, size_t Number) {
  std::string Text = (A.IsStore                       ? "store "
                      : A.Class == AccessClass::Spill ? "reload "
                                                      : "load ") +
                     std::to_string(Number) + " at +" + std::to_string(A.Offset);
  if (!A.IsStore && A.Class != AccessClass::Spill)
    Text += " has depth " + std::to_string(A.Depth);
  if (A.Class != AccessClass::Memory && A.Class != AccessClass::Spill)
    Text += std::string(" (") + toString(A.Class) + ")";
  return Text + ": " + A.Path;
}

std::string sayStated(const Bound &B) {
  const char *How = B.Operator == Bound::Op::AtMost ? "at most " : B.Operator == Bound::Op::AtLeast ? "at least " : "";
  return How + std::to_string(B.Value) + (B.Value == 1 ? " was stated" : " were stated");
}

Finding makeFinding(const Expectation &E, std::string Message) {
  Finding F;
  F.RuleId = "asm-expectation";
  F.Severity = Level::Error;
  F.Where = E.Where;
  F.Message = std::move(Message);
  return F;
}

Finding notFound(const Expectation &E, llvm::ArrayRef<Input> Inputs) {
  Finding F = makeFinding(E, "no function '" + E.Function + "' in the objects: inlined, discarded or renamed?");
  F.Result = Verdict::Undecided;
  std::vector<std::string> Names;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      for (const Function &Fn : I->functions())
        if (Names.size() < 20000)
          Names.push_back(demangle(I->nameOf(Fn)));
  for (const std::string &Near : nearest(E.Function, Names))
    F.Reasons.push_back(note("there is '" + shorten(Near, 100) + "'"));
  return F;
}

Finding ambiguous(const Expectation &E, llvm::ArrayRef<Found> All) {
  Finding F =
      makeFinding(E, "'" + E.Function + "' names " + std::to_string(All.size()) + " functions; name one of them");
  F.Result = Verdict::Undecided;
  std::vector<std::string> Demangled;
  for (const Found &C : All)
    Demangled.push_back(demangle(C.Mangled));
  for (size_t N = 0; N != All.size() && N != 8; ++N) {
    // C1 and C2 constructors, and what differs in its ABI tag only, demangle alike.
    const bool Clash = llvm::count(Demangled, Demangled[N]) > 1;
    F.Reasons.push_back(note(Clash ? All[N].Mangled.str() : Demangled[N]));
  }
  if (All.size() > 8)
    F.Reasons.push_back(note("and " + std::to_string(All.size() - 8) + " more"));
  return F;
}

} // namespace

std::vector<Reason> explain(const FunctionReport &R, const Bound &B) {
  constexpr size_t MaxNotes = 12;
  llvm::StringRef Name = B.Metric->Name;
  const std::uint64_t Actual = B.actual(R);
  std::vector<std::string> Lines;
  auto Add = [&](llvm::ArrayRef<AccessDetail> List, auto Wanted) {
    size_t Number = 0;
    for (const AccessDetail &A : List) {
      const bool IsSpill = A.Class == AccessClass::Spill && !A.IsStore;
      if (!IsSpill || Name == "spills")
        ++Number;
      if (Wanted(A, IsSpill))
        Lines.push_back(sayAccess(A, Number));
    }
  };
  if (!B.From.empty()) {
    Add(R.Loads, [&](const AccessDetail &A, bool) { return baseOf(A.Path) == B.From; });
  } else if (Name == "chain" || Name == "hops") {
    // The loads that stand deeper than stated; below it, the deepest one.
    const std::uint64_t Stated = B.Value + (Name == "hops");
    Add(R.Loads, [&](const AccessDetail &A, bool IsSpill) {
      return !IsSpill && (Actual > B.Value ? A.Depth > Stated : A.Depth == R.Figures.Chain);
    });
  } else if (Name == "loads" || Name == "path_loads" || Name == "cache_lines") {
    // Followed pointers first: they are what a stored reference costs.
    std::vector<const AccessDetail *> ByDepth;
    for (const AccessDetail &A : R.Loads)
      if (A.Class != AccessClass::Spill)
        ByDepth.push_back(&A);
    for (std::uint32_t Depth = R.Figures.Chain; Depth != 0; --Depth)
      for (size_t N = 0; N != ByDepth.size(); ++N)
        if (ByDepth[N]->Depth == Depth)
          Lines.push_back(sayAccess(*ByDepth[N], N + 1));
    if (Actual > B.Value && Lines.size() > Actual - B.Value && Name == "loads")
      Lines.resize(static_cast<size_t>(Actual - B.Value));
  } else if (Name == "entry_loads" || Name == "entry_chain") {
    Add(R.Loads, [](const AccessDetail &A, bool IsSpill) { return !IsSpill && A.IsOnEntryWay; });
  } else if (Name == "entry_stores") {
    Add(R.Stores, [](const AccessDetail &A, bool) { return A.IsOnEntryWay && A.Class != AccessClass::Stack; });
  } else if (Name == "stores" || Name == "path_stores") {
    Add(R.Stores, [](const AccessDetail &A, bool) { return A.Class != AccessClass::Stack; });
  } else if (Name == "frame_stores") {
    Add(R.Stores, [](const AccessDetail &A, bool) { return A.Class == AccessClass::Stack; });
  } else if (Name == "spills") {
    size_t Number = 0;
    for (const AccessDetail &A : R.Loads)
      if (A.Class == AccessClass::Spill)
        Lines.push_back(sayAccess(A, ++Number));
  } else if (Name.ends_with("_loads") && Name != "implicit_loads") {
    Add(R.Loads, [&](const AccessDetail &A, bool) {
      return (std::string(toString(A.Class)) + "_loads") == Name ||
             (A.Class == AccessClass::Absolute && Name == "static_loads");
    });
  } else if (Name == "calls" || Name == "indirect_calls" || Name == "tail_calls") {
    for (const ListingLine &L : R.Listing)
      if (llvm::StringRef(L.Text).starts_with("call") ||
          (Name != "calls" && llvm::StringRef(L.Text).starts_with("jmp")))
        Lines.push_back("at +" + std::to_string(L.Offset) + ": " + L.Text);
  } else if (Name == "loop_chain") {
    for (const LoopDetail &L : R.Loops)
      Lines.push_back("each round of the loop at " + L.Label + " adds " + counted(L.CarriedLoads, "load"));
  }
  std::vector<Reason> Notes;
  for (const std::string &L : Lines) {
    if (Notes.size() == MaxNotes) {
      Notes.push_back(note("and " + std::to_string(Lines.size() - MaxNotes) + " more"));
      break;
    }
    Notes.push_back(note(L));
  }
  return Notes;
}

std::string sayActual(const Bound &B, const FunctionReport &R) {
  llvm::StringRef Metric = B.Metric->Name;
  const std::uint64_t N = B.actual(R);
  if (!B.From.empty())
    return "has " + counted(N, "load") + " from '" + B.From + "'";
  if (Metric == "chain")
    return "has a chain of " + counted(N, "load");
  if (Metric == "hops")
    return "has a chain of " + counted(N, "hop");
  if (Metric == "frame")
    return "has a frame of " + counted(N, "byte");
  if (Metric == "loop_chain")
    return "adds " + counted(N, "load") + " to the chain in each round of a loop";
  if (Metric == "atomics")
    return "has " + counted(N, "locked instruction");
  const bool OnePath = Metric.consume_front("path_"), OnEntry = Metric.consume_front("entry_");
  if (OnEntry && Metric == "chain")
    return "has a chain of " + counted(N, "load") + " on the way from its entry without a branch taken";
  Metric.consume_back("s");
  std::string Unit = Metric.str();
  std::replace(Unit.begin(), Unit.end(), '_', ' ');
  return "has " + counted(N, Unit) +
         (OnePath   ? " on its longest path"
          : OnEntry ? " on the way from its entry without a branch taken"
                    : "");
}

namespace {

/// What came of one expectation. Threads fill in those of their own.
struct Outcome {
  std::optional<Finding> Unusable;
  std::vector<Found> All;    ///< equal symbols of several objects; empty where it is unusable
  bool NeedsDetails = false; ///< a bound is broken, or only the paths of the accesses say whether it is
};

/// `Kept` is the analyzer of this thread: what it decoded for one expectation serves the next one.
Outcome lookAt(const Target &T, std::optional<Analyzer> &Kept, llvm::ArrayRef<Input> Inputs, const Expectation &E) {
  Outcome O;
  O.All = lookUp(Inputs, E.Function);
  if (O.All.empty()) {
    O.Unusable = notFound(E, Inputs);
    return O;
  }
  std::vector<Found> Distinct = O.All;
  llvm::sort(Distinct, [](const Found &A, const Found &B) { return A.Mangled < B.Mangled; });
  Distinct.erase(std::unique(Distinct.begin(), Distinct.end(),
                             [](const Found &A, const Found &B) { return A.Mangled == B.Mangled; }),
                 Distinct.end());
  if (Distinct.size() > 1) {
    O.Unusable = ambiguous(E, Distinct);
    O.All.clear();
    return O;
  }
  for (const Found &F : O.All) {
    if (!Kept)
      Kept.emplace(T, *F.In);
    Kept->setImage(*F.In);
    const FunctionReport R = describe(*Kept, *F.What, /*WithDetails=*/false);
    O.NeedsDetails |= llvm::any_of(E.Bounds, [&](const Bound &B) { return !B.From.empty() || !B.holds(B.actual(R)); });
  }
  return O;
}

} // namespace

Verification verify(const Target &T, llvm::ArrayRef<Input> Inputs, llvm::ArrayRef<Expectation> Expectations,
                    const llvm::StringSet<> &Configurations, unsigned Jobs) {
  std::vector<const Expectation *> Applicable;
  for (const Expectation &E : Expectations)
    if (E.Configuration.empty() || Configurations.contains(E.Configuration))
      Applicable.push_back(&E);
  std::vector<Outcome> Outcomes(Applicable.size());
  // One at a time: to find one function among all names of a large library is work enough.
  shareOut(Applicable.size(), /*PortionSize=*/1, Jobs, [&](Portions &Left) {
    std::optional<Analyzer> Kept;
    for (size_t First, End; Left.take(First, End);)
      for (size_t N = First; N != End; ++N)
        Outcomes[N] = lookAt(T, Kept, Inputs, *Applicable[N]);
  });

  Verification V;
  for (size_t N = 0; N != Applicable.size(); ++N) {
    const Expectation &E = *Applicable[N];
    Outcome &O = Outcomes[N];
    if (O.Unusable) {
      V.Unusable.push_back(std::move(*O.Unusable));
      continue;
    }
    bool Held = true;
    for (const Found &F : O.All) {
      V.Looked.emplace_back(&E, F.In);
      if (!O.NeedsDetails)
        continue;
      // Not on several threads: listings are printed through the target, which has one context.
      Analyzer A(T, *F.In);
      const FunctionReport R = describe(A, *F.What, /*WithDetails=*/true, E.Labels);
      for (const Bound &B : E.Bounds) {
        if (B.holds(B.actual(R)))
          continue;
        Held = false;
        Finding Broken = makeFinding(E, "'" + E.Function + "' " + sayActual(B, R) + "; " + sayStated(B));
        if (E.Function != R.Name)
          Broken.Reasons.push_back(note("'" + E.Function + "' is '" + R.Name + "' in " + R.In));
        for (Reason &Note : explain(R, B))
          Broken.Reasons.push_back(std::move(Note));
        V.Broken.push_back(std::move(Broken));
      }
    }
    V.Held += Held;
  }
  return V;
}

} // namespace snug::machine
