// Finds stored pointers and references that lead, at a constant distance, to a part of the same object.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/StoredBackPointer.h"

#include "layout/Names.h"
#include "rules/BackPointers.h"
#include "rules/SenderShapes.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringSet.h"

namespace snug::rules {

using namespace clang;

void StoredBackPointer::declareInterest(StmtInterest &Interest) const { WriterIndex::declareInterest(Interest); }

void StoredBackPointer::visitStmt(const Stmt &S, const StmtScope &Scope, RuleContext &) { Writers.add(S, Scope); }

void StoredBackPointer::visitRecord(const CXXRecordDecl &Record, RuleContext &) { Records.push_back(&Record); }

namespace {

/// Names longer than this are cut to the template's name.
constexpr std::size_t LongestName = 64;

std::string bytes(std::int64_t Count) { return std::to_string(Count) + (Count == 1 ? " byte" : " bytes"); }

std::string count(std::size_t N, llvm::StringRef Noun) {
  return std::to_string(N) + " " + Noun.str() + (N == 1 ? "" : "s");
}

/// The class without its namespaces; template arguments as "…" below `Levels` levels.
std::string nameWithout(const CXXRecordDecl &Record, unsigned Levels) {
  std::string Name = Record.isLambda() ? "(lambda)" : Record.getNameAsString();
  if (const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(&Record)) {
    std::string Arguments;
    for (const TemplateArgument &Argument : Specialization->getTemplateArgs().asArray()) {
      const CXXRecordDecl *Class =
          Argument.getKind() == TemplateArgument::Type ? Argument.getAsType()->getAsCXXRecordDecl() : nullptr;
      Arguments += (Arguments.empty() ? "" : ", ") + (Levels && Class ? nameWithout(*Class, Levels - 1) : "…");
    }
    Name += Levels ? "<" + Arguments + ">" : "<…>";
  }
  if (const auto *Outer = llvm::dyn_cast<CXXRecordDecl>(Record.getDeclContext()))
    return nameWithout(*Outer, Levels) + "::" + Name;
  return Name;
}

/// The class as its user writes it; deep template names are cut to what a reader needs to find it.
std::string shortName(const CXXRecordDecl &Record) {
  std::string Full = layout::nameOf(Record.getASTContext(), Record);
  if (Full.size() <= LongestName || Record.isLambda())
    return Full;
  std::string OneLevel = nameWithout(Record, 1);
  return OneLevel.size() <= LongestName ? OneLevel : nameWithout(Record, 0);
}

/// A class of the user's among the template arguments of an instantiation.
const CXXRecordDecl *userArgument(const CXXRecordDecl &Record, const RuleContext &Context);

const CXXRecordDecl *userArgument(llvm::ArrayRef<TemplateArgument> Arguments, const RuleContext &Context) {
  for (const TemplateArgument &Argument : Arguments) {
    const CXXRecordDecl *Found = nullptr;
    if (Argument.getKind() == TemplateArgument::Pack)
      Found = userArgument(Argument.getPackAsArray(), Context);
    else if (Argument.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Class = Argument.getAsType()->getAsCXXRecordDecl())
        Found = Context.isExcluded(Class->getLocation()) ? userArgument(*Class, Context) : Class;
    if (Found)
      return Found;
  }
  return nullptr;
}

const CXXRecordDecl *userArgument(const CXXRecordDecl &Record, const RuleContext &Context) {
  for (const DeclContext *C = &Record; C && C->isRecord(); C = C->getParent())
    if (const auto *Specialization = llvm::dyn_cast<ClassTemplateSpecializationDecl>(C))
      if (const CXXRecordDecl *Found = userArgument(Specialization->getTemplateArgs().asArray(), Context))
        return Found;
  return nullptr;
}

/// Writes the finding of one class.
class Report {
public:
  Report(const CXXRecordDecl &Record, BackPointerList List, RuleContext &Context) : Record(Record), Context(Context) {
    llvm::SmallSet<std::int64_t, 16> Seen;
    for (const BackPointer &P : List.Pointers)
      if (isOurs(P) && Seen.insert(P.Offset).second)
        Pointers.push_back(P);
  }

