// What moved between two layouts of one type, part by part.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/PartsDiff.h"

#include "core/Expectation.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

#include <map>
#include <tuple>

namespace snug::facts {
namespace {

/// More notes than this help nobody; the last one says how many were left out.
constexpr std::size_t MaxReasons = 12;

bool isUnnamed(const Part &P) { return llvm::StringRef(P.Name).starts_with("("); }
bool isBase(const Part &P) { return llvm::StringRef(P.Name).ends_with("base)"); }

/// "12", "12:3".
std::string offsetOf(std::uint64_t Bits) {
  return std::to_string(Bits / 8) + (Bits % 8 ? ":" + std::to_string(Bits % 8) : "");
}

class Comparison {
public:
  PartsDiff Result;

  /// `OldShift`, `NewShift`: where the enclosing part starts; what moves with it has not moved by itself.
  void compare(llvm::ArrayRef<Part> Old, llvm::ArrayRef<Part> New, const std::string &Prefix, std::uint64_t OldShift,
               std::uint64_t NewShift) {
    std::vector<const Part *> Left, Came;
    std::map<Key, const Part *> ByKey;
    Counter Ordinals;
    for (const Part &P : Old)
      ByKey[keyOf(P, Ordinals)] = &P;
    Ordinals.clear();
    std::vector<std::pair<const Part *, const Part *>> Pairs;
    for (const Part &P : New) {
      auto Found = ByKey.find(keyOf(P, Ordinals));
      if (Found == ByKey.end()) {
        Came.push_back(&P);
        continue;
      }
      Pairs.emplace_back(Found->second, &P);
      Found->second = nullptr;
    }
    for (const auto &Entry : ByKey)
      if (Entry.second)
        Left.push_back(Entry.second);
    llvm::sort(Left, [](const Part *A, const Part *B) { return A->OffsetBits < B->OffsetBits; });
    pairRenamed(Left, Came, Prefix, OldShift, NewShift);
    for (auto [Before, After] : Pairs)
      resized(*Before, *After, Prefix);
    for (const Part *P : Came)
      say(describe(*P, Prefix) + " is new: " + amountOf(P->SizeBits) + " at offset " + offsetOf(P->OffsetBits), P);
    for (const Part *P : Left) {
      Result.HasMoved = true;
      say(describe(*P, Prefix) + " is gone: it had " + amountOf(P->SizeBits) + " at offset " + offsetOf(P->OffsetBits),
          nullptr);
    }
    moved(Pairs, Prefix, OldShift, NewShift);
  }

  void limit() {
    if (Result.Reasons.size() <= MaxReasons)
      return;
    const std::size_t Cut = Result.Reasons.size() - MaxReasons + 1;
    Result.Reasons.resize(MaxReasons - 1);
    Result.Reasons.push_back({"", "and " + std::to_string(Cut) + " more differences", {}, {}});
  }

private:
  using Key = std::tuple<llvm::StringRef, llvm::StringRef, unsigned>;
  using Counter = std::map<std::pair<llvm::StringRef, llvm::StringRef>, unsigned>;

  static Key keyOf(const Part &P, Counter &Ordinals) {
    const llvm::StringRef Type = isBase(P) ? llvm::StringRef(P.Type) : llvm::StringRef();
    return {P.Name, Type, Ordinals[{P.Name, Type}]++};
  }

  static std::string describe(const Part &P, const std::string &Prefix) {
    if (isBase(P))
      return "the base '" + P.Type + "'" + (Prefix.empty() ? "" : " of '" + Prefix + "'");
    return "'" + Prefix + (Prefix.empty() ? "" : ".") + P.Name + "'";
  }

  void say(std::string Text, const Part *At) {
    Result.Reasons.push_back({"", std::move(Text), At ? At->Where : Location(), {}});
  }

