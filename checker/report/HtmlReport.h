// One page for people: sections of entries that fold, with filter, sorting and keys where there are scripts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_REPORT_HTMLREPORT_H
#define SNUG_CHECKER_REPORT_HTMLREPORT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace snug::report {

/// One line of a section, and what it unfolds to.
struct HtmlEntry {
  /// As the reader knows it.
  std::string Name;
  /// Said below the name: where it is, what else it is called.
  std::string Place;
  /// One for each column of the section; nothing where it does not apply.
  std::vector<std::optional<std::uint64_t>> Figures;
  /// Behind the figure of the same column: "was 72".
  std::vector<std::string> Notes;
  /// Short words that the reader can select by: "promised".
  std::vector<std::string> Tags;
  /// A part of a page. Its styles are among the page's.
  std::string Body;
};

struct HtmlSection {
  /// For links: "types".
  std::string Id;
  std::string Title;
  /// A sentence below the title; a part of a page.
  std::string Intro;
  /// Heads of the columns behind the name; the filter knows them by their first word: "size>64".
  std::vector<std::string> Columns;
  std::vector<HtmlEntry> Entries;
};

struct HtmlReport {
  std::string Title;
  std::string Subtitle;
  /// Label and text of the figures at the top.
  std::vector<std::pair<std::string, std::string>> Summary;
  std::vector<HtmlSection> Sections;
  /// Sheets that the bodies need.
  std::vector<llvm::StringRef> Styles;
  /// What is said above the sections; a part of a page.
  std::string Legend;
};

/// Writes the page: nothing is loaded, everything is there without scripts, equal reports are equal bytes.
/// Few entries are unfolded from the start; paper shows all of them. A section whose bodies are more than
/// `MostDetailBytes` has its first entries whole, and of the others their lines: the page says so.
/// Returns how many entries have no body for that reason.
std::size_t writeHtmlReport(llvm::raw_ostream &Out, const HtmlReport &Report);

/// A browser opens a page with several thousand types of this many bytes at once.
inline constexpr std::size_t MostDetailBytes = std::size_t(8) << 20;

/// Of the page above; in a file of its own.
llvm::StringRef htmlReportScript();
llvm::StringRef htmlReportStyle();

} // namespace snug::report

#endif
