// Holds the facts in objects to each other and to what they state.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CheckObjects.h"

#include "core/Expectation.h"
#include "facts/LockDiff.h"
#include "tool/ObjectPromises.h"
#include "tool/Promises.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/Support/FileSystem.h"

#include <tuple>
#include <utility>

namespace snug::tool {
namespace {

using facts::CoroutineFrame;

/// What units keep in the frame differs by their level; whom they promise to does not.
Finding promisesDiffer(const CoroutineFrame &First, const CoroutineFrame &Other) {
  auto Says = [](const CoroutineFrame &F) {
    return "'" + F.Promise + "', " + count(F.PromiseBytes, "byte", "bytes") + ", in '" + F.Unit + "'";
  };
  Finding F;
  F.RuleId = "odr-layout-mismatch";
  F.Severity = Level::Error;
  F.Where = First.Where;
  F.Message = "the promise of coroutine '" + llvm::demangle(First.Mangled) +
              "' is laid out in two ways: " + Says(First) + ", " + Says(Other) + " ([basic.def.odr])";
  F.Reasons.push_back({"", "'" + First.Unit + "' has it from here", First.Where, {}});
  F.Reasons.push_back({"", "'" + Other.Unit + "' has it from here", Other.Where, {}});
  return F;
}

llvm::Error compareCoroutines(llvm::ArrayRef<std::string> Objects, std::vector<Finding> &Result) {
  facts::FactsReader Reader;
  for (const std::string &Path : Objects)
    if (llvm::Error E = addFacts(Path, Reader))
      return E;
  std::vector<CoroutineFrame> All = Reader.take().Coroutines;
  llvm::erase_if(All, [](const CoroutineFrame &F) { return F.IsInternal; });
  llvm::sort(All, [](const CoroutineFrame &A, const CoroutineFrame &B) {
    return std::tie(A.Mangled, A.On.Target, A.Unit) < std::tie(B.Mangled, B.On.Target, B.Unit);
  });
  const CoroutineFrame *First = nullptr;
  for (const CoroutineFrame &F : All) {
    if (!First || std::tie(First->Mangled, First->On.Target) != std::tie(F.Mangled, F.On.Target))
      First = &F;
    else if (std::tie(First->Promise, First->PromiseBytes) != std::tie(F.Promise, F.PromiseBytes))
      Result.push_back(promisesDiffer(*First, F));
  }
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::vector<Finding>> checkObjects(llvm::ArrayRef<std::string> Objects, llvm::StringRef ConfigFile) {
  PromiseRequest Request;
  Request.Files.assign(Objects.begin(), Objects.end());
  Request.ConfigFile = ConfigFile.str();
  llvm::SmallString<256> Here;
  if (std::error_code Code = llvm::sys::fs::current_path(Here))
    return llvm::createStringError("the current folder cannot be read: " + Code.message());
  Request.Root = std::string(Here);
  llvm::Expected<Promises> Now = gatherPromises(Request);
  if (!Now)
    return Now.takeError();
  std::vector<Finding> Result = std::move(Now->Contradictions);
  // Units may have types of one name for themselves: only a lock minds.
  llvm::erase_if(Result, [](const Finding &F) { return F.RuleId != "odr-layout-mismatch"; });
  for (const facts::LockEntry &Entry : Now->Entries)
    for (const std::string &Text : facts::brokenPromises(Entry.Stated, Entry)) {
      Finding &F = Result.emplace_back();
      F.RuleId = facts::ruleId(facts::Change::PromiseBroken).str();
      F.Severity = Level::Error;
      F.Where = Entry.Where;
      F.Message = "'" + Entry.Name + "' on " + facts::describe(Entry.On) + " " + Text;
    }
  if (llvm::Error E = compareCoroutines(Objects, Result))
    return std::move(E);
  return Result;
}

} // namespace snug::tool
