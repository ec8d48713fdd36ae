// Finds make_receiver_for declared in a way that needs the operation state to be complete.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/MakeReceiverNeedsCompleteChild.h"

#include "rules/Names.h"

#include "clang/AST/ASTConcept.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

#include <optional>

namespace snug::rules {

using namespace clang;

namespace {

/// Which argument of a trait or concept of the standard must be complete, be it spelt `is_empty`, `is_empty_v` or, for a
/// concept, `movable`; -1 for those that do not care.
int completeArgument(llvm::StringRef Name) {
  static constexpr llvm::StringRef AskFirst[] = {
      "abstract",  "aggregate",    "assignable",   "constructible",   "constructible_from",
      "copyable",  "destructible", "empty",        "final",           "initializable",
      "movable",   "pod",          "polymorphic",  "regular",         "semiregular",
      "swappable", "trivial",      "derived_from", "standard_layout", "has_virtual_destructor"};
  Name.consume_back("_v");
  if (Name == "is_base_of")
    return 1;
  Name.consume_front("is_");
  while (Name.consume_front("nothrow_") || Name.consume_front("trivially_") || Name.consume_front("default_") ||
         Name.consume_front("copy_") || Name.consume_front("move_")) {
  }
  return llvm::is_contained(AskFirst, Name) ? 0 : -1;
}

/// The traits that the compiler itself answers.
bool needsComplete(TypeTrait Trait, unsigned Argument) {
  llvm::StringRef Name = getTraitSpelling(Trait);
  Name.consume_front("__");
  return completeArgument(Name) == static_cast<int>(Argument);
}

struct Need {
  SourceLocation Where;
  std::string What;
};

/// The first place in an expression where `Child` must be complete.
class Finder : public RecursiveASTVisitor<Finder> {
public:
  Finder(const ASTContext &AST, QualType Child, unsigned Depth) : AST(AST), Child(Child), Depth(Depth) {}

  std::optional<Need> Found;

  bool shouldVisitTemplateInstantiations() const { return false; }

