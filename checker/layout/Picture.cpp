// What the bytes of a record show: whose they are, and what is wrong with them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Picture.h"

#include "layout/Writers.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>

namespace snug::layout {
namespace {

using html::ByteRun;

/// Pictures end here: what is larger is mostly one array.
constexpr std::uint64_t MaxPictureBytes = 64 * 1024;

bool isSplit(const Node &N) { return !N.Children.empty() && !N.IsUnion && N.Elements == 1; }

/// The name without what differs from one instantiation to the next.
llvm::StringRef family(llvm::StringRef Name) {
  return Name.take_until([](char C) { return C == '<'; });
}

class Painter {
public:
  Painter(const RecordLayout &Record, llvm::ArrayRef<PointerInside> Pointers, Palette &Colours)
      : Record(Record), Pointers(Pointers), Colours(Colours), Bytes(std::min(Record.SizeBytes, MaxPictureBytes)) {}

  Picture paint() {
    for (const Node &Child : Record.Root.Children)
      owner(Child);
    fillHoles(Record.Root);
    Result.Map.SizeBytes = Record.SizeBytes;
    for (std::uint64_t Begin = 0, End = 0; Begin != Bytes.size(); Begin = End) {
      for (End = Begin + 1; End != Bytes.size() && Bytes[End] == Bytes[Begin]; ++End)
        ;
      Result.Map.Runs.push_back(run(Bytes[Begin], Begin, End));
    }
    for (const PointerInside &P : Pointers)
      Result.Map.Arrows.push_back({P.Offset, P.Target});
    return std::move(Result);
  }

private:
  /// What one byte shows: a leaf, none for a hole.
  struct Byte {
    const Node *Leaf = nullptr;
    const PointerInside *Pointer = nullptr;
    unsigned Colour = 0;
    bool IsDead = false;
    friend bool operator==(const Byte &, const Byte &) = default;
  };

  const PointerInside *pointerAt(const Node &N) const {
    if (N.Children.empty() && N.Elements == 1)
      for (const PointerInside &P : Pointers)
        if (P.Offset * 8 == N.OffsetBits)
          return &P;
    return nullptr;
  }

  /// Whether values are in it that are no back-pointers.
  bool holdsData(const Node &N) const {
    if (!isSplit(N))
      return N.OccupiedBits && !pointerAt(N);
    return llvm::any_of(N.Children, [&](const Node &Child) { return holdsData(Child); });
  }

  /// A wrapper of one part is no owner: that part is. Nor is what takes more than half of the record.
  bool isTakenApart(const Node &N) const {
    return isSplit(N) && (N.OccupiedBits * 2 > Record.SizeBytes * 8 ||
                          llvm::count_if(N.Children, [&](const Node &Child) { return holdsData(Child); }) < 2);
  }

  void owner(const Node &N) {
    if (isTakenApart(N)) {
      for (const Node &Child : N.Children)
        owner(Child);
      fillHoles(N);
      return;
    }
    if (N.OccupiedBits)
      subobject(N, pointerAt(N) ? 0 : Colours.of((llvm::Twine(family(N.Name)) + " " + family(N.Type)).str()));
  }

  void subobject(const Node &N, unsigned Colour) {
    Result.Colours[&N] = Colour;
    if (!isSplit(N)) {
      // Members of unions overlap, and elements repeat: one block for all of them.
      const bool HasValue = !N.Children.empty() || !N.Values.empty();
      const PointerInside *Pointer = pointerAt(N);
      if (Pointer)
        Result.Pointers[&N] = Pointer;
      fill(N.occupied(), {&N, Pointer, Colour, !HasValue || N.IsEmpty});
      if (!N.Children.empty())
        for (const Node &Child : N.Children)
          inherit(Child, Colour);
      return;
    }
    for (const Node &Child : N.Children)
      subobject(Child, Colour);
    fillHoles(N);
    if (N.IsEmpty && N.OccupiedBits)
      fill(N.occupied(), {&N, nullptr, Colour, true});
  }

  void inherit(const Node &N, unsigned Colour) {
    Result.Colours[&N] = Colour;
    for (const Node &Child : N.Children)
      inherit(Child, Colour);
  }

  void fillHoles(const Node &N) {
    if (N.Elements == 1)
      for (const Hole &Gap : N.Holes)
        fill({(Gap.Bits.Begin + 7) / 8 * 8, Gap.Bits.End / 8 * 8}, {});
  }

  void fill(BitRange Range, const Byte &With) {
    const std::uint64_t End = std::min<std::uint64_t>((Range.End + 7) / 8, Bytes.size());
    for (std::uint64_t I = Range.Begin / 8; I < End; ++I)
      Bytes[I] = With;
  }

  static ByteRun run(const Byte &What, std::uint64_t Begin, std::uint64_t End) {
    ByteRun Run{Begin, End, ByteRun::Kind::Hole, What.Colour, {}, {}};
    const std::string Place = counted(End - Begin, "byte") + " at offset " + std::to_string(Begin);
    if (!What.Leaf) {
      Run.Title = Place + ": padding";
      return Run;
    }
    Run.Label = What.Leaf->Name;
    llvm::StringRef Name(Run.Label);
    if (Name.consume_front("[capture ") && Name.consume_back("]"))
      Run.Label = Name.str();
    Run.Title = Place + ": " + What.Leaf->Declaration;
    if (What.IsDead) {
      Run.What = ByteRun::Kind::Dead;
      Run.Title += ", empty";
    } else if (What.Pointer) {
      Run.What = ByteRun::Kind::BackPointer;
      Run.Title += ", " + What.Pointer->Text;
    } else {
      Run.What = ByteRun::Kind::Value;
    }
    return Run;
  }

  const RecordLayout &Record;
  llvm::ArrayRef<PointerInside> Pointers;
  Palette &Colours;
  std::vector<Byte> Bytes;
  Picture Result;
};

} // namespace

Picture pictureOf(const RecordLayout &Record, llvm::ArrayRef<PointerInside> Pointers, Palette &Colours) {
  return Painter(Record, Pointers, Colours).paint();
}

} // namespace snug::layout
