// Functions as JSON, schema 1; docs/formats.md describes it for readers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_MACHINE_JSONWRITER_H
#define SNUG_CHECKER_MACHINE_JSONWRITER_H

#include "machine/Diff.h"
#include "machine/Report.h"

#include "llvm/Support/JSON.h"

namespace snug::machine {

/// One function: "name", "mangled", "aliases", "object", every metric by its name (metricNames), "load_list" and
/// "store_list" with "path", "depth", "class", "width" and "offset" per entry, and "loops". With the
/// listing also "listing": per instruction "offset", "size", "text" and what it counts for, zeros left out.
void writeJson(llvm::json::OStream &Out, const FunctionReport &R, bool WithListing = false);

/// {"schema":1,"pairs":[{"before":…,"after":…}],"only_before":[names],"only_after":[names]}
void writeJson(llvm::json::OStream &Out, llvm::ArrayRef<FunctionPair> Pairs, llvm::ArrayRef<FunctionReport> OnlyBefore,
               llvm::ArrayRef<FunctionReport> OnlyAfter);

} // namespace snug::machine

#endif
