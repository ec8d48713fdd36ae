// Writes layouts as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Writers.h"

#include "llvm/Support/JSON.h"

namespace snug::layout {
namespace {

const char *toString(NodeKind Kind) {
  switch (Kind) {
  case NodeKind::Base:
    return "base";
  case NodeKind::VirtualBase:
    return "virtual_base";
  case NodeKind::Field:
    return "field";
  case NodeKind::BitField:
    return "bit_field";
  case NodeKind::AnonymousUnion:
    return "anonymous_union";
  case NodeKind::AnonymousStruct:
    return "anonymous_struct";
  case NodeKind::VTablePointer:
    return "vptr";
  case NodeKind::VBaseTablePointer:
    return "vbptr";
  case NodeKind::VirtualDisplacement:
    return "vtordisp";
  }
  return "field";
}

bool isBase(NodeKind Kind) { return Kind == NodeKind::Base || Kind == NodeKind::VirtualBase; }
bool isHidden(NodeKind Kind) { return Kind >= NodeKind::VTablePointer; }
bool isMember(NodeKind Kind) { return !isBase(Kind) && !isHidden(Kind); }

class Writer {
public:
  Writer(llvm::json::OStream &Out, unsigned Depth) : Out(Out), Depth(Depth) {}

  void record(const RecordLayout &Record) {
    Out.object([&] {
      Out.attribute("name", Record.Name);
      if (!Record.Alias.empty())
        Out.attribute("alias", Record.Alias);
      Out.attribute("tag", Record.Tag);
      Out.attributeBegin("location");
      location(Record.Where);
      Out.attributeEnd();
      Out.attribute("size", Record.SizeBytes);
      Out.attribute("align", Record.AlignBytes);
      Out.attribute("data_size", Record.DataSizeBytes);
      Out.attribute("non_virtual_size", Record.NonVirtualSizeBytes);
      Out.attribute("cache_lines", Record.cacheLines());
      Out.attribute("empty", Record.Root.IsEmpty);
      Out.attribute("standard_layout", Record.IsStandardLayout);
      if (!Record.IsStandardLayout)
        Out.attributeArray("not_standard_layout", [&] { reasons(Record.Reasons); });
      children(Record.Root, 0);
      Out.attributeArray("holes", [&] { holes(Record); });
      Out.attribute("hole_bits", Record.HoleBits);
      Out.attribute("tail_padding", Record.TailPaddingBits / 8);
      Out.attribute("tail_padding_bits", Record.TailPaddingBits);
      Out.attribute("padding_bits", Record.HoleBits + Record.TailPaddingBits);
      if (!Record.Uncounted.empty())
        Out.attributeArray("uncounted", [&] {
          for (const std::string &Name : Record.Uncounted)
            Out.value(Name);
        });
    });
  }

private:
  void location(const Location &Where) {
    Out.object([&] {
      Out.attribute("file", Where.File);
      Out.attribute("line", Where.Line);
      Out.attribute("column", Where.Column);
    });
  }

  void reasons(llvm::ArrayRef<Reason> Reasons) {
    for (const Reason &R : Reasons)
      Out.object([&] {
        Out.attribute("id", R.Id);
        Out.attribute("text", R.Text);
        Out.attributeBegin("location");
        location(R.Where);
        Out.attributeEnd();
      });
  }

  void children(const Node &Parent, unsigned Level) {
    if (Level >= Depth)
      return;
    list("bases", Parent, Level, isBase);
    list("fields", Parent, Level, isMember);
    if (llvm::any_of(Parent.Children, [](const Node &N) { return isHidden(N.Kind); }))
      list("hidden", Parent, Level, isHidden);
  }

  void list(llvm::StringRef Key, const Node &Parent, unsigned Level, bool (*Belongs)(NodeKind)) {
    Out.attributeArray(Key, [&] {
      for (const Node &Child : Parent.Children)
        if (Belongs(Child.Kind))
          node(Child, Level);
    });
  }

  void node(const Node &N, unsigned Level) {
    Out.object([&] {
      Out.attribute("name", N.Name);
      Out.attribute("type", N.Type);
      Out.attribute("kind", toString(N.Kind));
      Out.attribute("offset", N.OffsetBits / 8);
      Out.attribute("size", N.SizeBits / 8);
      if (N.Kind == NodeKind::BitField) {
        Out.attribute("bit_offset", N.OffsetBits % 8);
        Out.attribute("bit_width", N.OccupiedBits);
      } else {
        Out.attribute("occupied", N.OccupiedBits / 8);
      }
      Out.attribute("interconvertible", N.IsInterconvertible);
      if (N.IsEmpty)
        Out.attribute("empty", true);
      if (N.IsNoUniqueAddress)
        Out.attribute("no_unique_address", true);
      if (N.IsPrimary)
        Out.attribute("primary", true);
      if (N.Elements != 1)
        Out.attribute("elements", N.Elements);
      if (!N.InTailPaddingOf.empty())
        Out.attribute("in_tail_padding_of", N.InTailPaddingOf);
      if (!N.Children.empty())
        children(N, Level + 1);
    });
  }

  /// Tail padding of the record is a number of its own.
  void holes(const RecordLayout &Record) {
    const std::uint64_t ValuesEnd = Record.Root.SizeBits - Record.TailPaddingBits;
    for (const Line &L : linesOf(Record, WriteOptions().Depth))
      if (L.Gap && L.Gap->Bits.Begin < ValuesEnd)
        Out.object([&] {
          Out.attribute("in", L.Parent->Name);
          Out.attribute("offset", L.Gap->Bits.Begin / 8);
          Out.attribute("bit_offset", L.Gap->Bits.Begin % 8);
          Out.attribute("bits", L.Gap->Bits.size());
          Out.attribute("times", L.Gap->Times);
          Out.attribute("tail", L.Gap->IsTail);
        });
  }

  llvm::json::OStream &Out;
  unsigned Depth;
};

} // namespace

void writeJson(llvm::raw_ostream &Out, llvm::ArrayRef<RecordLayout> Records, const WriteOptions &Options) {
  llvm::json::OStream Json(Out, /*IndentSize=*/2);
  Json.object([&] {
    Json.attribute("schema", 1);
    Json.attributeArray("records", [&] {
      Writer W(Json, Options.Depth);
      for (const RecordLayout &Record : Records)
        W.record(Record);
    });
  });
  Out << '\n';
}

} // namespace snug::layout
