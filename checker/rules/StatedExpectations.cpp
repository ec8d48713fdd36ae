// The attributes behind SNUG(…): registered once by each host, read back from declarations by the rules.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each expectation becomes a clang::AnnotateAttr "snug::<name>@<place>[@<member>]" with the number and, below
// SNUG_WHEN, the condition as arguments: Clang instantiates those with the declaration, dependent arguments included.
// The place keeps two expectations of one name apart when redeclarations inherit them.
#include "rules/StatedExpectations.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Expr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/ParsedAttrInfo.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/EnterExpressionEvaluationContext.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/StringExtras.h"

namespace snug::rules {
namespace {

constexpr llvm::StringLiteral Prefix = "snug::";

/// What a macro said before its expectations: `stated("…")` opens a group and `when(…)` sets its condition.
struct Group {
  const clang::Decl *Of = nullptr;
  clang::Expr *Condition = nullptr;
};
thread_local Group CurrentGroup;

unsigned subjectsOf(const clang::Decl &D) {
  if (llvm::isa<clang::FieldDecl>(D))
    return OnMember;
  if (llvm::isa<clang::FunctionDecl, clang::FunctionTemplateDecl>(D))
    return OnFunction;
  if (llvm::isa<clang::ParmVarDecl>(D))
    return 0;
  if (llvm::isa<clang::RecordDecl, clang::TypedefNameDecl, clang::VarDecl>(D))
    return OnType;
  return 0;
}

llvm::StringRef describeSubjects(unsigned Subjects) {
  switch (Subjects) {
  case OnType:
    return "a class, an alias or a variable";
  case OnMember:
    return "a non-static data member";
  case OnFunction:
    return "a function";
  default:
    return "a class, an alias, a variable or a function";
  }
}

/// The expectation names in the text between the parentheses of SNUG(…): identifiers outside nested parentheses.
llvm::SmallVector<llvm::StringRef, 4> topLevelNames(llvm::StringRef Text) {
  llvm::SmallVector<llvm::StringRef, 4> Names;
  int Depth = 0;
  for (std::size_t I = 0; I != Text.size(); ++I) {
    char C = Text[I];
    if (C == '(' || C == '[' || C == '{') {
      ++Depth;
    } else if (C == ')' || C == ']' || C == '}') {
      --Depth;
    } else if (Depth == 0 && (llvm::isAlpha(C) || C == '_')) {
      llvm::StringRef Name = Text.substr(I).take_while([](char X) { return llvm::isAlnum(X) || X == '_'; });
      Names.push_back(Name);
      I += Name.size() - 1;
    }
  }
  return Names;
}

/// One object for all names: Clang asks for a spelling, the handler reads the name.
class ExpectationAttribute : public clang::ParsedAttrInfo {
public:
  ExpectationAttribute() {
    NumArgs = 1;
    std::vector<std::string> &Kept = names();
    if (Kept.empty()) {
      Kept = {"stated", "when"};
      for (const Quantity &Q : allQuantities())
        for (Relation How : relationsOf(Q))
          Kept.push_back(toString(ExpectationName{&Q, How}));
      std::size_t Bare = Kept.size();
      for (std::size_t I = 0; I != Bare; ++I)
        Kept.push_back((Prefix + Kept[I]).str());
    }
    // Clang 22 drops the arguments of a scoped attribute unless the bare spelling is known, too.
    for (const std::string &Name : Kept)
      for (auto Syntax : {clang::AttributeCommonInfo::AS_CXX11, clang::AttributeCommonInfo::AS_C23})
        AllSpellings.push_back({Syntax, Name.c_str()});
    Spellings = AllSpellings;
  }

  bool diagAppertainsToDecl(clang::Sema &, const clang::ParsedAttr &, const clang::Decl *) const override {
    return true;
  }

