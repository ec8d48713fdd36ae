// Judges the step from a child that lives in the bytes of a base class to its parent by the preconditions P1 to P11.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/ChildOperationState.h"

#include "layout/Interconvertible.h"
#include "layout/Names.h"
#include "layout/StandardLayout.h"
#include "rules/ContainerOf.h"
#include "rules/Names.h"
#include "rules/SenderShapes.h"
#include "rules/SubobjectPaths.h"

#include "clang/AST/RecordLayout.h"

#include <algorithm>
#include <set>

namespace snug::rules {

void ChildOperationState::declareInterest(StmtInterest &Interest) const {
  addCastKinds(Interest);
  Interest.set(clang::Stmt::CallExprClass);
}

static bool makesReceiver(const clang::FunctionDecl *F) {
  return F && F->getDeclName().isIdentifier() && F->getName() == "make_receiver_for";
}

void ChildOperationState::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(&S)) {
    if (const clang::FunctionDecl *Callee = Call->getDirectCallee(); Callee && makesReceiver(Scope.Function))
      MadeBy.try_emplace(Callee->getCanonicalDecl(), Scope.Function);
    return;
  }
  if (std::optional<ChildStep> Step = matchChildStep(llvm::cast<clang::ExplicitCastExpr>(S), Scope.Function, Context))
    Steps.push_back(std::move(*Step));
}

void ChildOperationState::visitRecord(const clang::CXXRecordDecl &Record, RuleContext &) {
  if (Record.isUnion())
    return;
  for (const clang::CXXBaseSpecifier &Base : Record.bases())
    if (const clang::CXXRecordDecl *B = completeRecord(Base.getType()))
      Derived[B].push_back(&Record);
}

namespace {

/// Collects what is broken, in the order of the preconditions.
///
/// Other rules know some of them, but each at its own place and for what it sees there: the placement new, the member
/// access, the call of launder. The step is judged from the types alone, so that it is also when the code that creates
/// the child is in another file; hence the checks here are by type and do not ask the pointer model.
class Judge {
public:
  Judge(const ChildStep &Step, const RuleContext &Context)
      : Step(Step), Context(Context), AST(Context.AST), Child(quoted(Step.Child, AST)), Slot(quoted(*Step.Slot)),
        Parent(quoted(*Step.Parent)), Bytes(quoted(*Step.Bytes)) {}

  void child() {
    for (const Creation &C : Step.Created)
      if (C.Bytes == Step.Bytes && !layout::areSimilar(AST, C.Type, Step.Child))
        fail(1, Level::Error, Bytes + " holds a " + quoted(C.Type, AST) + ", not a " + Child, C.Where);
    for (const clang::CXXBaseSpecifier &Specifier : Step.Parent->bases()) {
      const clang::CXXRecordDecl *Other = completeRecord(Specifier.getType());
      if (!Other || declaresSameEntity(Other, Step.Slot))
        continue;
      for (const Creation &C : creationsIn(*Other))
        if (layout::areSimilar(AST, C.Type, Step.Child))
          fail(1, Level::Error,
               quoted(*Other) + " holds a " + Child + ", too: a tag in the receiver must tell the two apart", C.Where);
    }
  }

  void storage() {
    const clang::ArrayType *Array = AST.getAsArrayType(Step.Bytes->getType());
    if (Array && !providesStorage(AST, Step.Bytes->getType()))
      // As storage-not-byte-array weighs it: with characters it is wrong by the letter alone.
      fail(2, Array->getElementType()->isCharType() ? Level::Warning : Level::Error,
           "an array of " + quoted(Array->getElementType(), AST) +
               " does not provide storage; creating the child in it ends the lifetime of the " + Slot,
           Step.Bytes->getLocation());
    const clang::CharUnits Size = AST.getTypeSizeInChars(Step.Child);
    const clang::CharUnits Room = AST.getTypeSizeInChars(Step.Bytes->getType());
    if (Room < Size)
      fail(3, Level::Error,
           Bytes + " has " + bytes(Room.getQuantity()) + ", " + Child + " needs " + bytes(Size.getQuantity()),
           Step.Bytes->getLocation());
    const clang::CharUnits Align = std::max(AST.getDeclAlign(Step.Bytes), slotAlignAtBytes());
    if (Align < AST.getTypeAlignInChars(Step.Child))
      fail(3, Level::Error,
           Bytes + " is aligned to " + bytes(Align.getQuantity()) + ", " + Child + " needs " +
               bytes(AST.getTypeAlignInChars(Step.Child).getQuantity()),
           Step.Bytes->getLocation());
  }

