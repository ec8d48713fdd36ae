// Finds objects created in storage that is aligned to less than they need.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StorageUnderAligned.h"

#include "rules/Names.h"
#include "rules/Placement.h"
#include "rules/Reachability.h"

#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"

namespace snug::rules {

void StorageUnderAligned::declareInterest(StmtInterest &Interest) const { addPlacementKinds(Interest); }

/// Adds what to write before the declaration. It keeps the meaning, so it is a repair to be applied: but only to an
/// array (or a wrapper of one) that the program itself declares, and from whose start the object goes.
static void offerAlignas(const Placement &P, Finding &F, const RuleContext &Context) {
  const std::optional<Storage> Where = storageAt(P.Place, Context.AST);
  const clang::ValueDecl *Name = Where ? Where->Name : nullptr;
  if (!Name || !Where->Offset.isZero())
    return;
  Reason Fix{"", "declare " + quoted(*Name) + " with 'alignas'", Context.locate(Name->getLocation()), {}};
  const clang::SourceRange Declaration = editableDeclaration(Name, Context.AST);
  clang::QualType Type = Context.AST.getBaseElementType(P.Type);
  std::string TypeName = nameAt(Type, Declaration.getBegin(), Context.AST);
  if (Declaration.isValid() && !TypeName.empty()) {
    Location At = Context.locate(Declaration.getBegin());
    F.FixIts.push_back({At, At, "alignas(" + TypeName + ") "});
    Fix.Text = "declare " + quoted(*Name) + " with 'alignas(" + TypeName + ")'";
  }
  F.Reasons.push_back(std::move(Fix));
}

void StorageUnderAligned::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  std::optional<Placement> P = placementOf(S, Context);
  // An object in the place of one of its own type is as well aligned as that was.
  if (!P || !Context.Pointers.isStale(P->Place, P->Type))
    return;
  std::optional<PlaceInOutermost> At = placeInOutermost(*P, Context);
  if (!At)
    return;
  const clang::CharUnits Needed = Context.AST.getTypeAlignInChars(P->Type);
  const clang::CharUnits Given = At->alignmentAtPlace();
  if (Needed <= Given || !isReachable(*P->By, Scope.Function, Context.Graphs))
    return;
  const clang::ValueDecl *Named = P->Place.Name;
  std::string Name = Named ? quoted(*Named) : "the " + quoted(P->Place.Object, Context.AST);
  Finding F = violated(Context.locate(P->By->getBeginLoc()), Name + " is aligned to " + bytes(Given.getQuantity()) +
                                                                 ", " + quoted(P->Type, Context.AST) + " needs " +
                                                                 bytes(Needed.getQuantity()));
  if (At->Variable) {
    // Arrays of some size are aligned by the ABI of many targets, by no word of the language.
    const clang::CharUnits ByABI = Context.AST.getDeclAlign(At->Variable).alignmentAtOffset(At->Offset);
    if (ByABI >= Needed) {
      F.Severity = Level::Warning;
      F.Reasons.push_back({"",
                           "the ABI of this target aligns " + quoted(*At->Variable) + " to " +
                               bytes(ByABI.getQuantity()) + ", the language does not",
                           Context.locate(At->Variable->getLocation()),
                           {}});
    }
  }
  if (At->Unseen) {
    F.Reasons.push_back({"",
                         Name + " is at offset " + std::to_string(At->Offset.getQuantity()) + " of " +
                             quoted(*At->Unseen) + ", which is aligned to " + bytes(At->Alignment.getQuantity()),
                         Context.locate(At->Unseen->getLocation()),
                         {}});
    // At a suitable place, made by new for instance, all would be well.
    if (At->Offset.isMultipleOf(Needed))
      F.Severity = Level::Warning;
  }
  offerAlignas(*P, F, Context);
  if (At->Unseen)
    Found.push_back({std::move(F), Scope.Function, At->Unseen, At->Offset, Needed});
  else
    Context.report(std::move(F), Scope.Function);
}

void StorageUnderAligned::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &Context) {
  if (Found.empty())
    return;
  const clang::ASTContext &AST = Context.AST;
  auto Note = [&](clang::QualType Part, auto OffsetOf) {
    const clang::CXXRecordDecl *Class = completeRecord(AST.getBaseElementType(Part));
    for (Pending &P : Found)
      if (Class && declaresSameEntity(Class, P.Unseen)) {
        const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(&Record);
        (Layout.getAlignment().alignmentAtOffset(OffsetOf(Layout) + P.Offset) >= P.Needed ? P.Aligned : P.Others)++;
      }
  };
  for (const clang::CXXBaseSpecifier &Base : Record.bases())
    if (!Base.isVirtual())
      Note(Base.getType(), [&](const clang::ASTRecordLayout &Layout) {
        return Layout.getBaseClassOffset(Base.getType()->getAsCXXRecordDecl());
      });
  for (const clang::FieldDecl *Field : Record.fields())
    Note(Field->getType(), [&](const clang::ASTRecordLayout &Layout) {
      return AST.toCharUnitsFromBits(static_cast<std::int64_t>(Layout.getFieldOffset(Field->getFieldIndex())));
    });
}

void StorageUnderAligned::finish(RuleContext &Context) {
  for (Pending &P : Found)
    if (P.Aligned == 0 || P.Others != 0)
      Context.report(std::move(P.What), P.Function);
}

} // namespace snug::rules