  bool VisitUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    const bool Asks = E->isArgumentType() ? isChild(E->getArgumentType()) : namesChild(E->getArgumentExpr());
    return Asks ? found(E->getBeginLoc(), E->getKind() == UETT_SizeOf ? "'sizeof'" : "'alignof'") : true;
  }
  bool VisitTypeTraitExpr(TypeTraitExpr *E) {
    for (unsigned I = 0; I != E->getNumArgs(); ++I)
      if (isChild(E->getArg(I)->getType()) && needsComplete(E->getTrait(), I))
        return found(E->getBeginLoc(), std::string("'") + getTraitSpelling(E->getTrait()) + "'");
    return true;
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    const QualType Base = E->getBaseType();
    const bool OfChild =
        !Base.isNull() && (isChild(Base) || (E->isArrow() && Base->isPointerType() && isChild(Base->getPointeeType())));
    if (OfChild || (!E->isImplicitAccess() && namesChild(E->getBase())))
      return found(E->getMemberLoc(), "the member '" + E->getMember().getAsString() + "'");
    return true;
  }
  bool VisitCXXStaticCastExpr(CXXStaticCastExpr *E) {
    const QualType From = E->getSubExpr()->getType(), To = E->getTypeAsWritten();
    if (From->isPointerType() && isChild(From->getPointeeType()) && To->isPointerType() && !To->isVoidPointerType() &&
        !isChild(To->getPointeeType()))
      return found(E->getBeginLoc(), "'static_cast' to a relative");
    return true;
  }
  bool VisitConceptSpecializationExpr(ConceptSpecializationExpr *E) {
    const auto *Concept = llvm::dyn_cast_or_null<ConceptDecl>(E->getNamedConcept());
    return !Concept || lookInto(*Concept, E->getTemplateArguments(), E->getConceptNameLoc());
  }
  // A variable template: is_base_of_v<B, C>.
  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    if (E->hasExplicitTemplateArgs() &&
        llvm::all_of(E->decls(), [](const NamedDecl *D) { return D->isInStdNamespace(); }))
      for (unsigned I = 0; I != E->getNumTemplateArgs(); ++I)
        if (isArgument(E->template_arguments()[I].getArgument()) &&
            completeArgument(E->getName().getAsString()) == static_cast<int>(I))
          return found(E->getNameLoc(), "'" + E->getName().getAsString() + "'");
    return true;
  }
  // A class template: is_base_of<B, C>::value.
  bool VisitTemplateSpecializationTypeLoc(TemplateSpecializationTypeLoc Loc) {
    const auto *Type = Loc.getTypePtr();
    const TemplateDecl *Template = Type->getTemplateName().getAsTemplateDecl();
    if (!Template || !Template->isInStdNamespace())
      return true;
    llvm::ArrayRef<TemplateArgument> Arguments = Type->template_arguments();
    for (unsigned I = 0; I != Arguments.size(); ++I)
      if (isArgument(Arguments[I]) && completeArgument(Template->getName()) == static_cast<int>(I))
        return found(Loc.getTemplateNameLoc(), "'" + Template->getName().str() + "'");
    return true;
  }
  // A name in the child: C::value_type.
  bool VisitDependentNameTypeLoc(DependentNameTypeLoc Loc) {
    return !qualifiedByChild(Loc.getQualifierLoc()) ||
           found(Loc.getNameLoc(), "the member '" + Loc.getTypePtr()->getIdentifier()->getName().str() + "'");
  }
  bool VisitDependentScopeDeclRefExpr(DependentScopeDeclRefExpr *E) {
    return !qualifiedByChild(E->getQualifierLoc()) ||
           found(E->getLocation(), "the member '" + E->getDeclName().getAsString() + "'");
  }

private:
  bool found(SourceLocation Where, std::string What) {
    Found = Need{Where, std::move(What)};
    return false;
  }
  bool isChild(QualType Type) const {
    return !Type.isNull() && AST.hasSameUnqualifiedType(Type.getNonReferenceType(), Child);
  }
  bool isArgument(const TemplateArgument &Argument) const {
    return Argument.getKind() == TemplateArgument::Type && isChild(Argument.getAsType());
  }
  /// `*child`, of whatever type.
  bool namesChild(const Expr *E) const {
    E = E->IgnoreParenImpCasts();
    const auto *Deref = llvm::dyn_cast<UnaryOperator>(E);
    if (Deref && Deref->getOpcode() == UO_Deref) {
      const QualType Pointer = Deref->getSubExpr()->IgnoreParenImpCasts()->getType();
      return Pointer->isPointerType() && isChild(Pointer->getPointeeType());
    }
    return isChild(E->getType());
  }
  bool qualifiedByChild(NestedNameSpecifierLoc Loc) const {
    // Not getAs: in Clang 19 that gives the canonical type, which knows no declaration.
    const auto *Parameter = llvm::dyn_cast<TemplateTypeParmType>(Child.getTypePtr());
    const TemplateTypeParmDecl *Declared = Parameter ? Parameter->getDecl() : nullptr;
    if (!Loc || !Declared || !Declared->getIdentifier())
      return false;
    llvm::StringRef Text = Lexer::getSourceText(CharSourceRange::getTokenRange(Loc.getSourceRange()),
                                                AST.getSourceManager(), AST.getLangOpts());
    Text.consume_back("::");
    return Text.trim() == Declared->getName();
  }
  bool lookInto(const ConceptDecl &Concept, llvm::ArrayRef<TemplateArgument> Arguments, SourceLocation Where) {
    const std::string Name = "'" + Concept.getNameAsString() + "'";
    for (unsigned I = 0; I != Arguments.size(); ++I) {
      if (!isArgument(Arguments[I]))
        continue;
      if (Concept.isInStdNamespace() && completeArgument(Concept.getName()) == static_cast<int>(I))
        return found(Where, Name);
      const TemplateParameterList *Parameters = Concept.getTemplateParameters();
      const auto *Parameter =
          I < Parameters->size() ? llvm::dyn_cast<TemplateTypeParmDecl>(Parameters->getParam(I)) : nullptr;
      if (!Parameter || Parameter->isParameterPack() || Depth == 0)
        continue;
      Finder Inner(AST,
                   AST.getTemplateTypeParmType(Parameter->getDepth(), Parameter->getIndex(), false,
                                               const_cast<TemplateTypeParmDecl *>(Parameter)),
                   Depth - 1);
      Inner.TraverseStmt(const_cast<Expr *>(Concept.getConstraintExpr()));
      if (Inner.Found)
        return found(Where, Name);
    }
    return true;
  }

