// Entries of the lock: identity, order, and how they come from facts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Lock.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Demangle/Demangle.h"

#include <tuple>

namespace snug::facts {

bool operator<(const LockEntry &A, const LockEntry &B) {
  auto Identity = [](const LockEntry &E) {
    // Every optimisation level has its own machine code.
    return std::tuple(llvm::StringRef(E.Name), E.What, llvm::StringRef(E.Symbol), llvm::StringRef(E.On.Target),
                      llvm::StringRef(E.On.Compiler), llvm::StringRef(E.On.Optimization),
                      E.IsInternal ? llvm::StringRef(E.Where.File) : llvm::StringRef());
  };
  return Identity(A) < Identity(B);
}

bool isSameEntity(const LockEntry &A, const LockEntry &B) { return !(A < B) && !(B < A); }

void LockEntry::setFrame(const CoroutineFrame &Frame) {
  if (!Frame.SizeBytes)
    return;
  Figures = {{"frame", Frame.SizeBytes}, {"align", Frame.AlignBytes}, {"promise", Frame.PromiseBytes}};
  Accesses.clear();
  std::vector<std::pair<std::uint64_t, std::string>> Residents;
  for (const FrameResident &R : Frame.Residents)
    Residents.emplace_back(R.SizeBytes, R.What + ": " + R.Type);
  llvm::sort(Residents,
             [](const auto &A, const auto &B) { return A.first != B.first ? A.first > B.first : A.second < B.second; });
  for (const auto &[Bytes, Text] : Residents)
    Accesses.push_back(std::to_string(Bytes) + " " + Text);
}

Lock toLock(const Facts &F) {
  Lock Result;
  for (const StatedLayout &Layout : F.Layouts) {
    LockEntry &Entry = Result.emplace_back();
    Entry.Name = Layout.Name;
    Entry.On = Layout.On;
    Entry.Where = Layout.Where;
    Entry.IsInternal = Layout.IsInternal;
    Entry.Unit = Layout.Unit;
    Entry.Stated = Layout.Stated;
    Entry.SizeBytes = Layout.SizeBytes;
    Entry.AlignBytes = Layout.AlignBytes;
    Entry.PaddingBytes = Layout.PaddingBytes;
    Entry.Parts = Layout.Parts;
  }
  for (const FunctionExpectation &Function : F.Functions) {
    LockEntry &Entry = Result.emplace_back();
    Entry.What = LockEntry::Kind::Function;
    Entry.Name = llvm::demangle(Function.Mangled);
    Entry.Symbol = Function.Mangled;
    Entry.On = Function.On;
    Entry.Where = Function.Where;
    Entry.IsInternal = Function.IsInternal;
    Entry.Stated = Function.Stated;
  }
  for (const CoroutineFrame &Frame : F.Coroutines) {
    if (!Frame.IsPromised)
      continue;
    LockEntry &Entry = Result.emplace_back();
    Entry.What = LockEntry::Kind::Coroutine;
    Entry.Name = llvm::demangle(Frame.Mangled);
    Entry.Symbol = Frame.Mangled;
    Entry.On = Frame.On;
    Entry.Where = Frame.Where;
    Entry.IsInternal = Frame.IsInternal;
    Entry.Stated = Frame.Stated;
    Entry.Unit = Frame.Unit;
    Entry.setFrame(Frame);
  }
  return Result;
}

} // namespace snug::facts
