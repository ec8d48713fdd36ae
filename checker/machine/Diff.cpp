// Two versions of code side by side.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Diff.h"

#include "machine/Names.h"
#include "machine/TextWriter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <algorithm>
#include <cctype>

namespace snug::machine {
namespace {

llvm::StringRef mnemonicOf(llvm::StringRef Text) {
  return Text.take_until([](char C) { return C == ' '; });
}

/// "mov rcx, qword ptr [rdi + 56]" -> "mov R, qword ptr [R + N]": names become R, numbers N, widths stay.
std::string shapeOf(llvm::StringRef Text) {
  std::string Shape = mnemonicOf(Text).str();
  Text = Text.drop_front(Shape.size());
  while (!Text.empty()) {
    if (llvm::isAlpha(Text[0]) || Text[0] == '.' || Text[0] == '_') {
      llvm::StringRef Word =
          Text.take_while([](char C) { return llvm::isAlnum(C) || C == '.' || C == '_' || C == ':' || C == '@'; });
      const bool IsWidth = Word == "ptr" || Word.ends_with("word") || Word == "byte";
      Shape += IsWidth ? Word.str() : "R";
      Text = Text.drop_front(Word.size());
    } else if (llvm::isDigit(Text[0])) {
      Shape += 'N';
      Text = Text.drop_while([](char C) { return llvm::isAlnum(C); });
    } else {
      Shape += Text[0];
      Text = Text.drop_front();
    }
  }
  return Shape;
}

/// "mov rcx, qword ptr [rdi + 56]" -> "mov r64, qword ptr [r64 + 56]".
std::string withoutRegisters(llvm::StringRef Text) {
  std::string Out;
  while (!Text.empty()) {
    llvm::StringRef Word = Text.take_while(llvm::isAlnum);
    llvm::StringRef Kind = kindOfRegister(Word);
    Out += Kind.empty() ? Word : Kind;
    Text = Text.drop_front(Word.size());
    if (!Text.empty()) {
      Out += Text[0];
      Text = Text.drop_front();
    }
  }
  return Out;
}

std::string comparable(const ListingLine &L, bool IgnoreRegisters) {
  return IgnoreRegisters ? withoutRegisters(L.Text) : L.Text;
}

struct Key {
  std::string Text;
  llvm::StringRef Mnemonic;
  std::string Shape;
};

std::vector<Key> keysOf(llvm::ArrayRef<ListingLine> Lines, bool IgnoreRegisters) {
  std::vector<Key> Keys;
  for (const ListingLine &L : Lines)
    Keys.push_back({comparable(L, IgnoreRegisters), mnemonicOf(L.Text), shapeOf(L.Text)});
  return Keys;
}

int weigh(const Key &A, const Key &B) {
  if (A.Text == B.Text)
    return 6;
  if (A.Mnemonic != B.Mnemonic)
    return 0;
  return A.Shape == B.Shape ? 4 : 1;
}

} // namespace

bool FunctionPair::isSame() const {
  return Before.Listing.size() == After.Listing.size() &&
         std::equal(Before.Listing.begin(), Before.Listing.end(), After.Listing.begin(),
                    [](const ListingLine &A, const ListingLine &B) { return A.Text == B.Text && A.Paths == B.Paths; });
}

std::vector<FunctionPair> pairUp(std::vector<FunctionReport> &Before, std::vector<FunctionReport> &After) {
  std::vector<FunctionPair> Pairs;
  std::vector<FunctionReport> Left;
  llvm::StringMap<size_t> ByName;
  for (size_t N = 0; N != After.size(); ++N)
    ByName.try_emplace(withoutPromotion(After[N].Mangled), N);
  std::vector<bool> Taken(After.size(), false);
  for (FunctionReport &B : Before) {
    auto It = ByName.find(withoutPromotion(B.Mangled));
    if (It != ByName.end() && !Taken[It->second]) {
      Taken[It->second] = true;
      Pairs.push_back({std::move(B), std::move(After[It->second])});
    } else {
      Left.push_back(std::move(B));
    }
  }
  std::vector<FunctionReport> Right;
  for (size_t N = 0; N != After.size(); ++N)
    if (!Taken[N])
      Right.push_back(std::move(After[N]));
  Before = std::move(Left);
  After = std::move(Right);
  if (Before.size() == 1 && After.size() == 1) {
    Pairs.push_back({std::move(Before[0]), std::move(After[0])});
    Before.clear();
    After.clear();
    return Pairs;
  }

  struct Uses {
    unsigned Before = 0, After = 0;
    size_t Where = 0;
  };
  llvm::StringMap<Uses> ByBase;
  for (const FunctionReport &R : Before)
    ++ByBase[baseName(R.Name)].Before;
  for (size_t N = 0; N != After.size(); ++N) {
    Uses &U = ByBase[baseName(After[N].Name)];
    ++U.After;
    U.Where = N;
  }
  Taken.assign(After.size(), false);
  std::erase_if(Before, [&](FunctionReport &R) {
    const Uses &U = ByBase[baseName(R.Name)];
    if (U.Before != 1 || U.After != 1)
      return false;
    Taken[U.Where] = true;
    Pairs.push_back({std::move(R), std::move(After[U.Where])});
    return true;
  });
  size_t N = 0;
  std::erase_if(After, [&](const FunctionReport &) { return Taken[N++]; });
  return Pairs;
}

std::optional<std::vector<Row>> align(llvm::ArrayRef<ListingLine> Before, llvm::ArrayRef<ListingLine> After,
                                      bool IgnoreRegisters) {
  constexpr size_t MaxProduct = 4'000'000;
  std::vector<Row> Rows;
  size_t Head = 0;
  while (Head < Before.size() && Head < After.size() && Before[Head].Text == After[Head].Text)
    ++Head;
  size_t Tail = 0;
  while (Tail < Before.size() - Head && Tail < After.size() - Head &&
         Before[Before.size() - 1 - Tail].Text == After[After.size() - 1 - Tail].Text)
    ++Tail;
  const size_t Height = Before.size() - Head - Tail, Columns = After.size() - Head - Tail;
  if (Height != 0 && Columns > MaxProduct / Height)
    return std::nullopt;
  for (size_t N = 0; N != Head; ++N)
    Rows.push_back({N, N});

  const std::vector<Key> A = keysOf(Before.slice(Head, Height), IgnoreRegisters),
                         B = keysOf(After.slice(Head, Columns), IgnoreRegisters);
  enum Step : std::uint8_t { Both, Up, Left };
  std::vector<std::uint8_t> Steps((Height + 1) * (Columns + 1), Left);
  std::vector<int> Best(Columns + 1, 0), Above;
  // Scores from the ends, so that the walk below runs forward.
  for (size_t R = Height; R-- != 0;) {
    Above = Best;
    Best[Columns] = 0;
    for (size_t C = Columns; C-- != 0;) {
      const int Weight = weigh(A[R], B[C]);
      const int Together = Weight ? Weight + Above[C + 1] : -1, Skip = Above[C], SkipOther = Best[C + 1];
      Step S = Skip >= SkipOther ? Up : Left;
      Best[C] = std::max(Skip, SkipOther);
      if (Together > Best[C] || (Together == Best[C] && Weight == 6)) {
        Best[C] = Together;
        S = Both;
      }
      Steps[R * (Columns + 1) + C] = S;
    }
  }
  for (size_t R = 0, C = 0; R != Height || C != Columns;) {
    const auto S = R == Height ? Left : C == Columns ? Up : static_cast<Step>(Steps[R * (Columns + 1) + C]);
    if (S == Both)
      Rows.push_back({Head + R++, Head + C++});
    else if (S == Up)
      Rows.push_back({Head + R++, std::nullopt});
    else
      Rows.push_back({std::nullopt, Head + C++});
  }
  for (size_t N = Tail; N-- != 0;)
    Rows.push_back({Before.size() - 1 - N, After.size() - 1 - N});
  return Rows;
}

/// "L6  ^3 imul eax, dword ptr [rcx + 8]"; a depth of 1 says nothing new.
static std::string cell(const ListingLine &L, size_t Width) {
  std::string Mark = L.Load ? "L" + std::to_string(L.Load) : L.IsSpill ? "sp" : "";
  std::string Depth = L.Load && L.Depth > 1 ? "^" + std::to_string(L.Depth) : "";
  std::string Text = L.Text;
  const size_t Rest = Width > 7 ? Width - 7 : 0;
  // Too long: the width of the access is the least of what it says.
  for (llvm::StringRef Word : {" ptr", "qword ", "dword "})
    if (size_t At = Text.find(Word.str()); columns(Text) > Rest && At != std::string::npos)
      Text.erase(At, Word.size());
  return fitted(fitted(Mark, 4) + fitted(Depth, 3) + Text, Width);
}

/// The listings in columns.
static void writeColumns(llvm::raw_ostream &Out, const FunctionPair &P, size_t Half) {
  auto Rows = align(P.Before.Listing, P.After.Listing, P.IgnoresRegisters);
  if (!Rows) {
    Out << "  too long to be aligned: " << P.Before.Listing.size() << " and " << P.After.Listing.size()
        << " instructions; the figures alone\n";
    return;
  }
  auto Line = [&](const std::string &L, char Sign, const std::string &R) {
    Out << llvm::StringRef(L + " " + Sign + " " + R).rtrim() << "\n";
  };
  for (const Row &R : *Rows) {
    const ListingLine *L = R.Before ? &P.Before.Listing[*R.Before] : nullptr;
    const ListingLine *A = R.After ? &P.After.Listing[*R.After] : nullptr;
    if ((L && !L->Part.empty()) || (A && !A->Part.empty())) {
      auto Elsewhere = [](const ListingLine *Of) {
        return Of && !Of->Part.empty() ? "(elsewhere: " + Of->Part + ")" : std::string();
      };
      Line(fitted(Elsewhere(L), Half), ' ', Elsewhere(A));
    }
    if ((L && !L->Label.empty()) || (A && !A->Label.empty()))
      Line(fitted(L ? L->Label : "", Half), ' ', A ? A->Label : "");
    const bool IsEqual = L && A && comparable(*L, P.IgnoresRegisters) == comparable(*A, P.IgnoresRegisters);
    const char Sign = !A ? '<' : !L ? '>' : IsEqual ? '=' : '~';
    Line(L ? cell(*L, Half) : std::string(Half, ' '), Sign, A ? cell(*A, Half) : "");
  }
}

void writeDiff(llvm::raw_ostream &Out, const FunctionPair &P, unsigned Width) {
  if (P.Before.Name == P.After.Name)
    Out << P.Before.Name << "\n";
  else if (P.IgnoresRegisters)
    Out << "function: " << P.Before.Name << "\ntwin:     " << P.After.Name << "\n";
  else
    Out << "before: " << P.Before.Name << "\nafter:  " << P.After.Name << "\n";
  const size_t Half = Width > 20 ? (Width - 3) / 2 : 10;
  writeColumns(Out, P, Half);
  auto Sizes = [](const Metrics &M) {
    return "insns " + std::to_string(M.Instructions) + " bytes " + std::to_string(M.Bytes) + " lines " +
           std::to_string(M.CacheLines) + " calls " + std::to_string(M.Calls);
  };
  auto Traffic = [](const Metrics &M) {
    return "loads " + std::to_string(M.Loads) + " chain " + std::to_string(M.Chain) + " stores " +
           std::to_string(M.Stores) + " spills " + std::to_string(M.Spills);
  };
  Out << fitted(Sizes(P.Before.Figures), Half) << " | " << Sizes(P.After.Figures) << "\n";
  Out << fitted(Traffic(P.Before.Figures), Half) << " | " << Traffic(P.After.Figures) << "\n";
  // Where there is one way only, its figures are those of the function.
  if (!P.hasEntryWay())
    return;
  auto Longest = [](const Metrics &M) {
    return "longest way: insns " + std::to_string(M.PathInstructions) + " loads " + std::to_string(M.PathLoads) +
           " stores " + std::to_string(M.PathStores);
  };
  auto Entry = [](const Metrics &M) {
    return "entry way: insns " + std::to_string(M.EntryInstructions) + " loads " + std::to_string(M.EntryLoads) +
           " chain " + std::to_string(M.EntryChain);
  };
  Out << fitted(Longest(P.Before.Figures), Half) << " | " << Longest(P.After.Figures) << "\n";
  Out << fitted(Entry(P.Before.Figures), Half) << " | " << Entry(P.After.Figures) << "\n";
}

void DiffSummary::add(const FunctionPair &P) {
  if (P.isSame()) {
    ++Same;
    return;
  }
  ++Changed;
  Before.add(P.Before.Figures);
  After.add(P.After.Figures);
}

std::string DiffSummary::text() const {
  std::string Text = counted(Changed, "function") + (Changed == 1 ? " differs" : " differ");
  if (Same)
    Text += ", " + std::to_string(Same) + (Same == 1 ? " is" : " are") + " the same";
  if (!Changed && !OnlyBefore && !OnlyAfter)
    return "nothing changed: " + counted(Same, "function") + (Same == 1 ? " is" : " are") + " the same";
  if (OnlyBefore)
    Text += ", " + std::to_string(OnlyBefore) + " only before";
  if (OnlyAfter)
    Text += ", " + std::to_string(OnlyAfter) + " only after";
  if (!Changed)
    return Text;
  std::string Figures;
  auto Add = [&](llvm::StringRef Name, std::uint64_t B, std::uint64_t A) {
    if (A != B)
      Figures += (Figures.empty() ? ": " : ", ") + Name.str() + " " + std::to_string(B) + " → " + std::to_string(A);
  };
  Add("instructions", Before.Instructions, After.Instructions);
  Add("bytes", Before.Bytes, After.Bytes);
  Add("loads", Before.Loads, After.Loads);
  Add("longest chain", Before.Chain, After.Chain);
  Add("stores", Before.Stores, After.Stores);
  Add("spills", Before.Spills, After.Spills);
  Add("calls", Before.Calls, After.Calls);
  return Text + (Figures.empty() ? "; the figures are the same" : Figures);
}

void writeMarkdown(llvm::raw_ostream &Out, llvm::ArrayRef<FunctionPair> Pairs, const DiffSummary &Summary) {
  constexpr size_t Half = 56;
  Out << "**" << Summary.text() << "**\n";
  if (Pairs.empty())
    return;
  std::vector<llvm::StringRef> Columns = {"instructions", "bytes", "loads", "chain", "stores", "spills", "calls"};
  if (llvm::any_of(Pairs, [](const FunctionPair &P) { return P.hasEntryWay(); }))
    Columns.insert(Columns.end(), {"entry_loads", "entry_chain", "entry_instructions"});
  Out << "\n| function |";
  for (llvm::StringRef Name : Columns)
    Out << " " << inWords(Name) << " |";
  Out << "\n|---|";
  for (size_t N = 0; N != Columns.size(); ++N)
    Out << "---:|";
  Out << "\n";
  // Names hold template brackets and bars: as code, with the bars escaped.
  auto Name = [](const FunctionPair &P) {
    std::string Text = P.Before.Name == P.After.Name ? P.Before.Name : P.Before.Name + " → " + P.After.Name;
    for (size_t At = 0; (At = Text.find_first_of("|`", At)) != std::string::npos; At += 2)
      Text.replace(At, 1, Text[At] == '|' ? "\\|" : "''");
    return "`" + Text + "`";
  };
  for (const FunctionPair &P : Pairs) {
    Out << "| " << Name(P) << " |";
    for (llvm::StringRef Column : Columns)
      for (const MetricName &Metric : metricNames())
        if (Column == Metric.Name) {
          const std::uint64_t B = Metric.Get(P.Before.Figures), A = Metric.Get(P.After.Figures);
          Out << " " << B;
          if (A != B)
            Out << " → " << A;
          Out << " |";
        }
    Out << "\n";
  }
  for (const FunctionPair &P : Pairs) {
    Out << "\n<details><summary>" << Name(P) << "</summary>\n\n```text\n";
    writeColumns(Out, P, Half);
    Out << "```\n\n</details>\n";
  }
}

} // namespace snug::machine
