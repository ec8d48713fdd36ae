// How types, members and places are named in everything that layouts are printed in.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "layout/Names.h"

#include "clang/AST/PrettyPrinter.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/Path.h"

namespace snug::layout {

clang::QualType typeOf(const clang::ASTContext &AST, const clang::RecordDecl &Record) {
#if LLVM_VERSION_MAJOR >= 22
  return AST.getCanonicalTagType(&Record);
#else
  return AST.getCanonicalType(AST.getRecordType(&Record));
#endif
}

namespace {
class FileNamesOnly : public clang::PrintingCallbacks {
  std::string remapPath(llvm::StringRef Path) const override { return llvm::sys::path::filename(Path).str(); }
};
} // namespace

/// `Name`: what to declare, may be empty.
static std::string print(const clang::ASTContext &AST, clang::QualType Type, std::string Name) {
  clang::PrintingPolicy Policy(AST.getLangOpts());
  const FileNamesOnly Callbacks;
  Policy.Callbacks = &Callbacks;
  Policy.SuppressTagKeyword = true;
  Policy.Bool = true;
  Type.getAsStringInternal(Name, Policy);
  // Clang 19 and 22 name unnamed classes in different ways, and each in two.
  for (llvm::StringRef Tag : {"struct", "class", "union"})
    for (const std::string &Variant : {(Tag + " (unnamed at ").str(), (Tag + " (unnamed " + Tag + " at ").str()})
      for (std::size_t At = 0; (At = Name.find(Variant, At)) != std::string::npos;)
        Name.replace(At, Variant.size(), ("(unnamed " + Tag + " at ").str());
  return Name;
}

std::string nameOf(const clang::ASTContext &AST, clang::QualType Type) { return print(AST, Type, {}); }

std::string declarationOf(const clang::ASTContext &AST, const clang::FieldDecl &Field) {
  if (Field.isAnonymousStructOrUnion())
    return Field.getType()->isUnionType() ? "union" : "struct";
  if (Field.isBitField())
    return nameOf(AST, Field.getType()) + " " + nameOf(Field);
  if (Field.getDeclName())
    return print(AST, Field.getType(), Field.getNameAsString());
  return nameOf(AST, Field.getType()) + " " + nameOf(Field);
}

std::string nameOf(const clang::ASTContext &AST, const clang::RecordDecl &Record) {
  return nameOf(AST, typeOf(AST, Record));
}

/// The capture that a member of a closure type holds; Clang leaves those members unnamed.
static std::string captureName(const clang::CXXRecordDecl &Lambda, const clang::FieldDecl &Field) {
  unsigned Index = 0;
  for (const clang::LambdaCapture &Capture : Lambda.captures()) {
    if (Index++ != Field.getFieldIndex())
      continue;
    if (Capture.capturesThis())
      return "[this]";
    if (Capture.capturesVariable())
      return "[capture " + Capture.getCapturedVar()->getNameAsString() + "]";
  }
  return "[capture]";
}

std::string nameOf(const clang::FieldDecl &Field) {
  if (Field.getDeclName())
    return Field.getNameAsString();
  if (Field.isBitField())
    return "(unnamed bit-field)";
  const auto *Class = llvm::dyn_cast<clang::CXXRecordDecl>(Field.getParent());
  if (Class && Class->isLambda())
    return captureName(*Class, Field);
  if (const clang::RecordDecl *Record = Field.getType()->getAsRecordDecl(); Record && Record->isUnion())
    return "(anonymous union)";
  return "(anonymous struct)";
}

Location locate(const clang::SourceManager &Sources, clang::SourceLocation Where) {
  Location Result;
  if (Where.isInvalid())
    return Result;
  const clang::PresumedLoc Presumed = Sources.getPresumedLoc(Sources.getExpansionLoc(Where));
  if (Presumed.isInvalid())
    return Result;
  Result.File = Presumed.getFilename();
  Result.Line = Presumed.getLine();
  Result.Column = Presumed.getColumn();
  Result.Raw = Where.getRawEncoding();
  return Result;
}

} // namespace snug::layout
