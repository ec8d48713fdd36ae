// Finds hot members and tables of functions that cross a cache line, with the alignment that cures it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CacheLineStraddle.h"

#include "rules/FunctionTables.h"
#include "rules/Names.h"

#include "clang/AST/RecordLayout.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <map>

namespace snug::rules {
namespace {

constexpr std::uint64_t Line = layout::RecordLayout::CacheLineBytes;

std::string bytesOf(std::uint64_t N) { return bytes(static_cast<std::int64_t>(N)); }

layout::ByteRange bytesOf(const clang::FieldDecl &Field) {
  const clang::ASTContext &AST = Field.getASTContext();
  std::uint64_t Begin = AST.getFieldOffset(&Field);
  std::uint64_t Bits = AST.getTypeSize(Field.getType());
  if (Field.isBitField())
    Bits = Field.getBitWidthValue(
#if LLVM_VERSION_MAJOR < 20
        AST
#endif
    );
  else if (Field.isZeroSize(AST))
    Bits = 0;
  const std::uint64_t Byte = AST.getCharWidth();
  return {Begin / Byte, llvm::divideCeil(Begin + Bits, Byte)};
}

std::uint64_t alignmentOf(const clang::CXXRecordDecl &Record) {
  return static_cast<std::uint64_t>(Record.getASTContext().getASTRecordLayout(&Record).getAlignment().getQuantity());
}

std::uint64_t sizeOf(const clang::CXXRecordDecl &Record) {
  return static_cast<std::uint64_t>(Record.getASTContext().getASTRecordLayout(&Record).getSize().getQuantity());
}

/// "; it then takes 64 bytes instead of 40", empty where the size stays.
std::string sizeThen(std::uint64_t SizeBytes, std::uint64_t Align) {
  std::uint64_t Then = llvm::alignTo(SizeBytes, Align);
  return Then == SizeBytes ? "" : "; it then takes " + bytesOf(Then) + " instead of " + std::to_string(SizeBytes);
}

} // namespace

void CacheLineStraddle::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  if (Context.isExcluded(Record.getLocation()))
    return;
  checkTables(Record, Context);
  if (!Record.hasAttrs())
    return;
  std::map<std::int64_t, HotGroup> Groups;
  for (const StatedExpectation &Stated : statedOn(Record)) {
    if (Stated.Name.What->Name != "hot" || !Stated.IsConstant)
      continue;
    for (const clang::FieldDecl *Field : Record.fields())
      if (Field->getName() == Stated.Member)
        if (layout::ByteRange Bytes = bytesOf(*Field); Bytes.size())
          Groups[Stated.Value].push_back({Field, Bytes, Stated.Where});
  }
  for (auto &[Number, Group] : Groups) {
    llvm::sort(Group, [](const HotMember &A, const HotMember &B) { return A.Bytes.Begin < B.Bytes.Begin; });
    checkGroup(Record, Group, Context);
  }
}