  const ASTContext &AST;
  QualType Child;
  unsigned Depth;
};

/// From LLVM 21 on a requires-clause comes with its position in a pack.
template <class Constraint> const Expr *constraint(const Constraint &C) {
  if constexpr (std::is_pointer_v<Constraint>)
    return C;
  else
    return C.ConstraintExpr;
}

/// The expressions that are looked at before the body, with the part of the declaration they stand in.
std::vector<std::pair<const Expr *, const char *>> declared(const ReceiverMaker &Maker) {
  std::vector<std::pair<const Expr *, const char *>> Result;
  const TemplateParameterList &Parameters = *Maker.functionTemplate()->getTemplateParameters();
  for (const NamedDecl *Parameter : Parameters)
    if (const auto *Type = llvm::dyn_cast<TemplateTypeParmDecl>(Parameter))
      if (const TypeConstraint *Constraint = Type->getTypeConstraint())
        Result.emplace_back(Constraint->getImmediatelyDeclaredConstraint(), "constraints");
  Result.emplace_back(Parameters.getRequiresClause(), "constraints");
  Result.emplace_back(constraint(Maker.Method->getTrailingRequiresClause()), "constraints");
  if (const auto *Type = Maker.Method->getType()->getAs<FunctionProtoType>())
    Result.emplace_back(Type->getNoexceptExpr(), "noexcept-specifier");
  if (const auto *Type = Maker.Method->getReturnType()->getAs<DecltypeType>())
    Result.emplace_back(Type->getUnderlyingExpr(), "result type");
  return Result;
}

} // namespace

bool MakeReceiverNeedsCompleteChild::judge(const ReceiverMaker &Maker, RuleContext &Context) {
  if (!Maker.functionTemplate() || Maker.Method->getNumParams() == 0)
    return false;
  // Most makers are fine, and the names of instantiations take long to print.
  const auto Name = [&] { return "make_receiver_for of " + quoted(*Maker.Receiver); };
  if (Maker.Method->getReturnType()->getContainedDeducedType()) {
    Finding F =
        violated(Context.locate(Maker.Method->getLocation()),
                 Name() + " has a deduced result: its body is compiled to find it, where the operation state may "
                          "still be incomplete");
    F.Reasons.push_back({"", "write " + quoted(*Maker.Receiver) + " as its result type", F.Where, {}});
    Context.report(std::move(F));
    return true;
  }
  const QualType Pointer = Maker.Method->getParamDecl(0)->getType().getNonReferenceType();
  if (!Pointer->isPointerType())
    return false;
  const QualType Child = Pointer->getPointeeType().getUnqualifiedType();
  for (const auto &[Expression, Part] : declared(Maker)) {
    if (!Expression)
      continue;
    Finder Look(Context.AST, Child, 8);
    Look.TraverseStmt(const_cast<Expr *>(Expression));
    if (!Look.Found)
      continue;
    Finding F = violated(Context.locate(Look.Found->Where),
                         Name() + " needs the operation state to be complete in its " + Part +
                             ", and it may not be: " + Look.Found->What + " asks for the whole class");
    F.Reasons.push_back(
        {"",
         "an operation state asks while it is being defined, to choose its base class; the answer is an "
         "error, or wrong for good",
         Context.locate(Maker.Method->getLocation()),
         {}});
    F.Reasons.push_back(
        {"", "make it a static_assert in the body, where the operation state is complete", F.Where, {}});
    Context.report(std::move(F));
    return true;
  }
  return false;
}

} // namespace snug::rules
