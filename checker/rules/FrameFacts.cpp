// Coroutines of a translation unit as facts: what each frame is for; its size is known once code is generated.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/FrameFacts.h"

#include "layout/Names.h"
#include "rules/CoroutineFrame.h"

#include "clang/AST/Mangle.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <map>
#include <set>

namespace snug::rules {
namespace {

std::string kindOf(const SuspensionPoint &Point) {
  if (!Point.At)
    return "start";
  return llvm::isa<clang::CoyieldExpr>(Point.At) ? "co_yield" : "co_await";
}

/// What Clang calls the storage of a resident, but for a number behind it.
llvm::StringRef storageName(const facts::FrameResident &R) {
  const auto [Before, Name] = llvm::StringRef(R.What).split('\'');
  return Name.empty() ? "ref.tmp" : Name.take_until([](char C) { return C == '\''; });
}

bool mayBe(const facts::FrameResident &R, const FrameSlot &Slot) {
  llvm::StringRef Number = Slot.Name;
  const llvm::StringRef Name = storageName(R);
  if (R.SizeBytes != Slot.SizeBytes || !Number.consume_front(Name) || !llvm::all_of(Number, llvm::isDigit))
    return false;
  // Every temporary has the same name.
  return Name != "ref.tmp" || R.Type == Slot.Class;
}

} // namespace

SeenCoroutines &SeenCoroutines::current() {
  thread_local SeenCoroutines Coroutines;
  return Coroutines;
}

std::vector<const clang::FunctionDecl *> coroutinesOf(clang::ASTContext &AST) {
  struct Finder : clang::RecursiveASTVisitor<Finder> {
    explicit Finder(const clang::SourceManager &Sources) : Sources(Sources) {}
    const clang::SourceManager &Sources;
    std::vector<const clang::FunctionDecl *> Found;
    bool shouldVisitTemplateInstantiations() const { return true; }
    bool TraverseTypeLoc(clang::TypeLoc, bool = true) { return true; }
    bool VisitFunctionDecl(clang::FunctionDecl *F) {
      if (F->doesThisDeclarationHaveABody() && !F->isDependentContext() && coroutineBody(*F) &&
          !Sources.isInSystemHeader(F->getLocation()) && !llvm::is_contained(Found, F))
        Found.push_back(F);
      return true;
    }
    bool TraverseLambdaExpr(clang::LambdaExpr *L, DataRecursionQueue * = nullptr) {
      return RecursiveASTVisitor::TraverseLambdaExpr(L) && VisitFunctionDecl(L->getCallOperator());
    }
  } Walk(AST.getSourceManager());
  Walk.TraverseAST(AST);
  return std::move(Walk.Found);
}

facts::CoroutineFrame frameFactsOf(const clang::FunctionDecl &Coroutine, clang::ASTContext &AST, facts::Platform On) {
  const clang::SourceManager &Sources = AST.getSourceManager();
  const FrameEstimate Frame(Coroutine, AST);
  facts::CoroutineFrame Result;
  Result.Mangled = clang::ASTNameGenerator(AST).getName(&Coroutine);
  Result.On = std::move(On);
  Result.Where = layout::locate(Sources, Coroutine.getLocation());
  Result.IsInternal = !Coroutine.isExternallyVisible();
  Result.AtLeastBytes = Frame.atLeastBytes();
  Result.Promise = layout::nameOf(AST, Frame.promiseType());
  Result.PromiseBytes = Frame.promiseBytes();
  std::map<std::tuple<unsigned, std::string, void *>, std::uint32_t> Known;
  for (const SuspensionPoint &Point : Frame.points()) {
    facts::FrameSuspension &P = Result.Points.emplace_back();
    P.Kind = kindOf(Point);
    P.Where = layout::locate(Sources, Point.Where);
    for (const FrameResident &R : Point.Alive) {
      auto [Entry, IsNew] = Known.try_emplace({R.Where.getRawEncoding(), R.What, R.Type.getAsOpaquePtr()},
                                              static_cast<std::uint32_t>(Result.Residents.size()));
      if (IsNew)
        Result.Residents.push_back(
            {R.What, layout::nameOf(AST, R.Type), R.SizeBytes, layout::locate(Sources, R.Where)});
      P.Alive.push_back(Entry->second);
    }
  }
  return Result;
}

std::string withoutNumbers(llvm::StringRef Symbol) {
  std::string Result;
  while (!Symbol.empty()) {
    auto [Head, Rest] = Symbol.split("$_");
    Result += Head;
    if (Head.size() == Symbol.size())
      break;
    Result += "$_";
    Symbol = Rest.drop_while(llvm::isDigit);
  }
  return Result;
}

void placeResidents(facts::CoroutineFrame &Frame, llvm::ArrayRef<FrameSlot> Slots) {
  for (facts::FrameResident &R : Frame.Residents) {
    std::set<std::uint64_t> Offsets;
    std::size_t Candidates = 0;
    for (const FrameSlot &Slot : Slots)
      if (mayBe(R, Slot)) {
        ++Candidates;
        Offsets.insert(Slot.OffsetBytes);
      }
    // Two of one name and size may share their place; where they do not, nobody says which is which.
    const auto Rivals = llvm::count_if(Frame.Residents, [&](const facts::FrameResident &Other) {
      return storageName(Other) == storageName(R) && Other.SizeBytes == R.SizeBytes && Other.Type == R.Type;
    });
    if (Offsets.size() == 1 && Candidates == static_cast<std::size_t>(Rivals))
      R.OffsetBytes = *Offsets.begin();
  }
}

FrameListener frameRecorder(std::vector<facts::CoroutineFrame> &Coroutines) {
  FrameListener Result;
  Result.Measured = [&Coroutines](llvm::StringRef Symbol, const MeasuredFrame &Measured) {
    for (facts::CoroutineFrame &Frame : Coroutines)
      if (Frame.Mangled == Symbol) {
        Frame.SizeBytes = Measured.SizeBytes;
        Frame.AlignBytes = Measured.AlignBytes;
        placeResidents(Frame, Measured.Slots);
      }
  };
  Result.Elided = [&Coroutines](llvm::StringRef Symbol, llvm::StringRef Caller) {
    for (facts::CoroutineFrame &Frame : Coroutines)
      if (Frame.Mangled == Symbol)
        Frame.ElidedIn.push_back(Caller.str());
  };
  return Result;
}

void settleRecorded(std::vector<facts::CoroutineFrame> &Coroutines) {
  for (facts::CoroutineFrame &Frame : Coroutines) {
    llvm::sort(Frame.ElidedIn);
    Frame.ElidedIn.erase(llvm::unique(Frame.ElidedIn), Frame.ElidedIn.end());
  }
}

std::vector<std::pair<std::string, std::string>> matchSymbols(std::vector<facts::CoroutineFrame> &Coroutines,
                                                              llvm::ArrayRef<std::string> Defined) {
  std::map<std::string, std::vector<std::string>> Emitted;
  for (const std::string &Symbol : Defined)
    Emitted[withoutNumbers(Symbol)].push_back(Symbol);
  std::map<std::string, unsigned> Alike;
  for (const facts::CoroutineFrame &Frame : Coroutines)
    ++Alike[withoutNumbers(Frame.Mangled)];
  std::vector<std::pair<std::string, std::string>> Renamed;
  llvm::erase_if(Coroutines, [&](facts::CoroutineFrame &Frame) {
    const std::string Pattern = withoutNumbers(Frame.Mangled);
    auto Found = Emitted.find(Pattern);
    if (Found == Emitted.end())
      return true;
    if (Pattern == Frame.Mangled)
      return false;
    if (Found->second.size() == 1 && Alike[Pattern] == 1) {
      Renamed.emplace_back(Frame.Mangled, Found->second.front());
      Frame.Mangled = Found->second.front();
    } else {
      // A number that may be another one's would attach another one's size.
      Renamed.emplace_back(Frame.Mangled, Pattern);
      Frame.Mangled = Pattern;
    }
    return false;
  });
  return Renamed;
}

} // namespace snug::rules