  std::int64_t sizeBytes() const { return static_cast<std::int64_t>(Pointers.size()) * pointerBytes(); }
  bool empty() const { return Pointers.empty(); }
  const CXXRecordDecl &record() const { return Record; }

  std::string message() const {
    const bool Operation =
        isOperationState(Record) && llvm::any_of(Pointers, [](const BackPointer &P) { return P.Receiver != nullptr; });
    return std::string(Operation ? "operation state" : "class") + " '" + shortName(Record) + "' stores " +
           count(Pointers.size(), "back-pointer") + ", " + bytes(sizeBytes()) + ", that its address already determines";
  }

  std::vector<Reason> reasons() {
    for (const BackPointer &P : Pointers) {
      explain(P);
      if (P.Receiver && P.Operation)
        explainReceiver(P);
    }
    return std::move(Reasons);
  }

private:
  std::int64_t pointerBytes() const {
    return Context.AST
        .toCharUnitsFromBits(static_cast<std::int64_t>(Context.AST.getTargetInfo().getPointerWidth(LangAS::Default)))
        .getQuantity();
  }

  /// Waste inside somebody else's class is nothing that this class's author can change.
  bool isOurs(const BackPointer &P) const {
    return P.Level >= Evidence::Likely &&
           (!Context.isExcluded(P.Encloser->getLocation()) || userArgument(*P.Encloser, Context));
  }

  void add(SourceLocation Where, std::string Text) {
    Reasons.push_back({"", std::move(Text), Context.locate(Where), {}});
  }

  void explain(const BackPointer &P) {
    const std::string Field = layout::nameOf(*P.Field);
    const std::string Encloser = shortName(*P.Encloser);
    const std::string Kind = P.Field->getType()->isReferenceType() ? "a reference to " : "a pointer to ";
    std::string To;
    if (P.Pointee == P.Encloser)
      To = "the enclosing '" + Encloser + "'" +
           (P.EncloserOffset ? " at offset " + std::to_string(P.EncloserOffset) : "");
    else if (P.Encloser->isDerivedFrom(P.Pointee))
      To = "'" + shortName(*P.Pointee) + "', a base of the enclosing '" + Encloser + "'";
    else
      To = "the '" + shortName(*P.Pointee) + "' at offset " + std::to_string(P.EncloserOffset + P.PointeeOffset);
    add(P.Field->getLocation(),
        bytes(pointerBytes()) + " at offset " + std::to_string(P.Offset) + " hold '" + Field + "', " + Kind + To);
    const Step &First = *P.Path;
    std::string Part, Role;
    SourceLocation Where = P.Encloser->getLocation();
    switch (First.How) {
    case Step::Kind::Base:
      Part = shortName(*First.Class);
      Role = "a base";
      break;
    case Step::Kind::Field:
      Part = layout::nameOf(*First.Field);
      Role = "a member";
      Where = First.Field->getLocation();
      break;
    case Step::Kind::Element:
    case Step::Kind::Storage:
      Part = First.Class ? shortName(*First.Class) : Field;
      Role = "in the bytes";
      if (First.Field)
        Where = First.Field->getLocation();
      break;
    }
    const bool Proven = P.Level == Evidence::Proven;
    add(Where, "'" + Field + "' is " + (Proven ? "" : "most likely ") + "redundant because '" + Part + "' is " +
                   (Proven ? "always " : "") + Role + " of '" + Encloser + "', at offset " +
                   std::to_string(First.Offset));
  }

