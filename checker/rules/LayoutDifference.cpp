// Names the bytes that make a layout differ from what was stated.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LayoutDifference.h"

#include "layout/Build.h"
#include "layout/Names.h"
#include "rules/Names.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>
#include <utility>

namespace snug::rules {
namespace {

constexpr std::uint64_t BitsPerByte = 8;
/// More notes than this help nobody; the last one says how many were left out.
constexpr std::size_t MaxReasons = 8;

/// What a node of the layout tree stands for in the AST, so far as the AST names it.
struct Origin {
  clang::SourceLocation Where;
  /// The class of the subobject, to take it apart; for an array that of an element.
  const clang::CXXRecordDecl *Record = nullptr;
};

Origin originOf(const layout::Node &N, const clang::CXXRecordDecl *Parent, const clang::ASTContext &AST) {
  if (!Parent)
    return {};
  auto OfBase = [&](const clang::CXXBaseSpecifier &Base) -> std::optional<Origin> {
    const clang::CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl();
    if (!Class || layout::nameOf(AST, *Class) != N.Type)
      return std::nullopt;
    return Origin{Base.getBeginLoc(), Class};
  };
  if (N.Kind == layout::NodeKind::Base || N.Kind == layout::NodeKind::VirtualBase) {
    for (const clang::CXXBaseSpecifier &Base : Parent->bases())
      if (std::optional<Origin> Found = OfBase(Base))
        return *Found;
    for (const clang::CXXBaseSpecifier &Base : Parent->vbases())
      if (std::optional<Origin> Found = OfBase(Base))
        return *Found;
    return {};
  }
  for (const clang::FieldDecl *Field : Parent->fields())
    if (layout::nameOf(*Field) == N.Name && AST.getFieldOffset(Field) <= N.OffsetBits)
      return {Field->getLocation(), AST.getBaseElementType(Field->getType())->getAsCXXRecordDecl()};
  return {};
}

/// "'parent'", "the base 'op'", "the pointer to the virtual functions".
std::string describe(const layout::Node &N) {
  switch (N.Kind) {
  case layout::NodeKind::Base:
    return "the base '" + N.Type + "'";
  case layout::NodeKind::VirtualBase:
    return "the virtual base '" + N.Type + "'";
  case layout::NodeKind::VTablePointer:
    return "the pointer to the virtual functions";
  case layout::NodeKind::VBaseTablePointer:
    return "the pointer to the virtual bases";
  case layout::NodeKind::VirtualDisplacement:
    return "the displacement of a virtual base";
  case layout::NodeKind::AnonymousUnion:
    return "an anonymous union";
  case layout::NodeKind::AnonymousStruct:
    return "an anonymous struct";
  case layout::NodeKind::BitField:
    return "the bit-field '" + N.Name + "'";
  case layout::NodeKind::Field:
    break;
  }
  return llvm::StringRef(N.Name).starts_with("(") || llvm::StringRef(N.Name).starts_with("[") ? N.Name
                                                                                              : "'" + N.Name + "'";
}

bool isUnnamedBitField(const layout::Node &N) {
  return N.Kind == layout::NodeKind::BitField && llvm::StringRef(N.Name).starts_with("(");
}

/// "8 bytes at offset 16", bits only where they are no whole bytes.
std::string range(layout::BitRange R) {
  if (R.Begin % BitsPerByte == 0 && R.size() % BitsPerByte == 0)
    return bytes(static_cast<std::int64_t>(R.size() / BitsPerByte)) + " at offset " +
           std::to_string(R.Begin / BitsPerByte);
  return std::to_string(R.size()) + (R.size() == 1 ? " bit" : " bits") + " at bit " +
         std::to_string(R.Begin % BitsPerByte) + " of offset " + std::to_string(R.Begin / BitsPerByte);
}

/// True for "1 bit", "1 byte".
bool isOne(layout::BitRange R) { return R.size() == 1 || (R.size() == BitsPerByte && R.Begin % BitsPerByte == 0); }

void limit(std::vector<Reason> &Reasons) {
  if (Reasons.size() <= MaxReasons)
    return;
  std::size_t Left = Reasons.size() - MaxReasons;
  Location Where = Reasons[MaxReasons].Where;
  Reasons.resize(MaxReasons);
  Reasons.push_back({"", "and " + std::to_string(Left) + " more from here on", Where, {}});
}

} // namespace

LayoutDifference::LayoutDifference(const clang::CXXRecordDecl &Record, const RuleContext &Context)
    : Record(Record), Context(Context), Layout(layout::buildLayout(Context.AST, Record)) {}

std::uint64_t LayoutDifference::paddingBytes() const { return Layout.paddingBytes(); }

std::vector<Reason> LayoutDifference::contents(std::uint64_t Begin, std::uint64_t End) const {
  std::vector<Reason> Out;
  collectContents(Layout.Root, &Record, Begin * BitsPerByte, End * BitsPerByte, Out);
  limit(Out);
  return Out;
}

void LayoutDifference::collectContents(const layout::Node &N, const clang::CXXRecordDecl *In, std::uint64_t Begin,
                                       std::uint64_t End, std::vector<Reason> &Out) const {
  for (const layout::Node &Child : N.Children) {
    layout::BitRange Whole = Child.occupied();
    if (Whole.size() == 0 || Whole.End <= Begin || Whole.Begin >= End || isUnnamedBitField(Child))
      continue;
    Origin From = originOf(Child, In, Context.AST);
    bool CanTakeApart = !Child.Children.empty() && Child.Elements == 1 && !Child.IsUnion;
    if (Whole.Begin < Begin && CanTakeApart) {
      collectContents(Child, From.Record, Begin, End, Out);
      continue;
    }
    Out.push_back(describePart(Child, In, From.Where));
  }
}

Reason LayoutDifference::describePart(const layout::Node &N, const clang::CXXRecordDecl *In,
                                      clang::SourceLocation Where) const {
  std::string Text = range(N.occupied()) + (isOne(N.occupied()) ? " holds " : " hold ") + describe(N);
  if (N.Kind == layout::NodeKind::Field || N.Kind == layout::NodeKind::BitField)
    Text += ", of type '" + N.Type + "'";
  if (Where.isInvalid())
    Where = In ? In->getLocation() : Record.getLocation();
  return {"", std::move(Text), Context.locate(Context.sources().getFileLoc(Where)), {}};
}

/// A subobject, the class it is declared in, and where.
struct LayoutDifference::Part {
  const layout::Node *N;
  const clang::CXXRecordDecl *In;
  clang::SourceLocation Where;
};

std::vector<Reason> LayoutDifference::costliest(std::size_t AtMost) const {
  std::vector<Part> Parts;
  collectParts(Layout.Root, &Record, Parts);
  llvm::sort(Parts, [](const Part &A, const Part &B) {
    return std::make_pair(B.N->OccupiedBits, A.N->OffsetBits) < std::make_pair(A.N->OccupiedBits, B.N->OffsetBits);
  });
  std::vector<Reason> Out;
  for (const Part &P : llvm::ArrayRef<Part>(Parts).take_front(AtMost))
    Out.push_back(describePart(*P.N, P.In, P.Where));
  return Out;
}

void LayoutDifference::collectParts(const layout::Node &N, const clang::CXXRecordDecl *In,
                                    std::vector<Part> &Out) const {
  for (const layout::Node &Child : N.Children) {
    if (Child.OccupiedBits == 0 || isUnnamedBitField(Child))
      continue;
    Origin From = originOf(Child, In, Context.AST);
    const bool IsMostOfIt = Child.OccupiedBits * 2 > Layout.SizeBytes * BitsPerByte;
    if (IsMostOfIt && Child.Children.size() > 1 && Child.Elements == 1 && !Child.IsUnion)
      collectParts(Child, From.Record, Out);
    else
      Out.push_back({&Child, In, From.Where});
  }
}

std::vector<Reason> LayoutDifference::padding() const {
  std::vector<Reason> Out;
  collectPadding(Layout.Root, &Record, Out);
  limit(Out);
  return Out;
}

std::uint64_t LayoutDifference::ownPaddingBytes() const {
  std::uint64_t Bits = 0;
  for (const layout::Hole &Hole : Layout.Root.Holes)
    Bits += Hole.Bits.size() * Hole.Times;
  return Bits / BitsPerByte;
}

std::vector<Reason> LayoutDifference::ownPadding() const {
  std::vector<Reason> Out;
  addHoles(Layout.Root, &Record, Out);
  limit(Out);
  return Out;
}

void LayoutDifference::collectPadding(const layout::Node &N, const clang::CXXRecordDecl *In,
                                      std::vector<Reason> &Out) const {
  addHoles(N, In, Out);
  for (const layout::Node &Child : N.Children)
    collectPadding(Child, originOf(Child, In, Context.AST).Record, Out);
}

void LayoutDifference::addHoles(const layout::Node &N, const clang::CXXRecordDecl *In, std::vector<Reason> &Out) const {
  for (const layout::Hole &Hole : N.Holes) {
    const layout::Node *Before = nullptr;
    for (const layout::Node &Child : N.Children)
      if (Child.occupied().size() && Child.occupied().End <= Hole.Bits.Begin &&
          (!Before || Before->occupied().End < Child.occupied().End))
        Before = &Child;
    std::string Text = range(Hole.Bits) + (isOne(Hole.Bits) ? " is " : " are ") +
                       (isUnnamedBitField(N) ? "an unnamed bit-field"
                        : Hole.IsTail        ? "tail padding"
                                             : "padding");
    if (Before)
      Text += " behind " + describe(*Before);
    if (Hole.Times > 1)
      Text += ", in each of " + std::to_string(Hole.Times) + " elements";
    clang::SourceLocation Where = In ? In->getLocation() : Record.getLocation();
    if (Before)
      if (Origin From = originOf(*Before, In, Context.AST); From.Where.isValid())
        Where = From.Where;
    Out.push_back({"", std::move(Text), Context.locate(Context.sources().getFileLoc(Where)), {}});
  }
}

std::vector<Reason> LayoutDifference::alignment() const {
  std::vector<Reason> Out;
  auto Align = clang::CharUnits::fromQuantity(static_cast<std::int64_t>(Layout.AlignBytes));
  auto Add = [&](const std::string &What, clang::CharUnits Has, clang::SourceLocation Where) {
    if (Has >= Align)
      Out.push_back({"",
                     What + " is aligned to " + bytes(Has.getQuantity()),
                     Context.locate(Context.sources().getFileLoc(Where)),
                     {}});
  };
  for (const clang::CXXBaseSpecifier &Base : Record.bases())
    Add("the base " + quoted(Base.getType(), Context.AST), Context.AST.getTypeAlignInChars(Base.getType()),
        Base.getBeginLoc());
  for (const clang::FieldDecl *Field : Record.fields())
    Add(quoted(*Field) + ", of type " + quoted(Field->getType(), Context.AST) + ",", Context.AST.getDeclAlign(Field),
        Field->getLocation());
  limit(Out);
  return Out;
}

} // namespace snug::rules
