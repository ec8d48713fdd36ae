// Names as people write them: demangling, base names, and matching a function against what was asked for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_NAMES_H
#define SNUG_CHECKER_MACHINE_NAMES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace snug::machine {

/// The demangled name; the name itself when it is not mangled. `.cold`, `.part.0` and `.isra.0` stay visible.
std::string demangle(llvm::StringRef Mangled);

/// "void ns::start_op<op4>(op4&) [clone .cold]" -> "start_op": neither return type, scope, template arguments nor
/// parameters.
llvm::StringRef baseName(llvm::StringRef Demangled);

/// "void ns::start_op<op4>(op4&)" -> "ns::start_op": without return type, template arguments and parameters.
std::string qualifiedName(llvm::StringRef Demangled);

/// Without what ThinLTO appends to the names of local functions that other files came to use: `f.llvm.1234`. The number differs
/// from build to build, and the function is the same.
llvm::StringRef withoutPromotion(llvm::StringRef Mangled);

/// True when `Asked` is the mangled name, the whole demangled name, the name without parameters, the qualified name
/// with or without template arguments, or a trailing part of it after `::`.
bool isNamed(llvm::StringRef Mangled, llvm::StringRef Demangled, llvm::StringRef Asked);

/// Up to `Limit` of the candidates that a typing error could have meant, nearest first.
std::vector<std::string> nearest(llvm::StringRef Asked, llvm::ArrayRef<std::string> Candidates, unsigned Limit = 3);

} // namespace snug::machine

#endif
