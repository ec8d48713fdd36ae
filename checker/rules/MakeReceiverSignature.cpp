// Finds receivers whose make_receiver_for is almost right, so that they are stored without a word.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/MakeReceiverSignature.h"

#include "rules/Names.h"
#include "rules/SenderShapes.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

namespace snug::rules {

using namespace clang;

namespace {

bool mayThrow(const FunctionDecl &Function) {
  const auto *Type = Function.getType()->getAs<FunctionProtoType>();
  if (!Type)
    return false;
  const ExceptionSpecificationType Spec = Type->getExceptionSpecType();
  return Spec == EST_None || Spec == EST_NoexceptFalse || Spec == EST_Dynamic || Spec == EST_MSAny;
}

/// "returns 'r &', not 'r' by value"; empty where the result is right or depends on arguments.
std::string wrongResult(const ReceiverMaker &Maker) {
  const ASTContext &AST = Maker.Receiver->getASTContext();
  const QualType Result = Maker.Method->getReturnType();
  if (Result->isUndeducedType())
    return {};
  const bool ByValue = !Result->isReferenceType() && !Result->isPointerType() && !Result.hasQualifiers();
  const CXXRecordDecl *Class = Result->getAsCXXRecordDecl();
  if (ByValue && (Class ? declaresSameEntity(Class, Maker.Receiver) : Result->isDependentType()))
    return {};
  if (ByValue && Class && Class->isDependentContext())
    return {};
  std::string Name = Class && ByValue ? quoted(*Class) : "'" + Result.getAsString(AST.getPrintingPolicy()) + "'";
  return "returns " + Name + ", not " + quoted(*Maker.Receiver) + " by value";
}

/// "takes 'child &', not a pointer"; empty where it can be called with a pointer.
std::string wrongParameters(const ReceiverMaker &Maker) {
  const CXXMethodDecl &Method = *Maker.Method;
  if (Method.getMinRequiredArguments() > 1 || (Method.getNumParams() == 0 && !Method.isVariadic()))
    return "takes " + countOf(Method.getMinRequiredArguments(), "argument") + ", not one";
  if (Method.getNumParams() == 0)
    return {};
  const QualType Type = Method.getParamDecl(0)->getType();
  const QualType Value = Type.getNonReferenceType();
  if (Value->isPointerType() || !Value->isRecordType())
    return {};
  return "takes '" + Type.getAsString(Method.getASTContext().getPrintingPolicy()) + "', not a pointer";
}

bool usesThis(const FunctionDecl &Function) {
  struct Finder : RecursiveASTVisitor<Finder> {
    bool Found = false;
    bool shouldVisitImplicitCode() const { return true; }
    bool VisitCXXThisExpr(CXXThisExpr *) { return !(Found = true); }
  } F;
  const FunctionDecl *Definition = nullptr;
  if (Function.hasBody(Definition))
    F.TraverseStmt(Definition->getBody());
  return F.Found;
}

/// A declaration that is the whole function: what is inserted there needs no second place.
bool standsAlone(const CXXMethodDecl &Method) {
  return Method.isFirstDecl() && Method.getMostRecentDecl() == &Method && Method.getMethodQualifiers().empty() &&
         Method.getRefQualifier() == RQ_None && !Method.isVirtual();
}

void offer(std::vector<Reason> &Reasons, const char *Word, SourceLocation Where, bool Insert, const std::string &Text,
           const RuleContext &Context) {
  Reason R{"", std::string("add '") + Word + "'", Context.locate(Where), {}};
  if (Insert && Where.isFileID())
    R.FixIts.push_back({R.Where, R.Where, Text});
  Reasons.push_back(std::move(R));
}

void offerStatic(std::vector<Reason> &Reasons, const CXXMethodDecl &Method, const RuleContext &Context) {
  offer(Reasons, "static", Method.getBeginLoc(), standsAlone(Method) && !usesThis(Method), "static ", Context);
}

void offerNoexcept(std::vector<Reason> &Reasons, const CXXMethodDecl &Method, const RuleContext &Context) {
  const FunctionTypeLoc Written = Method.getFunctionTypeLoc();
  const auto *Type = Method.getType()->getAs<FunctionProtoType>();
  // Whoever wrote noexcept(false) has a reason to think about first.
  const bool Stated = Type && Type->getExceptionSpecType() != EST_None;
  if (!Written || Stated)
    return;
  const SourceLocation End =
      Lexer::getLocForEndOfToken(Written.getRParenLoc(), 0, Context.sources(), Context.AST.getLangOpts());
  offer(Reasons, "noexcept", End, standsAlone(Method), " noexcept", Context);
}

/// "a", "a and b", "a, b and c".
std::string listed(llvm::ArrayRef<std::string> Parts) {
  std::string Text = llvm::join(Parts.drop_back(), ", ");
  return Text.empty() ? Parts.back() : Text + " and " + Parts.back();
}

} // namespace

bool MakeReceiverSignature::judge(const ReceiverMaker &Maker, RuleContext &Context) {
  const CXXMethodDecl &Method = *Maker.Method;
  const FunctionTemplateDecl *Template = Maker.functionTemplate();
  std::vector<std::string> Wrong;
  std::vector<Reason> Repairs;
  if (!Method.isStatic()) {
    Wrong.push_back("is not static");
    offerStatic(Repairs, Method, Context);
  }
  if (mayThrow(Method)) {
    Wrong.push_back("may throw");
    offerNoexcept(Repairs, Method, Context);
  }
  if (AccessSpecifier Access = Template ? Template->getAccess() : Method.getAccess(); Access > AS_public)
    Wrong.push_back(Access == AS_private ? "is private" : "is protected");
  if (std::string Text = wrongParameters(Maker); !Text.empty())
    Wrong.push_back(std::move(Text));
  if (std::string Text = wrongResult(Maker); !Text.empty())
    Wrong.push_back(std::move(Text));
  if (Wrong.empty())
    return false;
  Finding F =
      violated(Context.locate(Method.getLocation()),
               quoted(*Maker.Receiver) + " is not an inlinable receiver: its make_receiver_for " + listed(Wrong));
  F.Reasons.push_back({"",
                       "every operation state that is connected with a " + quoted(*Maker.Receiver) + " stores it",
                       Context.locate(Maker.Receiver->getLocation()),
                       {}});
  for (Reason &R : Repairs)
    F.Reasons.push_back(std::move(R));
  Context.report(std::move(F), Maker.IsPattern ? nullptr : &Method);
  return true;
}

/// A receiver inherits the function of a base, which makes the base.
void MakeReceiverSignature::visitRecord(const CXXRecordDecl &Record, RuleContext &Context) {
  if (!Context.shapes().mayMakeReceivers(Record))
    return;
  ReceiverMakerRule::visitRecord(Record, Context);
  if (Context.isExcluded(Record.getLocation()) || !membersNamed(Record, "make_receiver_for").empty())
    return;
  for (const CXXBaseSpecifier &Specifier : Record.bases()) {
    const CXXRecordDecl *Base = Specifier.getType()->getAsCXXRecordDecl();
    if (!Base || !Base->hasDefinition() || Specifier.getAccessSpecifier() != AS_public)
      continue;
    for (const ReceiverMaker &Maker : makersOf(*Base->getDefinition(), false)) {
      const CXXRecordDecl *Result = Maker.Method->getReturnType()->getAsCXXRecordDecl();
      if (!Result || !declaresSameEntity(Result, Maker.Receiver))
        continue;
      Finding F =
          violated(Context.locate(Record.getLocation()),
                   quoted(Record) + " is not an inlinable receiver: it inherits a make_receiver_for that returns " +
                       quoted(*Result));
      F.Reasons.push_back({"",
                           "make_receiver_for of " + quoted(*Result) + " is declared here",
                           Context.locate(Maker.Method->getLocation()),
                           {}});
      Context.report(std::move(F), Maker.Method->getTemplateInstantiationPattern() ? Maker.Method : nullptr);
    }
  }
}

} // namespace snug::rules
