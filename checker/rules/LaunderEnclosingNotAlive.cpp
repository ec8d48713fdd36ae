// Finds std::launder to a class that is still under construction, or already under destruction.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/LaunderEnclosingNotAlive.h"

#include "rules/AddressOrigin.h"
#include "rules/Names.h"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace snug::rules {

/// How far calls are followed, and how many functions are looked into per class.
static constexpr unsigned DeepestCall = 8;
static constexpr unsigned MostFunctions = 2000;

void LaunderEnclosingNotAlive::declareInterest(StmtInterest &Interest) const {
  Interest.set(clang::Stmt::CallExprClass);
}

void LaunderEnclosingNotAlive::visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &Context) {
  const auto &Call = llvm::cast<clang::CallExpr>(S);
  if (!Scope.Function || !isLaunder(Call))
    return;
  clang::QualType Result = Call.getType()->getPointeeType();
  const clang::CXXRecordDecl *Class = completeRecord(Result);
  if (!Class || !Context.Pointers.isStale(Context.Pointers.valueOf(Call.getArg(0)), Result))
    return;
  Found.push_back({&Call, Class, Scope.Function});
}

namespace {

/// A call on the way, and the function that it stands in.
struct CallStep {
  const clang::Expr *Call;
  const clang::FunctionDecl *Callee;
};

/// Searches what a function does, call by call, for a function.
class CallSearch {
public:
  explicit CallSearch(const clang::FunctionDecl &Wanted) : Wanted(Wanted.getCanonicalDecl()) {}

  bool from(const clang::FunctionDecl &F) {
    const clang::FunctionDecl *Definition = nullptr;
    if (F.getCanonicalDecl() == Wanted)
      return true;
    if (Way.size() == DeepestCall || !F.hasBody(Definition) || Seen.size() == MostFunctions ||
        !Seen.insert(Definition).second)
      return false;
    if (const auto *Constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(Definition))
      for (const clang::CXXCtorInitializer *Init : Constructor->inits())
        if (in(Init->getInit()))
          return true;
    return in(Definition->getBody());
  }

  std::vector<CallStep> Way;

private:
  bool in(const clang::Stmt *S) {
    // What a lambda does happens where it is called.
    if (!S || llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr, clang::CXXNoexceptExpr>(S))
      return false;
    if (const auto *Default = llvm::dyn_cast<clang::CXXDefaultInitExpr>(S))
      return in(Default->getExpr());
    for (const clang::Stmt *Child : S->children())
      if (in(Child))
        return true;
    const clang::FunctionDecl *Callee = nullptr;
    if (const auto *Call = llvm::dyn_cast<clang::CallExpr>(S)) {
      Callee = Call->getDirectCallee();
      // Which body a virtual call enters is not known here.
      if (const auto *Method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(Callee); Method && Method->isVirtual())
        return false;
    } else if (const auto *Construct = llvm::dyn_cast<clang::CXXConstructExpr>(S)) {
      Callee = Construct->getConstructor();
    }
    if (!Callee)
      return false;
    Way.push_back({llvm::cast<clang::Expr>(S), Callee});
    if (from(*Callee))
      return true;
    Way.pop_back();
    return false;
  }

  const clang::FunctionDecl *Wanted;
  llvm::SmallPtrSet<const clang::FunctionDecl *, 32> Seen;
};

} // namespace

void LaunderEnclosingNotAlive::finish(RuleContext &Context) {
  for (const Laundering &L : Found) {
    llvm::SmallVector<const clang::FunctionDecl *, 5> Starts;
    for (const clang::CXXConstructorDecl *Constructor : makingConstructors(*L.Class))
      Starts.push_back(Constructor);
    if (const clang::CXXDestructorDecl *Destructor = L.Class->getDestructor())
      Starts.push_back(Destructor);
    for (const clang::FunctionDecl *Start : Starts) {
      CallSearch Search(*L.Function);
      if (!Search.from(*Start))
        continue;
      const bool Destroys = llvm::isa<clang::CXXDestructorDecl>(Start);
      std::string Class = quoted(*L.Class);
      Finding F = violated(Context.locate(L.Call->getBeginLoc()),
                           Class + (Destroys ? " is already under destruction" : " is still under construction") +
                               " here; launder to its array type instead");
      F.Reasons.push_back({"",
                           std::string("the lifetime of the ") + Class +
                               (Destroys ? " ends when its destructor begins" : " begins when its constructor is done"),
                           Context.locate(Start->getLocation()),
                           {}});
      for (const CallStep &Step : Search.Way)
        F.Reasons.push_back(
            {"", quoted(*Step.Callee) + " is called here", Context.locate(Step.Call->getExprLoc()), {}});
      F.Reasons.push_back({"",
                           "the array of bytes is alive while " + Class +
                               " is constructed and destroyed; a pointer to the array becomes one to the class by "
                               "reinterpret_cast, if the class starts with it",
                           F.Where,
                           {}});
      Context.report(std::move(F), L.Function);
      break;
    }
  }
}

} // namespace snug::rules
