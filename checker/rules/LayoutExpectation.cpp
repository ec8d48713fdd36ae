// Holds classes, aliases, variables and members to the sizes, offsets and counts stated on them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LayoutExpectation.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::rules {
namespace {

constexpr std::uint64_t CacheLineBytes = 64;

std::string nameOf(const clang::NamedDecl &D) {
  std::string Name;
  llvm::raw_string_ostream Stream(Name);
  D.getNameForDiagnostic(Stream, D.getASTContext().getPrintingPolicy(), /*Qualified=*/false);
  return Name;
}

clang::QualType typeOf(const clang::CXXRecordDecl &Record) {
#if LLVM_VERSION_MAJOR >= 22
  return Record.getASTContext().getCanonicalTagType(&Record);
#else
  return Record.getASTContext().getTypeDeclType(&Record);
#endif
}

/// What a message calls the declaration on which something is stated; the alias that SNUG_ASSERT_LAYOUT makes is nobody's
/// name.
std::string describe(const clang::NamedDecl &D, clang::QualType Type) {
  if (llvm::isa<clang::TypedefNameDecl>(D) && D.getName().starts_with("snug_stated_"))
    return "'" + Type.getAsString(D.getASTContext().getPrintingPolicy()) + "'";
  return "'" + nameOf(D) + "'";
}

/// "at most 32 bytes were stated".
std::string wasStated(const StatedExpectation &Stated) {
  const Quantity &Q = *Stated.Name.What;
  auto Number = static_cast<std::uint64_t>(Stated.Value);
  std::string Text;
  if (Stated.Name.How != Relation::Equal)
    Text = Stated.Name.How == Relation::AtMost ? "at most " : "at least ";
  Text += Q.Name == "offset" ? "offset " + std::to_string(Number) : count(Number, Q);
  return Text + (Number == 1 || Q.Name == "offset" ? " was stated" : " were stated");
}

/// "is 40 bytes", "holds 2 back-pointers", …: the actual figure as a predicate of the type.
std::string predicate(const Quantity &Q, std::uint64_t Actual) {
  if (Q.Name == "size")
    return "is " + count(Actual, Q);
  if (Q.Name == "align")
    return "is aligned to " + count(Actual, Q);
  if (Q.Name == "padding")
    return "holds " + count(Actual, Q) + " of padding";
  if (Q.Name == "cache_lines")
    return "takes " + count(Actual, Q);
  return "holds " + count(Actual, Q);
}

/// Where `D` stands in the file, seen from outside of macros.
Location locate(const clang::NamedDecl &D, RuleContext &Context) {
  return Context.locate(Context.sources().getFileLoc(D.getLocation()));
}

} // namespace

void LayoutExpectation::visitDecl(const clang::Decl &D, RuleContext &Context) {
  if (const auto *Alias = llvm::dyn_cast<clang::TypedefNameDecl>(&D))
    check(*Alias, Alias->getUnderlyingType(), Context);
  else if (const auto *Variable = llvm::dyn_cast<clang::VarDecl>(&D))
    check(*Variable, Variable->getType().getNonReferenceType(), Context);
}

void LayoutExpectation::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  for (const StatedExpectation &Stated : statedOn(Record)) {
    if (Context.isExcluded(Stated.Where))
      continue;
    if (Stated.Member.empty())
      checkType(Record, typeOf(Record), Stated, Context);
    else
      checkMember(Record, Stated, Context);
  }
}

void LayoutExpectation::check(const clang::NamedDecl &Subject, clang::QualType Type, RuleContext &Context) {
  std::vector<StatedExpectation> All = statedOn(Subject);
  if (All.empty() || Type->isDependentType())
    return;
  for (const StatedExpectation &Stated : All)
    if (!Context.isExcluded(Stated.Where))
      checkType(Subject, Type, Stated, Context);
}

void LayoutExpectation::checkType(const clang::NamedDecl &Subject, clang::QualType Type, const StatedExpectation &Stated,
                                  RuleContext &Context) {
  const Quantity &Q = *Stated.Name.What;
  std::string Name = describe(Subject, Type);
  clang::TypeInfoChars Info = Context.AST.getTypeInfoInChars(Type);
  std::uint64_t Actual = 0;
  if (Q.Name == "size")
    Actual = static_cast<std::uint64_t>(Info.Width.getQuantity());
  else if (Q.Name == "align")
    Actual = static_cast<std::uint64_t>(Info.Align.getQuantity());
  else if (Q.Name == "cache_lines")
    Actual = (static_cast<std::uint64_t>(Info.Width.getQuantity()) + CacheLineBytes - 1) / CacheLineBytes;
  else
    return;
  if (holds(Stated.Name.How, Actual, static_cast<std::uint64_t>(Stated.Value)))
    return;
  report(violated(locate(Subject, Context), Name + " " + predicate(Q, Actual) + "; " + wasStated(Stated)),
         Stated, Context);
}

void LayoutExpectation::checkMember(const clang::CXXRecordDecl &Record, const StatedExpectation &Stated,
                                    RuleContext &Context) {
  for (const clang::FieldDecl *Field : Record.fields()) {
    if (Field->getName() != Stated.Member)
      continue;
    std::uint64_t Actual = Context.AST.getFieldOffset(Field) / Context.AST.getCharWidth();
    if (holds(Stated.Name.How, Actual, static_cast<std::uint64_t>(Stated.Value)))
      return;
    report(violated(locate(*Field, Context), "'" + Stated.Member + "' is at offset " +
                                                              std::to_string(Actual) + " of '" + nameOf(Record) +
                                                              "'; " + wasStated(Stated)),
           Stated, Context);
  }
}

void LayoutExpectation::report(Finding F, const StatedExpectation &Stated, RuleContext &Context) {
  F.Reasons.push_back({"", Stated.Name.What->Name.str() + " was stated here", Context.locate(Stated.Where), {}});
  Context.report(std::move(F));
}

} // namespace snug::rules
