// Hands findings to Clang's diagnostics engine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include "clang/Basic/DiagnosticIDs.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/SourceLocation.h"

namespace snug::plugin {

using Level = clang::DiagnosticsEngine::Level;

clang::SourceLocation placeOf(const Location &Where) { return clang::SourceLocation::getFromRawEncoding(Where.Raw); }

void fill(const clang::DiagnosticBuilder &Builder, const std::string &Text, const std::vector<Replacement> &FixIts) {
  Builder << Text;
  for (const Replacement &Fix : FixIts)
    Builder << clang::FixItHint::CreateReplacement(
        clang::CharSourceRange::getCharRange(placeOf(Fix.Begin), placeOf(Fix.End)), Fix.Text);
}

Emitter::Emitter(clang::DiagnosticsEngine &Engine, bool Strict)
    : Engine(Engine), Strict(Strict), WarningOptions(Engine.getDiagnosticOptions().Warnings) {}

/// Whether `Option` (after "-W" and its prefix) names the rule or all of ours.
static bool names(llvm::StringRef Option, llvm::StringRef Rule) {
  return Option == "snug" || (Option.consume_front("snug-") && Option == Rule);
}

Level Emitter::levelOf(const Finding &F) const {
  if (F.Result == Verdict::Holds)
    return Level::Ignored;
  if (F.Severity == snug::Level::Error || (F.Result == Verdict::Undecided && Strict))
    return Level::Error;
  if (Engine.getIgnoreAllWarnings())
    return Level::Ignored;
  bool Shown = true;
  bool Promoted = Engine.getWarningsAsErrors();
  for (llvm::StringRef Option : WarningOptions) {
    bool Negative = Option.consume_front("no-");
    if (Option.consume_front("error=")) {
      if (!names(Option, F.RuleId))
        continue;
      Promoted = !Negative;
      Shown |= Promoted;
    } else if (names(Option, F.RuleId)) {
      Shown = !Negative;
    }
  }
  if (!Shown)
    return Level::Ignored;
  if (F.Severity != snug::Level::Warning)
    return Level::Remark;
  return Promoted ? Level::Error : Level::Warning;
}

void Emitter::emit(const Finding &F) {
  Level L = levelOf(F);
  if (L == Level::Ignored)
    return;
  emit(L, F.Message + " [snug-" + F.RuleId + "]", F.Where, F.FixIts);
  for (const Reason &R : F.Reasons)
    emit(Level::Note, R.Text, R.Where, R.FixIts);
}

void Emitter::emit(Level L, const std::string &Text, const Location &Where, const std::vector<Replacement> &FixIts) {
  unsigned Id = Engine.getDiagnosticIDs()->getCustomDiagID(static_cast<clang::DiagnosticIDs::Level>(L), "%0");
  fill(Engine.Report(placeOf(Where), Id), Text, FixIts);
}

} // namespace snug::plugin
