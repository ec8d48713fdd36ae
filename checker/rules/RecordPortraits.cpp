// The records of a translation unit that are worth a picture: what is promised, operation states, and what stores
// back-pointers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/RecordPortraits.h"

#include "layout/Build.h"
#include "layout/Names.h"
#include "rules/BackPointerText.h"
#include "rules/BackPointers.h"
#include "rules/RunAlone.h"
#include "rules/SenderShapes.h"
#include "rules/SizeWithout.h"
#include "rules/UserCode.h"
#include "rules/WriterIndex.h"

#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringMap.h"

namespace snug::rules {
namespace {

using clang::CXXRecordDecl;
using clang::RecordDecl;

constexpr RuleInfo NoRule = {"", Level::Note, "", ""};

/// Goes along with the traversal as rules do, to see who writes which pointer, and reports nothing.
class Portraitist : public Rule {
public:
  Portraitist(const PortraitOptions &Options, std::vector<Portrait> &Result)
      : Rule(NoRule), Options(Options), Result(Result) {}

  void declareInterest(StmtInterest &Interest) const override { WriterIndex::declareInterest(Interest); }
  void visitStmt(const clang::Stmt &S, const StmtScope &Scope, RuleContext &) override { Writers.add(S, Scope); }

  void finish(RuleContext &Context) override {
    BackPointers Analysis(Context.AST, Writers);
    llvm::StringMap<const facts::StatedLayout *> Promised;
    if (Options.Promised)
      for (const facts::StatedLayout &L : Options.Promised->Layouts)
        Promised[L.Name] = &L;
    const llvm::DenseMap<const RecordDecl *, std::string> Aliases = aliasesOf(Context);
    for (const RecordDecl *Record : chosen(Analysis, Promised, Aliases, Context)) {
      Portrait &P = Result.emplace_back();
      P.Layout = layout::buildLayout(Context.AST, *Record);
      if (auto Alias = Aliases.find(Record); Alias != Aliases.end())
        P.Layout.Alias = Alias->second;
      if (auto Fact = Promised.find(P.Layout.Name); Fact != Promised.end()) {
        P.IsPromised = true;
        P.Stated = Fact->second->Stated;
      }
      if (const auto *Class = llvm::dyn_cast<CXXRecordDecl>(Record)) {
        P.IsOperation = isOperation(*Class, Analysis);
        addBackPointers(P, *Class, Analysis, Context.AST);
      }
    }
  }

private:
  static llvm::DenseMap<const RecordDecl *, std::string> aliasesOf(const RuleContext &Context) {
    llvm::DenseMap<const RecordDecl *, std::string> Result;
    for (layout::RecordAlias &Alias : layout::allAliases(Context.AST))
      if (Alias.Name != layout::nameOf(Context.AST, *Alias.Record))
        Result.try_emplace(Alias.Record, std::move(Alias.Name));
    return Result;
  }

  /// By its own word, or with a `start` and a receiver inside.
  static bool isOperation(const CXXRecordDecl &Class, BackPointers &Analysis) {
    return statesOperation(Class) ||
           (isOperationState(Class) && llvm::any_of(Analysis.shapes().shapeOf(Class).Classes,
                                                    [](const ClassAt &Part) { return isReceiver(*Part.Class); }));
  }

  std::vector<const RecordDecl *> chosen(BackPointers &Analysis,
                                         const llvm::StringMap<const facts::StatedLayout *> &Promised,
                                         const llvm::DenseMap<const RecordDecl *, std::string> &Aliases,
                                         const RuleContext &Context) const {
    std::vector<const RecordDecl *> All = layout::allRecords(Context.AST);
    if (Options.Filter) {
      llvm::erase_if(All, [&](const RecordDecl *Record) {
        const auto Alias = Aliases.find(Record);
        return !(Alias != Aliases.end() && Options.Filter(Alias->second)) &&
               !Options.Filter(layout::nameOf(Context.AST, *Record));
      });
      return All;
    }
    llvm::DenseSet<const RecordDecl *> Named;
    llvm::erase_if(All, [&](const RecordDecl *Record) {
      if (Promised.contains(layout::nameOf(Context.AST, *Record))) {
        Named.insert(Record);
        return false;
      }
      const auto *Class = llvm::dyn_cast<CXXRecordDecl>(Record);
      return !Class || Class->isEmpty() || !isUsers(*Class, Context) ||
             (!isOperation(*Class, Analysis) && !Analysis.encloses(*Class));
    });
    llvm::DenseSet<const RecordDecl *> Contained;
    for (const RecordDecl *Record : All)
      if (const auto *Class = llvm::dyn_cast<CXXRecordDecl>(Record))
        for (const ClassAt &Part : Analysis.shapes().shapeOf(*Class).Classes)
          if (Part.Class != Class)
            Contained.insert(Part.Class);
    llvm::erase_if(All,
                   [&](const RecordDecl *Record) { return !Named.contains(Record) && Contained.contains(Record); });
    return All;
  }

  static void addBackPointers(Portrait &P, const CXXRecordDecl &Class, BackPointers &Analysis,
                              const clang::ASTContext &AST) {
    const auto Bits = AST.getTargetInfo().getPointerWidth(clang::LangAS::Default);
    BackPointerList Found = Analysis.of(Class);
    P.MayHideMore = !Found.Opaque.empty();
    std::vector<BackPointer> Known;
    llvm::SmallSet<std::int64_t, 16> Offsets;
    for (const BackPointer &B : Found.Pointers) {
      if (B.Level < Evidence::Likely || !Offsets.insert(B.Offset).second)
        continue;
      Known.push_back(B);
      P.BackPointers.push_back(
          {static_cast<std::uint64_t>(B.Offset), static_cast<std::uint64_t>(Bits / 8),
           static_cast<std::uint64_t>(B.EncloserOffset + B.PointeeOffset),
           (B.Level == Evidence::Proven ? "back-pointer: always leads to " : "back-pointer: most likely leads to ") +
               targetOf(B)});
    }
    if (!Known.empty())
      if (std::optional<std::int64_t> Size = sizeWithout(AST, Class, Known))
        P.SizeWithout = static_cast<std::uint64_t>(*Size);
  }

  const PortraitOptions &Options;
  std::vector<Portrait> &Result;
  WriterIndex Writers;
};

} // namespace

std::vector<Portrait> portray(clang::ASTContext &AST, const PortraitOptions &Options) {
  std::vector<Portrait> Result;
  runAlone(std::make_unique<Portraitist>(Options, Result), AST, Options.Run);
  return Result;
}

} // namespace snug::rules
