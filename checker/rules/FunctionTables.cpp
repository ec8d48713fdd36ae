// Tables of function pointers: records and arrays that are constants and that objects reach through a pointer.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FunctionTables.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

namespace snug::rules {
namespace {

struct Entries {
  std::uint64_t Functions = 0;
  std::uint64_t Others = 0;
  bool IsTable = true;
};

void count(const clang::CXXRecordDecl &Record, std::uint64_t Times, Entries &In);

void count(const clang::ASTContext &AST, clang::QualType Type, std::uint64_t Times, Entries &In) {
  if (const auto *Array = AST.getAsConstantArrayType(Type))
    return count(AST, AST.getBaseElementType(Type), Times * AST.getConstantArrayElementCount(Array), In);
  if (const clang::CXXRecordDecl *Class = Type->getAsCXXRecordDecl())
    return count(*Class, Times, In);
  if (Type->isFunctionPointerType())
    In.Functions += Times;
  else if (Type->isScalarType())
    In.Others += Times;
  else
    In.IsTable = false;
}

void count(const clang::CXXRecordDecl &Record, std::uint64_t Times, Entries &In) {
  if (Record.isUnion() || Record.isDynamicClass() || !Record.isCompleteDefinition()) {
    In.IsTable = false;
    return;
  }
  for (const clang::CXXBaseSpecifier &Base : Record.bases())
    if (const clang::CXXRecordDecl *Class = Base.getType()->getAsCXXRecordDecl(); Class && In.IsTable)
      count(*Class, Times, In);
  for (const clang::FieldDecl *Field : Record.fields())
    if (In.IsTable)
      count(Record.getASTContext(), Field->getType(), Times, In);
}

Reason offered(std::string Text, clang::SourceLocation Where, bool HasPlace, std::uint64_t Align,
               const RuleContext &Context) {
  Reason R{"", std::move(Text), Context.locate(Context.sources().getFileLoc(Where)), {}};
  if (HasPlace && Where.isFileID())
    R.FixIts.push_back({R.Where, R.Where, "alignas(" + std::to_string(Align) + ") "});
  return R;
}

} // namespace

bool isFunctionTable(const clang::CXXRecordDecl &Record) {
  Entries Found;
  count(Record, 1, Found);
  return Found.IsTable && Found.Functions >= 2 && Found.Functions > Found.Others;
}

bool isFunctionArray(const clang::ASTContext &AST, clang::QualType Type) {
  const auto *Array = AST.getAsConstantArrayType(Type);
  return Array && AST.getConstantArrayElementCount(Array) >= 2 && AST.getBaseElementType(Type)->isFunctionPointerType();
}

bool isConstantInStorage(const clang::VarDecl &Variable) {
  return Variable.getStorageDuration() == clang::SD_Static && !Variable.isInvalidDecl() &&
         Variable.isThisDeclarationADefinition() == clang::VarDecl::Definition &&
         !Variable.getDeclContext()->isDependentContext() && !Variable.getType()->isDependentType() &&
         Variable.getASTContext().getBaseElementType(Variable.getType()).isConstQualified();
}

std::uint64_t alignmentInStorage(const clang::ASTContext &AST, const clang::VarDecl &Variable) {
  return static_cast<std::uint64_t>(AST.getDeclAlign(&Variable).getQuantity());
}

Reason offerAlignment(std::string Text, const clang::CXXRecordDecl &Record, std::uint64_t Align,
                      const RuleContext &Context) {
  return offered(std::move(Text), Record.getLocation(), Record.getDeclName() && !Record.isLambda(), Align, Context);
}

Reason offerAlignment(std::string Text, const clang::DeclaratorDecl &Declared, std::uint64_t Align,
                      const RuleContext &Context) {
  // Attributes in front of the type may come from a macro (SNUG does); what comes before them stands in the file.
  return offered(std::move(Text), Context.sources().getExpansionLoc(Declared.getOuterLocStart()),
                 Declared.getLocation().isFileID(), Align, Context);
}

} // namespace snug::rules