  AttrHandling handleDeclAttribute(clang::Sema &S, clang::Decl *D, const clang::ParsedAttr &Attr) const override {
    if (!Attr.hasScope() || Attr.getScopeName()->getName() != "snug") {
      S.Diag(Attr.getLoc(), warning(S, "unknown attribute %0 ignored")) << Attr.getAttrName();
      return AttributeNotApplied;
    }
    llvm::StringRef Name = Attr.getAttrName()->getName();
    if (Name == "stated") {
      CurrentGroup = {D, nullptr};
      checkNames(S, *D, Attr);
      return AttributeNotApplied;
    }
    if (CurrentGroup.Of != D)
      CurrentGroup = {D, nullptr};
    clang::Expr *Argument = argument(S, Attr);
    if (!Argument)
      return AttributeNotApplied;
    if (Name == "when") {
      if (checkCondition(S, *Argument))
        CurrentGroup.Condition = Argument;
      return AttributeNotApplied;
    }
    std::optional<ExpectationName> Parsed = parseExpectationName(Name);
    if (!Parsed || !checkSubject(S, *D, *Parsed, Attr) || !checkNumber(S, *Argument, *Parsed))
      return AttributeNotApplied;
    attach(S, *D, *Parsed, *Argument, Attr);
    return AttributeApplied;
  }

private:
  static std::vector<std::string> &names() {
    static std::vector<std::string> Kept;
    return Kept;
  }

  /// Where a reader looks: at the statement in the file, not at the macro's body.
  static clang::SourceLocation inFile(clang::Sema &S, clang::SourceLocation Loc) {
    return S.getSourceManager().getFileLoc(Loc);
  }

  template <unsigned N> static unsigned error(clang::Sema &S, const char (&Format)[N]) {
    return S.getDiagnostics().getCustomDiagID(clang::DiagnosticsEngine::Error, Format);
  }
  template <unsigned N> static unsigned warning(clang::Sema &S, const char (&Format)[N]) {
    return S.getDiagnostics().getCustomDiagID(clang::DiagnosticsEngine::Warning, Format);
  }

  /// The argument as an expression. Clang's parser hands a lone name on as it stands, since it does not know ours.
  static clang::Expr *argument(clang::Sema &S, const clang::ParsedAttr &Attr) {
    if (Attr.isArgExpr(0))
      return Attr.getArgAsExpr(0);
#if LLVM_VERSION_MAJOR >= 21
    clang::IdentifierInfo *Name = Attr.getArgAsIdent(0)->getIdentifierInfo();
    clang::SourceLocation Where = Attr.getArgAsIdent(0)->getLoc();
#else
    clang::IdentifierInfo *Name = Attr.getArgAsIdent(0)->Ident;
    clang::SourceLocation Where = Attr.getArgAsIdent(0)->Loc;
#endif
    clang::EnterExpressionEvaluationContext Constant(S, clang::Sema::ExpressionEvaluationContext::ConstantEvaluated);
    clang::LookupResult Found(S, clang::DeclarationNameInfo(Name, Where), clang::Sema::LookupOrdinaryName);
    S.LookupName(Found, S.getCurScope());
    if (Found.empty()) {
      S.Diag(inFile(S, Where), error(S, "use of undeclared identifier %0 in an expectation")) << Name;
      return nullptr;
    }
    clang::CXXScopeSpec Scope;
    clang::ExprResult Built = S.BuildDeclarationNameExpr(Scope, Found, /*NeedsADL=*/false);
    return Built.isInvalid() ? nullptr : Built.get();
  }

  static void checkNames(clang::Sema &S, const clang::Decl &D, const clang::ParsedAttr &Attr) {
    const auto *Text = llvm::dyn_cast_or_null<clang::StringLiteral>(Attr.getArgAsExpr(0)->IgnoreParenImpCasts());
    if (!Text)
      return;
    llvm::SmallVector<llvm::StringRef, 4> Names = topLevelNames(Text->getString());
    if (Names.empty())
      S.Diag(inFile(S, Attr.getLoc()), error(S, "an expectation was begun and nothing is stated"));
    for (llvm::StringRef Name : Names) {
      if (parseExpectationName(Name))
        continue;
      std::string Nearest = nearestExpectation(Name, subjectsOf(D));
      if (Nearest.empty())
        Nearest = nearestExpectation(Name);
      S.Diag(inFile(S, Attr.getLoc()),
             error(S, "'%0' is not the name of an expectation%select{|; did you mean '%2'?}1"))
          << Name << !Nearest.empty() << Nearest;
      // Clang would warn of the same name; the compile fails anyway, so nothing else is lost by its silence.
      S.getDiagnostics().setSeverityForGroup(clang::diag::Flavor::WarningOrError, "unknown-attributes",
                                             clang::diag::Severity::Ignored);
    }
  }

