// What stored-back-pointer says about one class: the sentence and the reasons below it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rules/BackPointerText.h"

#include "rules/Names.h"
#include "rules/SenderShapes.h"
#include "rules/SizeWithout.h"

#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

namespace snug::rules {

using namespace clang;

std::string messageFor(const ReportedClass &Class) {
  const bool Operation = isOperationState(*Class.Record) &&
                         llvm::any_of(Class.Pointers, [](const BackPointer &P) { return P.Receiver != nullptr; });
  return std::string(Operation ? "operation state " : "class ") + quoted(*Class.Record) + " stores " +
         countOf(Class.Pointers.size(), "back-pointer") + ", " + bytes(Class.sizeBytes()) +
         ", that its address already determines";
}

static std::string at(std::int64_t Offset) { return " at offset " + std::to_string(Offset); }

std::string targetOf(const BackPointer &P) {
  if (P.Pointee == P.Encloser)
    return "the enclosing " + quoted(*P.Encloser) + (P.EncloserOffset ? at(P.EncloserOffset) : "");
  if (P.Encloser->isDerivedFrom(P.Pointee))
    return quoted(*P.Pointee) + ", a base of the enclosing " + quoted(*P.Encloser) +
           (P.EncloserOffset ? at(P.EncloserOffset) : "");
  return "the " + quoted(*P.Pointee) + at(P.EncloserOffset + P.PointeeOffset);
}

/// Why the distance is constant: what the first step from the encloser to the pointer is.
static std::string fixedPart(const BackPointer &P) {
  const std::string Always = P.Level == Evidence::Proven ? "is always " : "is ";
  const std::string Whole = " of " + quoted(*P.Encloser) + ", at offset ";
  const Step &First = *P.Path;
  if (!First.Next && !First.Class)
    return "the " + quoted(*P.Pointee) + " " + Always + "a part" + Whole + std::to_string(P.PointeeOffset);
  const std::string Offset = std::to_string(First.Offset);
  switch (First.How) {
  case Step::Kind::Base:
    return quoted(*First.Class) + " " + Always + "a base" + Whole + Offset;
  case Step::Kind::Storage:
    return quoted(*First.Class) + " " + Always + "in the bytes " + quoted(*First.Field) + Whole + Offset;
  case Step::Kind::Field:
  case Step::Kind::Element:
    break;
  }
  return quoted(*First.Field) + " " + Always + "a member" + Whole + Offset;
}

static SourceLocation placeOfFixedPart(const BackPointer &P) {
  return P.Path->Field ? P.Path->Field->getLocation() : P.Encloser->getLocation();
}

/// What would have to change; a receiver's case is told by what keeps it from being inlined.
static std::string instead(const BackPointer &P) {
  if (P.Receiver)
    return {};
  const Step &First = *P.Path;
  if (!First.Next && !First.Class)
    return "; whoever uses the pointer can name that part itself";
  switch (First.How) {
  case Step::Kind::Base:
    return "; a static_cast from the base leads to the whole";
  case Step::Kind::Field:
    return "; as a base class it could reach the whole by static_cast, or its functions could take the whole as an "
           "argument";
  case Step::Kind::Storage:
  case Step::Kind::Element:
    break;
  }
  return "; its functions could take the whole as an argument";
}

std::vector<Reason> reasonsFor(const ReportedClass &Class, const RuleContext &Context) {
  std::vector<Reason> Reasons;
  auto Add = [&](const char *Id, SourceLocation Where, std::string Text) {
    Reasons.push_back({Id, std::move(Text), Context.locate(Where), {}});
  };
  llvm::StringSet<> Said;
  for (const BackPointer &P : Class.Pointers) {
    const std::string Field = quoted(*P.Field);
    Add("back-pointer", P.Field->getLocation(),
        bytes(Class.PointerBytes) + at(P.Offset) + " hold " + Field +
            (P.Field->getType()->isReferenceType() ? ", a reference to " : ", a pointer to ") + targetOf(P));
    Add("constant-offset", placeOfFixedPart(P),
        Field + " is " + (P.Level == Evidence::Proven ? "" : "most likely ") + "redundant because " + fixedPart(P) +
            instead(P));
    if (!P.Receiver || !P.Operation)
      continue;
    const InliningObstacle Obstacle = whyNotInlined(*P.Receiver, *P.Operation);
    std::string Why = textOf(Obstacle.What, *P.Receiver);
    // One obstacle in a template blocks every level of a pipeline.
    if (Said.insert(std::to_string(Obstacle.Where.getRawEncoding()) + Why).second)
      Add("not-inlined", Obstacle.Where,
          quoted(*P.Operation) + " stores its receiver " + quoted(*P.Receiver) + " because " + Why);
  }
  return Reasons;
}

std::optional<Reason> smallerSize(const ReportedClass &Class, const RuleContext &Context) {
  const std::int64_t Size = Context.AST.getASTRecordLayout(Class.Record).getSize().getQuantity();
  const std::optional<std::int64_t> Without = sizeWithout(Context.AST, *Class.Record, Class.Pointers);
  if (!Without || *Without >= Size)
    return std::nullopt;
  return Reason{"size-without",
                quoted(*Class.Record) + " is " + bytes(Size) + "; without its back-pointers it could be " +
                    std::to_string(*Without),
                Context.locate(Class.Record->getLocation()),
                {}};
}

} // namespace snug::rules