  void slot() {
    if (std::vector<Reason> Why = layout::whyNotStandardLayout(AST, *Step.Slot); !Why.empty()) {
      fail(4, Level::Error, Slot + " is not standard-layout, so it shares no address with " + Bytes + " by the letter",
           Step.Slot->getLocation());
      for (Reason &R : Why)
        Reasons.push_back(std::move(R));
    } else if (!layout::isInterconvertible(AST, *Step.Slot, *Step.Bytes)) {
      const clang::FieldDecl *First = layout::firstMember(*Step.Slot);
      fail(4, Level::Error,
           Bytes + " is not the first member of " + Slot + (First ? " (that is " + quoted(*First) + ")" : ""),
           Step.Bytes->getLocation());
    }
  }

  void launder() {
    if (!Step.Launder) {
      fail(5, Level::Warning,
           "no std::launder on the way from the " + Child +
               " to the bytes that it lives in: the pointer still points to the " + Child +
               "; launder it to the array type",
           Step.Cast->getBeginLoc());
      return;
    }
    clang::QualType To = Step.Launder->getType()->getPointeeType();
    if (AST.getAsArrayType(To))
      return;
    fail(
        5, Level::Warning,
        To->isCharType() || To->isStdByteType()
            ? "std::launder gives a pointer to one byte, which is not pointer-interconvertible with its array; launder "
              "to the array type"
            : "std::launder gives a " + quoted(To, AST) +
                  ", which is still under construction while the child is "
                  "created; launder to the array type",
        Step.Launder->getBeginLoc());
  }

  void reachability() {
    const clang::CharUnits Size = AST.getTypeSizeInChars(Step.Child);
    const clang::CharUnits SlotSize = AST.getTypeSizeInChars(layout::typeOf(AST, *Step.Slot));
    if (SlotSize > Size)
      fail(6, Level::Error,
           bytes((SlotSize - Size).getQuantity()) + " of " + Slot + " are not reachable through the " + Child + ": " +
               Slot + " is " + bytes(SlotSize.getQuantity()) + ", " + Child + " is " + bytes(Size.getQuantity()),
           Step.Slot->getLocation());
    const clang::CharUnits ParentSize = AST.getTypeSizeInChars(layout::typeOf(AST, *Step.Parent));
    if (ParentSize > Size && layout::isStandardLayout(AST, *Step.Parent))
      fail(6, Level::Error,
           Parent + " is standard-layout, so all " + bytes(ParentSize.getQuantity()) +
               " of it would be reachable through the " + Child + ", which is " + bytes(Size.getQuantity()) +
               "; give it a data member",
           Step.Parent->getLocation());
  }

  void base() {
    if (!Step.Downcast)
      fail(7, Level::Error,
           "the cast skips the base " + Slot + ": the way to " + Parent + " is a static_cast from there",
           Step.Cast->getBeginLoc());
  }

  void derived(llvm::ArrayRef<const clang::CXXRecordDecl *> Others) {
    for (const clang::CXXRecordDecl *Other : Others)
      if (!declaresSameEntity(Other, Step.Parent) && !Step.Parent->isDerivedFrom(Other) &&
          !Other->isDerivedFrom(Step.Parent))
        fail(8, Level::Error, quoted(*Other) + " derives from " + Slot + " but is no " + Parent, Other->getLocation());
  }

  void construction() {
    for (const clang::Decl *D : Step.Slot->decls()) {
      const auto *F = llvm::dyn_cast<clang::CXXMethodDecl>(D);
      const clang::FunctionDecl *Definition = nullptr;
      if (F && llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(F) && F->isDefined(Definition) &&
          Definition->doesThisDeclarationHaveABody())
        usesOfParent(Definition->getBody(), llvm::isa<clang::CXXDestructorDecl>(F));
    }
  }

  void moves() {
    if (!isImmovable(*Step.Parent) && !isImmovable(*Step.Slot))
      fail(10, Level::Warning,
           Parent +
               " can be copied or moved, and the copy's child would not be where its parent looks for it; delete "
               "the move constructor of " +
               Slot,
           Step.Parent->getLocation());
  }

