// Finds casts between a byte array and what lives in it that need std::launder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/CastNeedsLaunder.h"

#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/SubobjectPaths.h"
#include "rules/Uses.h"

#include "clang/Lex/Lexer.h"

#include <optional>

namespace snug::rules {

void CastNeedsLaunder::declareInterest(StmtInterest &Interest) const { addCastKinds(Interest); }

namespace {

/// An object, the bytes it lives in, and which of the two the cast starts from.
struct StorageCast {
  clang::QualType Object;
  const clang::ValueDecl *Bytes; ///< null where only the array's type is known
  bool IntoBytes;                ///< from the object to its bytes
};

bool contains(const clang::ASTContext &AST, clang::QualType Whole, clang::QualType Part) {
  const clang::CXXRecordDecl *Record = completeRecord(Whole);
  return Record && !subobjectsOf(AST, *Record, Part).empty();
}

/// From bytes that are seen to an object that has room in them.
std::optional<StorageCast> outOfBytes(const PointerValue &V, clang::QualType Target, RuleContext &Context) {
  const clang::ASTContext &AST = Context.AST;
  PointerModel::Bytes Bytes = Context.Pointers.bytesAt(V);
  if (!Bytes || Target->isArrayType())
    return std::nullopt;
  const clang::CharUnits Size = AST.getTypeSizeInChars(Target);
  // Numbers are read out of buffers every day; an object is meant where the buffer was made for it.
  if (Size > Bytes.Size || (!Target->isRecordType() && Size != Bytes.Size))
    return std::nullopt;
  // What encloses the bytes is the other rules' matter.
  if (contains(AST, V.Object, Target) || contains(AST, Target, V.Object) || contains(AST, Target, Bytes.Array))
    return std::nullopt;
  for (const Enclosing &E : V.Around)
    if (layout::areSimilar(AST, E.Type, Target) || contains(AST, Target, E.Type))
      return std::nullopt;
  return StorageCast{Target, Bytes.Name, false};
}

/// From an object to bytes of just its size, or to a class that starts with bytes which have room for it.
std::optional<StorageCast> intoBytes(const PointerValue &V, clang::QualType Target, RuleContext &Context) {
  const clang::ASTContext &AST = Context.AST;
  const bool Provided = V.Is == PointerValue::Kind::Provided;
  if (!completeRecord(V.Object) || (!Provided && (V.Is != PointerValue::Kind::Unknown || !V.Around.empty())))
    return std::nullopt;
  const clang::CharUnits Size = AST.getTypeSizeInChars(V.Object);
  if (providesStorage(AST, Target))
    return AST.getTypeSizeInChars(Target) == Size
               ? std::optional(StorageCast{V.Object, Provided ? V.Name : nullptr, true})
               : std::nullopt;
  const clang::CXXRecordDecl *Wrapper = completeRecord(Target);
  clang::CharUnits Room;
  const clang::FieldDecl *Bytes = Wrapper ? interconvertibleBytes(AST, *Wrapper, Room) : nullptr;
  if (!Bytes || Room < Size || AST.getTypeAlignInChars(Target) < AST.getTypeAlignInChars(V.Object))
    return std::nullopt;
  if (contains(AST, Target, V.Object) || contains(AST, V.Object, Target))
    return std::nullopt;
  return StorageCast{V.Object, Bytes, true};
}

/// The note that offers to wrap the cast.
Reason wrapped(const clang::ExplicitCastExpr &Cast, const RuleContext &Context) {
  Reason Fix{"",
             "wrap the cast: 'std::launder(…)' gives a pointer to the object that lives there",
             Context.locate(Cast.getBeginLoc()),
             {}};
  clang::SourceLocation Begin = Cast.getBeginLoc();
  clang::SourceLocation End =
      clang::Lexer::getLocForEndOfToken(Cast.getEndLoc(), 0, Context.sources(), Context.AST.getLangOpts());
  if (Begin.isFileID() && End.isValid() && End.isFileID() && !Cast.isGLValue()) {
    Location From = Context.locate(Begin), To = Context.locate(End);
    Fix.FixIts.push_back({From, From, "std::launder("});
    Fix.FixIts.push_back({To, To, ")"});
  }
  return Fix;
}

} // namespace

void CastNeedsLaunder::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Cast = llvm::cast<clang::ExplicitCastExpr>(S);
  clang::QualType Target = castTarget(Cast);
  if (!reinterprets(Cast) || Target.isNull() || !saysWhat(Target))
    return;
  PointerValue V = Context.Pointers.operandOf(Cast);
  // What was stale before has been reported where it became so.
  if (!V || V.StaleSince || !Context.Pointers.isStale(Context.Pointers.converted(V, Target, &Cast), Target))
    return;
  std::optional<StorageCast> Found = outOfBytes(V, Target, Context);
  if (!Found)
    Found = intoBytes(V, Target, Context);
  if (!Found)
    return;
  // Storing, comparing, laundering the result, or taking it as a place for something new: all defined.
  Uses Used = usesOf(Cast, Scope.Function);
  const bool ReadsBytes = Found->IntoBytes && Target->isArrayType();
  if (!Used.CastOn && !(Used.Escapes && !(ReadsBytes && Cast.isGLValue())) && !(Used.Dereferenced && !ReadsBytes))
    return;
  std::string Object = quoted(Found->Object, Context.AST);
  std::string Where = Found->Bytes ? "in the bytes of " + quoted(*Found->Bytes) : std::string("in an array of bytes");
  Finding F = violated(Context.locate(Cast.getBeginLoc()),
                       "the " + Object + " lives " + Where + " but is not pointer-interconvertible with " +
                           (Found->Bytes ? "it" : "the array") + "; use std::launder");
  if (Found->Bytes)
    F.Reasons.push_back({"",
                         quoted(*Found->Bytes) + " provides storage; what is created in it is no subobject of it",
                         Context.locate(Found->Bytes->getLocation()),
                         {}});
  F.Reasons.push_back(wrapped(Cast, Context));
  Context.report(std::move(F), Scope.Function);
}

} // namespace snug::rules
