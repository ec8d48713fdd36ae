// Names cut to what fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_TEXT_H
#define SNUG_CHECKER_CORE_TEXT_H

#include <cstddef>
#include <string>

namespace snug {

/// The text on one line and harmless to a terminal: control characters as "\\x0A".
std::string printable(std::string Text);

/// Cuts template arguments to "<…>", innermost first, until `Declaration` fits into `Columns` bytes; as much as that
/// achieves. Operators keep their names whole.
std::string shorten(std::string Declaration, std::size_t Columns);

} // namespace snug

#endif