  /// What left and what came at the same place with the same size is one part with another name.
  void pairRenamed(std::vector<const Part *> &Left, std::vector<const Part *> &Came, const std::string &Prefix,
                   std::uint64_t OldShift, std::uint64_t NewShift) {
    llvm::erase_if(Left, [&](const Part *Before) {
      auto After = llvm::find_if(Came, [&](const Part *P) {
        return P->OffsetBits - NewShift == Before->OffsetBits - OldShift && P->SizeBits == Before->SizeBits &&
               isUnnamed(*P) == isUnnamed(*Before) && isBase(*P) == isBase(*Before);
      });
      if (After == Came.end())
        return false;
      say(describe(**After, Prefix) + " stands where " + describe(*Before, Prefix) + " stood", *After);
      compareInside(*Before, **After, Prefix);
      Came.erase(After);
      return true;
    });
  }

  void resized(const Part &Before, const Part &After, const std::string &Prefix) {
    const bool HasOtherType = Before.Type != After.Type;
    if (Before.SizeBits != After.SizeBits) {
      const bool Grew = Before.SizeBits < After.SizeBits;
      (Grew ? Result.HasGrown : Result.HasMoved) = true;
      std::string Text =
          describe(After, Prefix) + (Grew ? " grew from " : " shrank from ") +
          (Before.SizeBits % 8 == After.SizeBits % 8 && After.SizeBits % 8 == 0 ? std::to_string(Before.SizeBits / 8)
                                                                                : amountOf(Before.SizeBits)) +
          " to " + amountOf(After.SizeBits);
      if (HasOtherType)
        Text += ": '" + After.Type + "' was '" + Before.Type + "'";
      say(std::move(Text), &After);
    } else if (HasOtherType) {
      say(describe(After, Prefix) + " is of type '" + After.Type + "', which was '" + Before.Type + "'", &After);
    }
    compareInside(Before, After, Prefix);
  }

  void compareInside(const Part &Before, const Part &After, const std::string &Prefix) {
    if (Before.Parts.empty() || After.Parts.empty())
      return;
    std::string Inside = Prefix;
    // Members of bases and of anonymous unions are named as if they were the class's own.
    if (!isUnnamed(After))
      Inside += (Prefix.empty() ? "" : ".") + After.Name;
    compare(Before.Parts, After.Parts, Inside, Before.OffsetBits, After.OffsetBits);
  }

  /// "'name' moved from offset 12 to 16"; neighbours that moved by as much are only counted.
  void moved(const std::vector<std::pair<const Part *, const Part *>> &Pairs, const std::string &Prefix,
             std::uint64_t OldShift, std::uint64_t NewShift) {
    for (std::size_t I = 0; I != Pairs.size();) {
      auto Distance = [&](std::size_t Index) {
        return static_cast<std::int64_t>(Pairs[Index].second->OffsetBits - NewShift) -
               static_cast<std::int64_t>(Pairs[Index].first->OffsetBits - OldShift);
      };
      const std::int64_t By = Distance(I);
      std::size_t End = I + 1;
      if (By != 0) {
        while (End != Pairs.size() && Distance(End) == By)
          ++End;
        Result.HasMoved = true;
        std::string Text = describe(*Pairs[I].second, Prefix);
        if (const std::size_t More = End - I - 1)
          Text += " and " + count(More, "part", "parts") + " behind it";
        say(Text + " moved from offset " + offsetOf(Pairs[I].first->OffsetBits) + " to " +
                offsetOf(Pairs[I].second->OffsetBits),
            Pairs[I].second);
      }
      I = End;
    }
  }
};

} // namespace

std::string amountOf(std::uint64_t Bits) {
  return Bits % 8 ? count(Bits, "bit", "bits") : count(Bits / 8, "byte", "bytes");
}

PartsDiff compareParts(llvm::ArrayRef<Part> Old, llvm::ArrayRef<Part> New) {
  Comparison C;
  C.compare(Old, New, "", 0, 0);
  C.limit();
  return std::move(C.Result);
}

} // namespace snug::facts
