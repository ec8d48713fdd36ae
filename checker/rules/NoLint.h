// NOLINT comments: where the source says that a rule shall be silent, in the words of clang-tidy.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_NOLINT_H
#define SNUG_CHECKER_RULES_NOLINT_H

#include "core/Finding.h"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <utility>
#include <vector>

namespace snug::rules {

/// What the comments of one file silence, without any AST:
/// `NOLINT` its own line, `NOLINTNEXTLINE` the line below, `NOLINTBEGIN` … `NOLINTEND` the lines between and their own.
/// A list in parentheses directly behind the word ("snug-a, snug-b*, -snug-bc") narrows it to the rules it names, the
/// last glob that matches deciding; an empty list names none. A pair counts only when both ends name the same list;
/// an end without its other end silences nothing.
class NoLintLines {
public:
  explicit NoLintLines(llvm::StringRef Text);

  /// `Line` counts from 1; `RuleId` without "snug-". Remembers which comments did it.
  bool silence(unsigned Line, llvm::StringRef RuleId);

  /// A comment, or a pair of them, that silences.
  struct Region {
    unsigned First;
    unsigned Last;
    /// Of the word (the first one of a pair), in the text.
    std::size_t Offset;
    /// Lists with commas; "*" for a word without parentheses.
    llvm::StringRef Rules;
    /// The rules that it has silenced.
    std::vector<std::string> Silenced;
  };
  llvm::ArrayRef<Region> regions() const { return Regions; }

  /// A NOLINTBEGIN or NOLINTEND without its other end.
  struct Unmatched {
    /// Of the word, in the text.
    std::size_t Offset;
    bool IsBegin;
    llvm::StringRef Rules;
  };
  llvm::ArrayRef<Unmatched> unmatched() const { return WithoutEnd; }

private:
  std::vector<Region> Regions;
  std::vector<Unmatched> WithoutEnd;
};

/// Whether a list of a comment names the rule: as in clang-tidy's lists the last glob that matches decides, a leading '-'
/// takes away.
bool namesRule(llvm::StringRef Rules, llvm::StringRef RuleId);

/// The comments of all files of a translation unit; each file that has a finding is read once.
class NoLintComments {
public:
  explicit NoLintComments(const clang::SourceManager &Sources) : Sources(Sources) {}

  /// True when a comment silences the rule where the finding is reported, or, when that place comes from a macro, on
  /// any line that it was expanded through: in the macro's definition, where it was used in another, and where that
  /// was used.
  bool cover(const Finding &F);

  /// The comments of a file, which is read if it was not before.
  const NoLintLines &of(clang::FileID File);

  /// In the files that were read: for each such comment its place.
  std::vector<std::pair<clang::SourceLocation, const NoLintLines::Unmatched *>> unmatched() const;

private:
  NoLintLines &lines(clang::FileID File);

  const clang::SourceManager &Sources;
  llvm::DenseMap<clang::FileID, NoLintLines> Files;
};

} // namespace snug::rules

#endif
