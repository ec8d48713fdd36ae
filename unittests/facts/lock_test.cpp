// The lock file: what is written is read, damage is one message, and what moved is said and classified.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Lock.h"
#include "facts/LockDiff.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace snug::facts {
namespace {

StatedFigure stated(const char *Name, std::uint64_t Value, std::string Member = {}) {
  return {*parseExpectationName(Name), Value, {}, std::move(Member)};
}

/// struct { buffer in { char *data; unsigned size; }; int fd; unsigned a : 3; }
LockEntry session() {
  LockEntry E;
  E.Name = "app::session<int, 'a'>";
  E.On.Target = "x86_64-linux-gnu";
  E.Where.File = "src/session.hpp";
  E.Stated = {stated("max_size", 64), stated("offset", 16, "fd")};
  E.SizeBytes = 24;
  E.AlignBytes = 8;
  E.PaddingBytes = 7;
  E.Parts = {{"in", "buffer", 0, 128, {{"data", "char *", 0, 64}, {"size", "unsigned int", 64, 32}}},
             {"fd", "int", 128, 32},
             {"a", "unsigned int", 160, 3},
             {"b", "unsigned int", 163, 2}};
  return E;
}

LockEntry start() {
  LockEntry E;
  E.What = LockEntry::Kind::Function;
  E.Name = "app::start(app::op&)";
  E.Symbol = "_ZN3app5startERNS_2opE";
  E.On = {"x86_64-linux-gnu", "gcc", "-O2"};
  E.Where.File = "src/start.cpp";
  E.Stated = {stated("max_loads", 3)};
  E.Figures = {{"loads", 2}, {"stores", 0}, {"chain", 1}};
  E.Accesses = {"load arg0→8", "load arg0→16"};
  return E;
}

std::string errorOf(llvm::StringRef Text) {
  llvm::Expected<Lock> Read = readLock(Text, "snug.lock");
  return Read ? "" : llvm::toString(Read.takeError());
}

std::string replaced(std::string Text, const std::string &What, const std::string &By) {
  std::size_t At = Text.find(What);
  EXPECT_NE(At, std::string::npos) << What;
  return Text.replace(At, What.size(), By);
}

/// The one difference between two entries, with its reasons, one per line.
std::string difference(const LockEntry &Old, const LockEntry &New) {
  const Lock Before = {Old}, Now = {New};
  std::string Text;
  for (const Difference &D : compare(Before, Now, [](const LockEntry &) { return true; })) {
    Text += toString(D.What).str() + ": " + D.Report.Message + "\n";
    for (const Reason &R : D.Report.Reasons)
      Text += "  " + R.Text + "\n";
  }
  return Text;
}

TEST(LockTest, WhatIsWrittenIsRead) {
  const std::string Text = writeLock({start(), session()});
  EXPECT_EQ(Text, R"(snug-lock 1
# What this project promises, written by 'snug lock --update'. Review changes as you review code.

type app::session<int, 'a'>
  target x86_64-linux-gnu, compiler clang
  in src/session.hpp
  size 24, align 8, padding 7
  stated max_size(64) offset(16)@fd
       0       16  in: buffer
       0        8    data: char *
       8        4    size: unsigned int
      16        4  fd: int
      20      0:3  a: unsigned int
    20:3      0:2  b: unsigned int

function app::start(app::op&)
  symbol _ZN3app5startERNS_2opE
  target x86_64-linux-gnu, compiler gcc -O2
  in src/start.cpp
  loads 2, stores 0, chain 1
  stated max_loads(3)
    load arg0→8
    load arg0→16
)");
  llvm::Expected<Lock> Read = readLock(Text, "snug.lock");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  ASSERT_EQ(Read->size(), 2u);
  EXPECT_EQ(difference(session(), (*Read)[0]), "");
  EXPECT_EQ(difference(start(), (*Read)[1]), "");
  EXPECT_EQ(writeLock(*Read), Text);
}

TEST(LockTest, EqualLocksAreEqualBytesAndLineEndsDoNotCount) {
  const std::string Text = writeLock({session(), start()});
  EXPECT_EQ(Text, writeLock({start(), session()}));
  std::string Dos;
  for (char C : Text)
    Dos += C == '\n' ? std::string("\r\n") : std::string(1, C);
  llvm::Expected<Lock> Read = readLock(Dos, "snug.lock");
  ASSERT_TRUE(static_cast<bool>(Read)) << llvm::toString(Read.takeError());
  EXPECT_EQ(writeLock(*Read), Text);
}

TEST(LockTest, DamageIsOneMessage) {
  const std::string Good = writeLock({session(), start()});
  EXPECT_EQ(errorOf(""), "snug.lock:1: not a lock file of snug: it begins with 'snug-lock 1' or 'snug-lock 2'");
  EXPECT_EQ(errorOf("{\"lock\": 1}"),
            "snug.lock:1: not a lock file of snug: it begins with 'snug-lock 1' or 'snug-lock 2'");
  EXPECT_EQ(errorOf("snug-lock one\n"), "snug.lock:1: no version of a lock file stands behind 'snug-lock '");
  EXPECT_EQ(errorOf("snug-lock 9\nwhatever\n"),
            "snug.lock:1: a lock file of version 9; this snug reads up to version 2 and leaves newer ones alone");
  EXPECT_EQ(
      errorOf(replaced(Good, "      16        4  fd: int", "<<<<<<< HEAD\n      16        4  fd: int")),
      "snug.lock:12: the lock file holds an unresolved merge; take either side of it, then run 'snug lock --update'");
  EXPECT_EQ(
      errorOf(replaced(Good, "type app", "tpye app")),
      "snug.lock:4: expected 'type NAME', 'function NAME' or 'coroutine NAME', not 'tpye app::session<int, 'a'>'");
  EXPECT_EQ(errorOf(replaced(Good, "size 24, align", "size -24, align")),
            "snug.lock:7: this line means nothing here: 'size -24, align 8, padding 7'");
  EXPECT_EQ(errorOf(replaced(Good, "max_size(64)", "weight(64)")),
            "snug.lock:8: this line means nothing here: 'stated weight(64) offset(16)@fd'");
  EXPECT_EQ(errorOf(replaced(Good, "    size: unsigned int", "        size: unsigned int")),
            "snug.lock:11: this line means nothing here: '8        4        size: unsigned int'");
  EXPECT_EQ(errorOf(replaced(Good, "  target x86_64-linux-gnu, compiler clang\n", "")),
            "snug.lock:4: the entry 'app::session<int, 'a'>' lacks its target");
  EXPECT_EQ(errorOf(replaced(Good, "  symbol _ZN3app5startERNS_2opE\n", "")),
            "snug.lock:16: the entry 'app::start(app::op&)' lacks its symbol");
  EXPECT_EQ(errorOf("snug-lock 1\n  size 1, align 1, padding 0\n"), "snug.lock:2: a line that belongs to no entry");
  EXPECT_EQ(errorOf(replaced(Good, "fd: int", "fd:\x07 int")), "snug.lock:12: this line holds a control character");
  EXPECT_EQ(errorOf(replaced(Good, "  size 24, align 8, padding 7\n",
                             "  size 24, align 8, padding 7\n  size 24, align 8, padding 7\n")),
            "snug.lock:8: this line means nothing here: 'size 24, align 8, padding 7'");
  const std::string Entry = Good.substr(Good.find("type "), Good.find("function ") - Good.find("type "));
  EXPECT_EQ(errorOf(Good + Entry), "snug.lock:24: 'app::session<int, 'a'>' for x86_64-linux-gnu is here twice");
}

TEST(LockTest, AMemberThatGrowsIsNamedAndSoIsWhatMoves) {
  LockEntry Now = session();
  Now.SizeBytes = 32;
  Now.Parts[0].SizeBits = 192;
  Now.Parts[0].Parts[1] = {"size", "unsigned long", 64, 64};
  Now.Parts[0].Parts.push_back({"cap", "unsigned long", 128, 64});
  for (std::size_t I = 1; I != 4; ++I)
    Now.Parts[I].OffsetBits += 64;
  EXPECT_EQ(
      difference(session(), Now),
      "promise broken: 'app::session<int, 'a'>' on x86_64-linux-gnu has 'fd' at offset 24; offset(16)@fd is promised\n"
      "  'in' grew from 16 to 24 bytes\n"
      "  'in.size' grew from 4 to 8 bytes: 'unsigned long' was 'unsigned int'\n"
      "  'in.cap' is new: 8 bytes at offset 16\n"
      "  'fd' and 2 parts behind it moved from offset 16 to 24\n");
  LockEntry Before = session();
  Before.Stated.pop_back();
  Now.Stated.pop_back();
  EXPECT_EQ(difference(Before, Now).substr(0, 80),
            "layout changed: 'app::session<int, 'a'>' on x86_64-linux-gnu grew from 24 to 32 ");
}

TEST(LockTest, ClassesFromHarmlessToGrave) {
  LockEntry Now = session();
  EXPECT_EQ(difference(session(), Now), "");
  // Into the padding.
  Now.Parts.push_back({"flags", "unsigned char", 176, 8});
  Now.PaddingBytes = 6;
  EXPECT_EQ(difference(session(), Now),
            "compatible: 'app::session<int, 'a'>' on x86_64-linux-gnu changed without moving anything\n"
            "  'flags' is new: 1 byte at offset 22\n"
            "  padding went from 7 to 6 bytes\n");
  // Behind the end.
  Now = session();
  Now.SizeBytes = 32;
  Now.Parts.push_back({"next", "void *", 192, 64});
  EXPECT_EQ(difference(session(), Now),
            "larger: 'app::session<int, 'a'>' on x86_64-linux-gnu grew from 24 to 32 bytes\n"
            "  'next' is new: 8 bytes at offset 24\n");
  // Two members in each other's place.
  Now = session();
  std::swap(Now.Parts[0].Parts[0].OffsetBits, Now.Parts[0].Parts[1].OffsetBits);
  EXPECT_EQ(difference(session(), Now),
            "layout changed: the layout of 'app::session<int, 'a'>' on x86_64-linux-gnu changed; it "
            "still has 24 bytes\n"
            "  'in.data' moved from offset 0 to 8\n"
            "  'in.size' moved from offset 8 to 0\n");
  // Gone, and nothing in its place.
  Now = session();
  Now.Parts.pop_back();
  EXPECT_EQ(difference(session(), Now).substr(0, 14), "layout changed");
  // Another name.
  Now = session();
  Now.Parts[1].Name = "socket";
  Now.Stated.pop_back();
  EXPECT_EQ(difference(session(), Now),
            "compatible: 'app::session<int, 'a'>' on x86_64-linux-gnu changed without moving anything\n"
            "  'socket' stands where 'fd' stood\n"
            "  offset(16)@fd is no longer stated\n");
  // The size that the lock promised, whatever the source promises now.
  LockEntry Before = session();
  Before.Stated = {stated("size", 24)};
  Now = session();
  Now.SizeBytes = 32;
  Now.Stated = {stated("size", 32)};
  EXPECT_EQ(difference(Before, Now),
            "promise broken: 'app::session<int, 'a'>' on x86_64-linux-gnu is 32 bytes; size(24) is promised\n"
            "  size(24) is no longer stated\n"
            "  size(32) is stated now\n");
}

TEST(LockTest, ALoadThatAppearsIsNamed) {
  LockEntry Now = start();
  Now.Figures[0].Value = 3;
  Now.Figures[2].Value = 2;
  Now.Accesses.push_back("load arg0→8→0");
  EXPECT_EQ(difference(start(), Now),
            "larger: 'app::start(app::op&)' on x86_64-linux-gnu with gcc at -O2 has 3 loads, up from 2\n"
            "  it has a chain of 2 loads, up from 1\n"
            "  'load arg0→8→0' is new\n");
  Now = start();
  Now.Figures[0].Value = 4;
  EXPECT_EQ(difference(start(), Now).substr(0, 120), "promise broken: 'app::start(app::op&)' on x86_64-linux-gnu with "
                                                     "gcc at -O2 has 4 loads; max_loads(3) is promised\n");
  Now = start();
  Now.Figures[0].Value = 1;
  Now.Accesses.pop_back();
  EXPECT_EQ(difference(start(), Now),
            "compatible: 'app::start(app::op&)' on x86_64-linux-gnu with gcc at -O2 has 1 load, down from 2\n"
            "  'load arg0→16' is gone\n");
  // Code that nobody saw is not compared.
  Now.Figures.clear();
  EXPECT_EQ(difference(start(), Now), "");
}

TEST(LockTest, WhatIsOnOneSideOnly) {
  const Lock Both = {session(), start()}, One = {session()};
  auto Covered = [](const LockEntry &) { return true; };
  auto NotCovered = [](const LockEntry &) { return false; };
  ASSERT_EQ(compare(Both, One, Covered).size(), 1u);
  EXPECT_EQ(compare(Both, One, Covered)[0].What, Change::Removed);
  EXPECT_EQ(compare(Both, One, NotCovered).size(), 0u);
  ASSERT_EQ(compare(One, Both, Covered).size(), 1u);
  EXPECT_EQ(compare(One, Both, Covered)[0].What, Change::Added);
  // The same type elsewhere is something else.
  LockEntry Arm = session();
  Arm.On.Target = "armv7em-none-eabi";
  EXPECT_EQ(compare(One, {session(), Arm}, Covered).size(), 1u);
}

} // namespace
} // namespace snug::facts