  void receiver(const clang::FunctionDecl *Maker) {
    const auto *Method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(Maker);
    const clang::CXXRecordDecl *Receiver = Method ? Method->getParent() : nullptr;
    if (!Receiver)
      return;
    std::string Name = quoted(*Receiver);
    const auto *Proto = Method->getType()->getAs<clang::FunctionProtoType>();
    if (!Method->isStatic())
      fail(11, Level::Warning, "make_receiver_for of " + Name + " is not static", Method->getLocation());
    if (Proto && Proto->canThrow() != clang::CT_Cannot)
      fail(11, Level::Warning, "make_receiver_for of " + Name + " may throw", Method->getLocation());
    const clang::CXXRecordDecl *Result = Method->getReturnType()->getAsCXXRecordDecl();
    if (!Result || !declaresSameEntity(Result, Receiver))
      fail(11, Level::Warning,
           "make_receiver_for returns " + quoted(Method->getReturnType(), AST) + ", not " + Name + " by value",
           Method->getLocation());
    for (const clang::FieldDecl *Field : Receiver->fields()) {
      const clang::CXXRecordDecl *Class = completeRecord(Field->getType());
      if (Field->getType()->isPointerType() || Field->getType()->isReferenceType() || (Class && Class->isEmpty()))
        continue;
      fail(11, Level::Warning,
           "receiver " + Name + " holds " + quoted(*Field) + ", which is not recomputed from the child",
           Field->getLocation());
    }
  }

  Level worst() const { return Worst; }
  /// "P2", "P2 and P5", "P2, P5 and P6".
  std::string broken() const {
    std::string Text;
    for (auto I = Numbers.begin(); I != Numbers.end(); ++I) {
      if (I != Numbers.begin())
        Text += std::next(I) == Numbers.end() ? " and " : ", ";
      Text += "P" + std::to_string(*I);
    }
    return Text;
  }
  std::size_t count() const { return Numbers.size(); }
  std::vector<Reason> Reasons;

private:
  void fail(unsigned Number, Level L, std::string Text, clang::SourceLocation Where) {
    Numbers.insert(Number);
    Worst = std::max(Worst, L);
    std::string Id = "P" + std::to_string(Number);
    Reasons.push_back({Id, Id + ": " + std::move(Text), Context.locate(Where), {}});
  }

  /// What the class's own alignment guarantees at the bytes.
  clang::CharUnits slotAlignAtBytes() const {
    const clang::ASTRecordLayout &Layout = AST.getASTRecordLayout(Step.Slot);
    auto Bits = static_cast<std::int64_t>(Layout.getFieldOffset(Step.Bytes->getFieldIndex()));
    return Layout.getAlignment().alignmentAtOffset(AST.toCharUnitsFromBits(Bits));
  }

  void usesOfParent(const clang::Stmt *S, bool Destructor) {
    if (!S)
      return;
    if (const auto *Member = llvm::dyn_cast<clang::MemberExpr>(S)) {
      const clang::Expr *Object = Member->getBase()->IgnoreParenImpCasts();
      if (const auto *Deref = llvm::dyn_cast<clang::UnaryOperator>(Object);
          Deref && Deref->getOpcode() == clang::UO_Deref)
        Object = Deref->getSubExpr()->IgnoreParenImpCasts();
      const auto *Cast = llvm::dyn_cast<clang::ExplicitCastExpr>(Object);
      if (Cast && Cast->getCastKind() == clang::CK_BaseToDerived && completeRecord(castTarget(*Cast)) == Step.Parent)
        fail(9, Level::Warning,
             quoted(*Member->getMemberDecl()) + " of the parent is used while base " + Slot + " is " +
                 (Destructor ? "destroyed: it is destroyed already" : "constructed: it is not constructed yet"),
             Member->getMemberLoc());
    }
    for (const clang::Stmt *Inner : S->children())
      usesOfParent(Inner, Destructor);
  }

  const ChildStep &Step;
  const RuleContext &Context;
  const clang::ASTContext &AST;
  std::string Child, Slot, Parent, Bytes;
  std::set<unsigned> Numbers;
  Level Worst = Level::Remark;
};

} // namespace

void ChildOperationState::finish(RuleContext &Context) {
  for (const ChildStep &Step : Steps) {
    const clang::FunctionDecl *Maker =
        makesReceiver(Step.Function) ? Step.Function : MadeBy.lookup(Step.Function->getCanonicalDecl());
    if (!Maker)
      continue;
    Judge J(Step, Context);
    J.child();
    J.storage();
    J.slot();
    J.launder();
    J.reachability();
    J.base();
    J.derived(Derived[Step.Slot]);
    J.construction();
    J.moves();
    J.receiver(Maker);
    if (J.count() == 0)
      continue;
    Finding F = violated(Context.locate(Step.Cast->getBeginLoc()),
                         "the step from child " + quoted(Step.Child, Context.AST) + " to parent " +
                             quoted(*Step.Parent) + " breaks " + (J.count() == 1 ? "precondition " : "preconditions ") +
                             J.broken() + " of a child in byte storage");
    F.Severity = J.worst();
    F.Reasons = std::move(J.Reasons);
    Context.report(std::move(F), Step.Function);
  }
}

} // namespace snug::rules
