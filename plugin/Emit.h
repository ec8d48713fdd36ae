// Hands findings to Clang's diagnostics engine, so that -Werror, -verify, fix-its and SARIF output work as they do there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_PLUGIN_EMIT_H
#define SNUG_PLUGIN_EMIT_H

#include "core/Finding.h"

#include "clang/Basic/Diagnostic.h"

namespace snug::plugin {

/// A finding's place in the AST it was made from; invalid for a finding without one.
clang::SourceLocation placeOf(const Location &Where);

/// Gives the text and the fix-its to a diagnostic whose format is "%0".
void fill(const clang::DiagnosticBuilder &Builder, const std::string &Text, const std::vector<Replacement> &FixIts);

/// Emits findings at Clang's levels. Custom diagnostics ignore -w, -Werror and -W options by themselves, so the level
/// is decided here: errors stay errors; warnings follow -w, -Werror, `-Wno-snug`, `-Wno-snug-<rule>`, `-Werror=snug…`
/// and `-Wno-error=snug…`, the last one that names the rule deciding. What is undecided is a remark, which -w silences,
/// and an error where `Strict`.
class Emitter {
public:
  Emitter(clang::DiagnosticsEngine &Engine, bool Strict);

  void emit(const Finding &F);

private:
  clang::DiagnosticsEngine::Level levelOf(const Finding &F) const;
  void emit(clang::DiagnosticsEngine::Level Level, const std::string &Text, const Location &Where,
            const std::vector<Replacement> &FixIts);

  clang::DiagnosticsEngine &Engine;
  bool Strict;
  /// The -W options without "-W", in their order.
  std::vector<std::string> WarningOptions;
};

} // namespace snug::plugin

#endif
