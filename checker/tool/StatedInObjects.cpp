// The expectations that sources stated on functions, read from the objects they were compiled to.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/StatedInObjects.h"

#include "facts/Facts.h"
#include "machine/Analysis.h"
#include "machine/Names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>

namespace snug::tool {
namespace {

machine::Bound::Op operatorFor(Relation How) {
  switch (How) {
  case Relation::Equal:
    return machine::Bound::Op::Equal;
  case Relation::AtMost:
    return machine::Bound::Op::AtMost;
  case Relation::AtLeast:
    return machine::Bound::Op::AtLeast;
  }
  return machine::Bound::Op::Equal;
}

const machine::MetricName *metricFor(const Quantity &Q) {
  for (const machine::MetricName &Metric : machine::metricNames())
    if (Q.Name == Metric.Name)
      return &Metric;
  return nullptr;
}

bool defines(const machine::Image &I, llvm::StringRef Mangled) {
  return llvm::any_of(I.functions(), [&](const machine::Function &F) {
    return llvm::any_of(I.namesOf(F), [&](std::uint32_t S) { return I.symbols()[S].Name == Mangled; });
  });
}

} // namespace

llvm::Expected<std::vector<machine::Expectation>> statedInObjects(llvm::ArrayRef<machine::Input> Inputs) {
  std::vector<machine::Expectation> Result;
  llvm::StringMap<std::vector<facts::FunctionExpectation>> ByFunction;
  for (const machine::Input &In : Inputs)
    for (const std::unique_ptr<machine::Image> &I : In.Images)
      for (const machine::Section &S : I->sections()) {
        if (S.Name != facts::SectionName)
          continue;
        llvm::StringRef Bytes(reinterpret_cast<const char *>(S.Bytes.data()), S.Bytes.size());
        llvm::Expected<facts::Facts> Stated = facts::read(Bytes);
        if (!Stated)
          return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                         "'" + I->label() + "': " + llvm::toString(Stated.takeError()));
        for (facts::FunctionExpectation &F : Stated->Functions)
          if (!F.MayBeDiscarded || defines(*I, F.Mangled))
            ByFunction[F.Mangled].push_back(std::move(F));
      }

  // Constructors have several symbols that demangle alike: then only the mangled name says which is meant.
  std::map<std::string, unsigned> Alike;
  for (const auto &Entry : ByFunction)
    ++Alike[machine::demangle(Entry.getKey())];
  for (const auto &Entry : ByFunction) {
    std::string Name = machine::demangle(Entry.getKey());
    if (Alike[Name] > 1)
      Name = Entry.getKey().str();
    // Every unit that has an inline function states the same.
    std::vector<const facts::StatedFigure *> Said;
    for (const facts::FunctionExpectation &F : Entry.getValue())
      for (const facts::StatedFigure &Figure : F.Stated) {
        const machine::MetricName *Metric = metricFor(*Figure.Name.What);
        bool Again = llvm::any_of(Said, [&](const facts::StatedFigure *Other) {
          return Other->Name.What == Figure.Name.What && Other->Name.How == Figure.Name.How &&
                 Other->Value == Figure.Value && Other->Where == Figure.Where;
        });
        if (!Metric || Again)
          continue;
        Said.push_back(&Figure);
        Result.push_back(
            {Name, "", {machine::Bound{operatorFor(Figure.Name.How), Metric, Figure.Value}}, Figure.Where});
      }
  }
  llvm::sort(Result, [](const machine::Expectation &A, const machine::Expectation &B) {
    return std::tie(A.Function, A.Where.File, A.Where.Line, A.Where.Column) <
           std::tie(B.Function, B.Where.File, B.Where.Line, B.Where.Column);
  });
  return Result;
}

} // namespace snug::tool
