// `snug layout --coroutines`: frames of coroutines, from sources and from the facts in objects.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_COROUTINELAYOUT_H
#define SNUG_CHECKER_TOOL_COROUTINELAYOUT_H

#include "facts/Facts.h"
#include "tool/Sources.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace snug::tool {

/// The frames of the coroutines in FILE…, sources and objects; those of sources are without a size, which code
/// generation decides. Sorted by place, each coroutine and platform once, with the largest frame that a unit has for it.
/// `AllCompiled` is cleared when a source does not compile; that was said on stderr.
/// Fails as Sources::find and addFacts do.
llvm::Expected<std::vector<facts::CoroutineFrame>> gatherFrames(SourceRequest Request, bool &AllCompiled);

/// For people: each frame, what it keeps at which suspension, and who elides it.
void writeFramesText(llvm::raw_ostream &Out, llvm::ArrayRef<facts::CoroutineFrame> Frames);

/// An array of the records that docs/facts.md describes.
void writeFramesJson(llvm::raw_ostream &Out, std::vector<facts::CoroutineFrame> Frames);

} // namespace snug::tool

#endif
