// The page of `snug report`: what it does with more than fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/HtmlReport.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace snug::report {
namespace {

std::string pageOf(std::size_t EntryCount, std::size_t BodyBytes, std::size_t &Left) {
  HtmlReport Page;
  HtmlSection &Section = Page.Sections.emplace_back();
  Section.Id = "types";
  Section.Columns = {"size"};
  for (std::size_t I = 0; I != EntryCount; ++I) {
    HtmlEntry &Entry = Section.Entries.emplace_back();
    Entry.Name = "op<" + std::to_string(I) + ">";
    Entry.Figures = {I};
    Entry.Body = std::string(BodyBytes, 'b');
  }
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Left = writeHtmlReport(Out, Page);
  return Text;
}

TEST(HtmlReportTest, HasEveryDetailUpToTheLimit) {
  std::size_t Left = 1;
  const std::string Page = pageOf(4, MostDetailBytes / 4, Left);
  EXPECT_EQ(Left, 0U);
  EXPECT_GE(Page.size(), MostDetailBytes);
  EXPECT_FALSE(llvm::StringRef(Page).contains("have their details"));
}

TEST(HtmlReportTest, ListsWhatItHasNoRoomToDetail) {
  std::size_t Left = 0;
  const std::string Page = pageOf(6, MostDetailBytes / 4, Left);
  EXPECT_EQ(Left, 2U);
  EXPECT_LT(Page.size(), MostDetailBytes + MostDetailBytes / 8);
  EXPECT_TRUE(llvm::StringRef(Page).contains("All 6 are listed; the first 4 have their details."));
  EXPECT_TRUE(llvm::StringRef(Page).contains("op&lt;5&gt;"));
  EXPECT_EQ(llvm::StringRef(Page).count("This page has no room for these details"), 2U);
}

} // namespace
} // namespace snug::report