  static bool checkCondition(clang::Sema &S, clang::Expr &Condition) {
    bool Value = false;
    if (Condition.isInstantiationDependent() || Condition.EvaluateAsBooleanCondition(Value, S.Context))
      return true;
    S.Diag(inFile(S, Condition.getExprLoc()), error(S, "the condition of an expectation is not a constant"));
    return false;
  }

  static bool checkSubject(clang::Sema &S, const clang::Decl &D, ExpectationName Name, const clang::ParsedAttr &Attr) {
    unsigned Subjects = subjectsOf(D);
    if (Subjects & Name.What->Subjects)
      return true;
    S.Diag(inFile(S, Attr.getLoc()), error(S, "'%0' is stated on %1; it can be stated on %2"))
        << toString(Name) << (Subjects ? describeSubjects(Subjects) : llvm::StringRef("this declaration"))
        << (Name.What->Subjects == (OnType | OnFunction) ? describeSubjects(0) : describeSubjects(Name.What->Subjects));
    return false;
  }

  static bool checkNumber(clang::Sema &S, clang::Expr &Number, ExpectationName Name) {
    if (Number.isInstantiationDependent())
      return true;
    clang::Expr::EvalResult Result;
    if (!Number.getType()->isIntegralOrEnumerationType() || !Number.EvaluateAsInt(Result, S.Context)) {
      S.Diag(inFile(S, Number.getExprLoc()), error(S, "the number stated for '%0' is not an integer constant"))
          << toString(Name);
      return false;
    }
    if (Result.Val.getInt().isNegative()) {
      S.Diag(inFile(S, Number.getExprLoc()), error(S, "the number stated for '%0' is negative: %1"))
          << toString(Name) << llvm::toString(Result.Val.getInt(), 10);
      return false;
    }
    return true;
  }

  static void attach(clang::Sema &S, clang::Decl &D, ExpectationName Name, clang::Expr &Number,
                     const clang::ParsedAttr &Attr) {
    std::string Text = (Prefix + toString(Name) + "@" + llvm::Twine(Attr.getLoc().getRawEncoding())).str();
    clang::Decl *Holder = &D;
    if (const auto *Field = llvm::dyn_cast<clang::FieldDecl>(&D)) {
      // An annotation on a member makes each access opaque to the optimiser; one on its class changes nothing.
      Text += "@" + Field->getNameAsString();
      Holder = const_cast<clang::RecordDecl *>(Field->getParent());
    } else if (const auto *Alias = llvm::dyn_cast<clang::TypedefNameDecl>(&D)) {
      // As sizeof would: completes a specialisation that nothing else needs.
      if (!Alias->getUnderlyingType()->isDependentType())
        (void)S.isCompleteType(D.getLocation(), Alias->getUnderlyingType());
    }
    ExpectationTable::current().note(*Holder, Text);
    llvm::SmallVector<clang::Expr *, 2> Arguments = {&Number};
    if (CurrentGroup.Condition)
      Arguments.push_back(CurrentGroup.Condition);
    // As Clang's own annotations hold them; says what is wrong with what is not constant.
    if (!S.ConstantFoldAttrArgs(Attr, Arguments))
      return;
    Holder->addAttr(
        clang::AnnotateAttr::Create(S.Context, Text, Arguments.data(), static_cast<unsigned>(Arguments.size()), Attr));
  }

