// What assembly text may ask for: a few characters of it can name other files, or ask for terabytes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_ASSEMBLYLIMITS_H
#define SNUG_CHECKER_MACHINE_ASSEMBLYLIMITS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace snug::machine {

/// Refuses what the assembler would obey to the end of memory or in other files: included files, room above `MostBytes`, rounds
/// and macros that make more than a hundred thousand statements. What compilers write stays far below.
///
/// Undecided when: a macro's argument is a size; that is left to whoever takes the assembler's output.
/// Complexity: O(n * number of macros).
llvm::Error checkDirectives(llvm::StringRef Text, std::uint64_t MostBytes);

} // namespace snug::machine

#endif
