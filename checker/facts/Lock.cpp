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

Lock toLock(const Facts &F) {
  Lock Result;
  for (const StatedLayout &Layout : F.Layouts) {
    LockEntry &Entry = Result.emplace_back();
    Entry.Name = Layout.Name;
    Entry.On = Layout.On;
    Entry.Where = Layout.Where;
    Entry.IsInternal = Layout.IsInternal;
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
  return Result;
}

} // namespace snug::facts