  std::vector<Spelling> AllSpellings;
};

bool isOurs(const clang::Attr *A) {
  const auto *Annotation = llvm::dyn_cast<clang::AnnotateAttr>(A);
  return Annotation && Annotation->getAnnotation().starts_with(Prefix);
}

/// Adds what `Attribute` states to `Out`, unless its condition does not hold.
void read(const clang::AnnotateAttr &Attribute, const clang::ASTContext &AST, std::vector<StatedExpectation> &Out) {
  llvm::SmallVector<llvm::StringRef, 3> Parts;
  Attribute.getAnnotation().drop_front(Prefix.size()).split(Parts, '@');
  std::optional<ExpectationName> Name = parseExpectationName(Parts.front());
  if (!Name || Attribute.args_size() == 0)
    return;
  const clang::Expr *Number = Attribute.args_begin()[0];
  bool Condition = true;
  if (Attribute.args_size() > 1) {
    const clang::Expr *When = Attribute.args_begin()[1];
    if (!When->isInstantiationDependent() && When->EvaluateAsBooleanCondition(Condition, AST) && !Condition)
      return;
  }
  StatedExpectation Stated{*Name, 0, false, Parts.size() > 2 ? Parts[2].str() : std::string(),
                           AST.getSourceManager().getFileLoc(Number->getExprLoc())};
  clang::Expr::EvalResult Result;
  if (!Number->isInstantiationDependent() && Number->EvaluateAsInt(Result, AST)) {
    Stated.Value = Result.Val.getInt().getExtValue();
    Stated.IsConstant = true;
  }
  Out.push_back(std::move(Stated));
}

} // namespace

void registerExpectationAttributes() {
  static const clang::ParsedAttrInfoRegistry::Add<ExpectationAttribute> Registered("snug", "expectations of snug");
}

bool isNothingStatedOn(const clang::Decl &D) { return !D.hasAttrs() && ExpectationTable::current().entries().empty(); }

std::vector<StatedExpectation> statedOn(const clang::Decl &D) {
  std::vector<StatedExpectation> Result;
  if (isNothingStatedOn(D))
    return Result;
  const clang::ASTContext &AST = D.getASTContext();
  if (D.hasAttrs())
    for (const clang::Attr *A : D.attrs())
      if (isOurs(A))
        read(*llvm::cast<clang::AnnotateAttr>(A), AST, Result);
  const auto &Taken = ExpectationTable::current().entries();
  if (!Taken.empty())
    if (auto Found = Taken.find(&D); Found != Taken.end())
      for (const clang::AnnotateAttr *A : Found->second)
        read(*A, AST, Result);
  return Result;
}

ExpectationTable &ExpectationTable::current() {
  thread_local ExpectationTable Table;
  return Table;
}

void ExpectationTable::take(clang::Decl &D) {
  if (!D.hasAttrs() || D.isTemplated())
    return;
  clang::AttrVec Others;
  llvm::SmallVector<const clang::AnnotateAttr *, 2> Ours;
  for (clang::Attr *A : D.attrs()) {
    if (isOurs(A))
      Ours.push_back(llvm::cast<clang::AnnotateAttr>(A));
    else
      Others.push_back(A);
  }
  if (Ours.empty())
    return;
  D.dropAttrs();
  if (!Others.empty())
    D.setAttrs(Others);
  auto &Kept = Entries[&D];
  Kept.append(Ours.begin(), Ours.end());
}

void ExpectationTable::takeLocals(clang::FunctionDecl &F) {
  if (!F.doesThisDeclarationHaveABody() || F.isDependentContext())
    return;
  struct Locals : clang::RecursiveASTVisitor<Locals> {
    ExpectationTable &Table;
    explicit Locals(ExpectationTable &Table) : Table(Table) {}
    bool shouldVisitTemplateInstantiations() const { return true; }
    bool shouldVisitImplicitCode() const { return true; }
    bool VisitVarDecl(clang::VarDecl *Variable) {
      Table.take(*Variable);
      return true;
    }
    bool VisitFunctionDecl(clang::FunctionDecl *Inner) {
      Table.take(*Inner);
      return true;
    }
  };
  Locals(*this).TraverseDecl(&F);
}

void ExpectationTable::noteRead(const clang::Decl &D) {
  for (const clang::Attr *A : D.attrs())
    if (isOurs(A))
      note(D, llvm::cast<clang::AnnotateAttr>(A)->getAnnotation());
}

void ExpectationTable::note(const clang::Decl &D, llvm::StringRef Annotation) {
  const auto *Variable = llvm::dyn_cast<clang::VarDecl>(&D);
  HasAny = true;
  HasLocalTypes |= llvm::isa<clang::TypeDecl>(D) && D.getDeclContext()->isFunctionOrMethod();
  HasLocals |= Variable && Variable->isLocalVarDecl();
  HasRecords |= llvm::isa<clang::RecordDecl>(D);
  HasBackPointers |= Annotation.contains("back_pointers@");
}

void ExpectationTable::clear() {
  Entries.clear();
  HasAny = false;
  HasLocalTypes = false;
  HasLocals = false;
  HasRecords = false;
  HasBackPointers = false;
  CurrentGroup = {};
}

} // namespace snug::rules