  void explainReceiver(const BackPointer &P) {
    const InliningObstacle Obstacle = whyNotInlined(*P.Receiver, *P.Operation);
    const std::string Receiver = "'" + shortName(*P.Receiver) + "'";
    const std::string Operation = "'" + shortName(*P.Operation) + "'";
    std::string Why;
    using Kind = InliningObstacle::Kind;
    switch (Obstacle.What) {
    case Kind::NoMakeReceiver:
      Why = "it has no 'make_receiver_for' that makes it from the address of its operation state";
      break;
    case Kind::NotStatic:
      Why = "its 'make_receiver_for' is not static";
      break;
    case Kind::NotNoexcept:
      Why = "its 'make_receiver_for' is not noexcept";
      break;
    case Kind::OtherReturnType:
      Why = "its 'make_receiver_for' returns another type";
      break;
    case Kind::OperationDoesNotAsk:
      Why = "the operation state does not derive from 'inlinable_operation_state', which would call "
            "'make_receiver_for'";
      break;
    case Kind::NotForThisOperation:
      Why = "its 'make_receiver_for' does not accept a pointer to this operation state";
      break;
    }
    std::string Text = Operation + " stores its receiver " + Receiver + " because " + Why;
    // One obstacle of a class template blocks every level of a pipeline: said once per place and kind.
    std::string Key = std::to_string(Obstacle.Where.getRawEncoding()) + Why;
    if (Said.insert(Key).second)
      add(Obstacle.Where, std::move(Text));
  }

  const CXXRecordDecl &Record;
  RuleContext &Context;
  std::vector<BackPointer> Pointers;
  std::vector<Reason> Reasons;
  llvm::StringSet<> Said;
};

/// Specialisations of one template have one place where the user reads about them.
const Decl *templateOf(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Pattern = Record.getTemplateInstantiationPattern();
  return (Pattern ? Pattern : &Record)->getCanonicalDecl();
}

} // namespace

void StoredBackPointer::finish(RuleContext &Context) {
  BackPointers Analysis(Context.AST, Writers);
  std::vector<const CXXRecordDecl *> Enclosers;
  llvm::SmallPtrSet<const CXXRecordDecl *, 32> Contained;
  for (const CXXRecordDecl *Record : Records) {
    if (Context.isExcluded(Record->getLocation()) && !userArgument(*Record, Context))
      continue;
    if (!Analysis.encloses(*Record))
      continue;
    Enclosers.push_back(Record);
    for (const ClassAt &Part : Analysis.shapes().shapeOf(*Record).Classes)
      if (Part.Class != Record)
        Contained.insert(Part.Class);
  }
  llvm::MapVector<const Decl *, std::vector<Report>> ByTemplate;
  for (const CXXRecordDecl *Record : Enclosers)
    if (!Contained.contains(Record))
      if (Report R(*Record, Analysis.of(*Record), Context); !R.empty())
        ByTemplate[templateOf(*Record)].push_back(std::move(R));
  for (auto &[Template, Reports] : ByTemplate) {
    auto Largest = std::max_element(Reports.begin(), Reports.end(),
                                    [](const Report &A, const Report &B) { return A.sizeBytes() < B.sizeBytes(); });
    const CXXRecordDecl &Record = Largest->record();
    const bool Foreign = Context.isExcluded(Record.getLocation());
    SourceLocation Where = Foreign ? userArgument(Record, Context)->getLocation() : Record.getLocation();
    Finding F = violated(Context.locate(Where), Largest->message());
    if (Foreign)
      F.Reasons.push_back(
          {"", "'" + shortName(Record) + "' is defined here", Context.locate(Record.getLocation()), {}});
    for (Reason &R : Largest->reasons())
      F.Reasons.push_back(std::move(R));
    if (Reports.size() > 1)
      F.Reasons.push_back({"",
                           count(Reports.size() - 1, "other specialisation") + " of '" + Record.getNameAsString() +
                               "' " + (Reports.size() == 2 ? "stores" : "store") + " back-pointers too",
                           Context.locate(Record.getLocation()),
                           {}});
    Context.report(std::move(F));
  }
}

} // namespace snug::rules