void CacheLineStraddle::checkGroup(const clang::CXXRecordDecl &Record, const HotGroup &Group, RuleContext &Context) {
  layout::ByteRange Span = Group.front().Bytes;
  std::uint64_t Sum = 0;
  for (const HotMember &Member : Group) {
    Span.End = std::max(Span.End, Member.Bytes.End);
    Sum += Member.Bytes.size();
  }
  const std::uint64_t Align = alignmentOf(Record);
  if (!layout::mayCrossLine(Span, Align))
    return;

  const clang::FieldDecl &First = *Group.front().Field;
  std::string Who = Group.size() == 1 ? "the hot member " + quoted(First)
                                      : "the hot members " + quoted(First) + " to " + quoted(*Group.back().Field);
  Who += " of " + quoted(Record);
  const char *Verb = Group.size() == 1 ? " takes " : " span ";
  Reason Cure{"", "", Context.locate(Context.sources().getFileLoc(First.getLocation())), {}};
  std::string Message;
  if (Span.size() > Line) {
    Message = Who + Verb + bytesOf(Span.size()) + ", more than a cache line of " + std::to_string(Line);
    if (Sum <= Line)
      Cure.Text = "declared one after the other they take " + bytesOf(Sum) + " and the padding between them";
    else
      Cure.Text = "they hold " + bytesOf(Sum) + ", which no cache line can; state smaller groups";
  } else {
    const bool Always = Align >= Line;
    Message = Who + (Group.size() == 1 ? (Always ? " lies" : " may lie") : (Always ? " lie" : " may lie")) +
              " in two cache lines: offsets " + std::to_string(Span.Begin) + " to " + std::to_string(Span.End) +
              " of an object that is aligned to " + bytesOf(Align);
    if (std::optional<std::uint64_t> Enough = layout::alignmentThatKeepsInLine(Span, Align)) {
      Cure = offerAlignment("'alignas(" + std::to_string(*Enough) + ")' on " + quoted(Record) +
                                " keeps them in one line" + sizeThen(sizeOf(Record), *Enough),
                            Record, *Enough, Context);
    } else {
      const std::uint64_t OfFirst = llvm::PowerOf2Ceil(Span.size());
      Cure = offerAlignment("'alignas(" + std::to_string(OfFirst) + ")' on " + quoted(First) +
                                ", the first of them, keeps them in one line",
                            First, OfFirst, Context);
    }
  }

  Finding F = violated(Context.locate(Context.sources().getFileLoc(First.getLocation())), std::move(Message));
  for (const HotMember &Member : Group)
    F.Reasons.push_back({"",
                         quoted(*Member.Field) + ", " + bytesOf(Member.Bytes.size()) + " at offset " +
                             std::to_string(Member.Bytes.Begin) + ", was stated to be hot here",
                         Context.locate(Member.Stated),
                         {}});
  F.Reasons.push_back(std::move(Cure));
  Context.report(std::move(F));
}

/// Where a class is aligned to a line, the lines of its members are known.
void CacheLineStraddle::checkTables(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  if (Record.field_empty() || alignmentOf(Record) < Line)
    return;
  for (const clang::FieldDecl *Field : Record.fields()) {
    const clang::CXXRecordDecl *Class = Field->getType()->getAsCXXRecordDecl();
    if (!(Class && Class->hasDefinition() && isFunctionTable(*Class)) &&
        !isFunctionArray(Context.AST, Field->getType()))
      continue;
    layout::ByteRange Bytes = bytesOf(*Field);
    if (Bytes.size() > Line || !layout::mayCrossLine(Bytes, Line))
      continue;
    Finding F = violated(Context.locate(Context.sources().getFileLoc(Field->getLocation())),
                         "the table of functions " + quoted(*Field) + " lies in two cache lines of " + quoted(Record) +
                             ": offsets " + std::to_string(Bytes.Begin) + " to " + std::to_string(Bytes.End));
    F.Severity = Level::Note;
    const std::uint64_t Enough = llvm::PowerOf2Ceil(Bytes.size());
    F.Reasons.push_back(
        offerAlignment("'alignas(" + std::to_string(Enough) + ")' on " + quoted(*Field) + " keeps it in one line",
                       *Field, Enough, Context));
    Context.report(std::move(F));
  }
}

void CacheLineStraddle::visitDecl(const clang::Decl &D, RuleContext &Context) {
  const auto *Variable = llvm::cast<clang::VarDecl>(&D);
  // The type tells most variables apart, and cheaply.
  if (Variable->getType().isNull() || !isFunctionArray(Context.AST, Variable->getType()) ||
      !isConstantInStorage(*Variable) || Context.isExcluded(Variable->getLocation()))
    return;
  auto Size = static_cast<std::uint64_t>(Context.AST.getTypeSizeInChars(Variable->getType()).getQuantity());
  const std::uint64_t Align = alignmentInStorage(Context.AST, *Variable);
  std::optional<std::uint64_t> Enough = layout::alignmentThatKeepsInLine({0, Size}, Align);
  // What is larger than a line takes several anyway.
  if (!Enough || *Enough == Align)
    return;
  Finding F = violated(Context.locate(Context.sources().getFileLoc(Variable->getLocation())),
                       "the table of functions " + quoted(*Variable) + ", " + bytesOf(Size) + " aligned to " +
                           std::to_string(Align) + ", may lie in two cache lines");
  F.Severity = Level::Note;
  F.Reasons.push_back(
      offerAlignment("'alignas(" + std::to_string(*Enough) + ")' keeps it in one line", *Variable, *Enough, Context));
  Context.report(std::move(F));
}

} // namespace snug::rules
