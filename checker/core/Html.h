// The frame and the look that all our pages have in common.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_CORE_HTML_H
#define SNUG_CHECKER_CORE_HTML_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace snug::html {

/// Text for an element or a quoted attribute: what means something to a browser is escaped, and so is what is no
/// character (control characters, broken UTF-8), which becomes U+FFFD.
std::string escaped(llvm::StringRef Text);

struct Page {
  llvm::StringRef Title;
  /// Sheets behind the common one, in this order.
  llvm::ArrayRef<llvm::StringRef> Styles = {};
};

/// Everything up to the page's first heading. The common sheet defines the colours of both themes, type, tables with
/// heads that stay in sight (`<thead>`), `.n` for numbers, `.soft` for what is said on the side, and a form for paper.
/// A policy in the page forbids every request.
void beginPage(llvm::raw_ostream &Out, const Page &P);
void endPage(llvm::raw_ostream &Out);

} // namespace snug::html

#endif
