// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Holds the sizes of the pipelines by which sender libraries are compared, in both receiver modes, and the page that
// tells them (docs/sizes.md).
#include "../../bench/peer_pipelines.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>

using namespace peers;

namespace {

static_assert(sizeof(void *) == 8, "the sizes here are those of 64-bit targets");

using loop = ex::run_loop::scheduler;
using pool = ex::static_thread_pool::scheduler;
using here = ex::inline_scheduler;
template <class Sch> Sch on();
constexpr int const *values = nullptr; // never read: types only

struct row {
  char const *pipeline;
  std::size_t measured;
  // What no library can do without: captured values and those of just, and a receiver's pointer, where alignment puts
  // them.
  std::size_t bound;
  std::size_t inlined;
  std::size_t stored;
  std::size_t stdexec;
  std::size_t smallest_peer;
  char const *peer;
  // What the bytes above the bound are for.
  char const *rest;
};

template <class Sndr, class Rcvr = empty_receiver> consteval std::size_t size() { return sizeof(op<Sndr, Rcvr>); }
#define SIZE_OF(...) size<decltype(__VA_ARGS__)>()
#define SIZE_WITH(Rcvr, ...) size<decltype(__VA_ARGS__), Rcvr>()

constexpr row rows[] = {
    {"op4, empty receiver", SIZE_OF(op4(1, 2, 3, 4, 5)), 24, 24, 72, 72, 24, "squiz", ""},
    {"op4, one-pointer receiver", SIZE_WITH(pointer_receiver, op4(1, 2, 3, 4, 5)), 32, 32, 80, 80, 32, "squiz", ""},
    {"chain 0", SIZE_OF(chain<0>(values)), 4, 4, 4, 8, 4, "squiz, unifex", ""},
    {"chain 1", SIZE_OF(chain<1>(values)), 8, 8, 24, 24, 8, "squiz, unifex", ""},
    {"chain 2", SIZE_OF(chain<2>(values)), 12, 12, 40, 40, 12, "squiz, unifex", ""},
    {"chain 4", SIZE_OF(chain<4>(values)), 20, 20, 72, 72, 20, "squiz, unifex", ""},
    {"chain 8", SIZE_OF(chain<8>(values)), 36, 36, 136, 136, 36, "squiz, unifex", ""},
    {"chain 16", SIZE_OF(chain<16>(values)), 68, 68, 264, 264, 68, "squiz, unifex", ""},
    {"chain 32", SIZE_OF(chain<32>(values)), 132, 132, 520, 520, 132, "squiz, unifex", ""},
    {"chain 8, no captures", SIZE_OF(chain_without_captures<8>(values)), 4, 4, 72, 80, 4, "squiz, unifex", ""},
    {"when_all of two branches, run_loop", SIZE_OF(two_branches(on<loop>(), values)), 24, 88, 168, 208, 136, "squiz",
     "32 of queue nodes, 16 of stop source, count and verdict, 8 of results, 4 + 4 of alignment to the nodes"},
    {"when_all of two branches, thread pool", SIZE_OF(two_branches(on<pool>(), values)), 24, 88, 168, 240, 208,
     "unifex",
     "32 of queue nodes, 16 of stop source, count and verdict, 8 of results, 4 + 4 of alignment to the nodes"},
    {"when_all of two branches, inline", SIZE_OF(two_branches(on<here>(), values)), 24, 36, 128, 144, 52, "squiz",
     "8 of results, 1 of count, 3 of alignment"},
    {"schedule, run_loop", SIZE_OF(ex::schedule(on<loop>())), 0, 16, 16, 40, 24, "unifex",
     "8 of link, which is the loop while not queued, 8 of function"},
    {"schedule, thread pool", SIZE_OF(ex::schedule(on<pool>())), 0, 16, 16, 56, 32, "unifex",
     "8 of link, which is the pool while not queued, 8 of function"},
    {"schedule, inline", SIZE_OF(ex::schedule(on<here>())), 0, 1, 1, 1, 1, "all", "no object is smaller"},
    {"let1", SIZE_OF(let1(values)), 12, 12, 24, 64, 28, "squiz", ""},
    {"let3", SIZE_OF(let3(values)), 40, 40, 72, 184, 88, "squiz", ""},
    {"just, upon_error, upon_stopped (never called)", SIZE_OF(both_upons(values)), 4, 4, 24, 40, 12, "unifex", ""},
    {"just_error, upon_error", SIZE_OF(peers::upon_error(values)), 8, 8, 24, 24, 8, "unifex", ""},
    {"just_error, let_error", SIZE_OF(peers::let_error(values)), 12, 12, 24, 64, 32, "unifex", ""},
    {"just_stopped, let_stopped", SIZE_OF(peers::let_stopped(values)), 8, 8, 24, 64, 24, "unifex", ""},
    {"just, let_error (never called)", SIZE_OF(dead_let_error(values)), 4, 4, 16, 48, 32, "beman", ""},
    {"just, let_stopped (never called)", SIZE_OF(dead_let_stopped(values)), 4, 4, 16, 48, 24, "unifex", ""},
    {"continues_on of just, run_loop", SIZE_OF(continues_on_just(on<loop>(), values)), 4, 24, 48, 88, 64, "unifex",
     "16 of queue node, 4 of result"},
    {"continues_on of just, inline", SIZE_OF(continues_on_just(on<here>(), values)), 4, 8, 32, 56, 32, "unifex",
     "4 of result"},
    {"continues_on of then of schedule, run_loop", SIZE_OF(continues_on_scheduled(on<loop>(), values)), 4, 40, 72, 128,
     72, "unifex", "32 of queue nodes, 4 of result"},
    {"continues_on of then of schedule, inline", SIZE_OF(continues_on_scheduled(on<here>(), values)), 4, 8, 40, 64, 32,
     "unifex", "4 of result"},
    {"starts_on of then of just, run_loop", SIZE_OF(peers::starts_on(on<loop>(), values)), 8, 32, 64, 128, 80, "unifex",
     "16 of queue node, 8 of scheduler, which the environment names"},
    {"starts_on of then of just, inline", SIZE_OF(peers::starts_on(on<here>(), values)), 8, 8, 40, 88, 72, "unifex",
     ""},
    {"on a run_loop, then of just, back to a run_loop", SIZE_WITH(loop_receiver, peers::on(on<loop>(), values)), 16, 64,
     112, 200, 200, "stdexec",
     "32 of queue nodes, 8 of scheduler, which the environment names, 4 of result, 4 of alignment to the nodes"},
    {"on inline, then of just, back to a run_loop", SIZE_WITH(loop_receiver, peers::on(on<here>(), values)), 16, 40, 88,
     168, 168, "stdexec", "16 of queue node, 4 of result, 4 of alignment to the node"},
    {"bulk of just, 16 times", SIZE_OF(peers::bulk(values)), 12, 12, 24, 24, 24, "stdexec", ""},
    {"split of just", SIZE_OF(ex::split(ex::just(values[0]))), 8, 16, 16, 40, 40, "stdexec",
     "8 of function; 24 bytes are shared, where stdexec shares 184"},
    {"into_variant of just", SIZE_OF(peers::into_variant(values)), 4, 4, 16, 24, 4, "unifex", ""},
    {"when_all of 2 just", SIZE_OF(all_just<2>(values)), 8, 20, 48, 64, 28, "squiz",
     "8 of results, 1 of count, 3 of alignment"},
    {"when_all of 4 just", SIZE_OF(all_just<4>(values)), 16, 36, 88, 112, 52, "squiz",
     "16 of results, 1 of count, 3 of alignment"},
    {"when_all of 8 just", SIZE_OF(all_just<8>(values)), 32, 68, 168, 208, 100, "squiz",
     "32 of results, 1 of count, 3 of alignment"},
    {"when_all of a leaf under three then, and just", SIZE_OF(stop9b(values)), 16, 40, 96, 128, 40,
     "squiz (without stop tokens)", "16 of stop source, count and verdict, 8 of results"},
    {"a leaf under three then, stop token outside", SIZE_WITH(token_receiver, three_steps_over_asking(values)), 20, 24,
     56, 56, 32, "unifex", "4 of alignment to the token"},
};

TEST(PeerSizes, AreWhatTheTableSays) {
  for (row const &r : rows) {
    EXPECT_EQ(r.measured, SNUG_STORE_RECEIVERS != 0 ? r.stored : r.inlined) << r.pipeline;
  }
}

TEST(PeerSizes, EveryByteAboveTheBoundHasAReason) {
  for (row const &r : rows) {
    EXPECT_GE(r.inlined, r.bound) << r.pipeline;
    EXPECT_EQ(r.inlined > r.bound, *r.rest != '\0') << r.pipeline;
  }
}

TEST(PeerSizes, NoPeerIsSmaller) {
  for (row const &r : rows) {
    EXPECT_LE(r.inlined, r.smallest_peer) << r.pipeline;
    EXPECT_LE(r.smallest_peer, r.stdexec) << r.pipeline;
  }
}

TEST(PeerSizes, AreAtMostHalfOfWhatStdexecNeeds) {
  for (row const &r : rows) {
    EXPECT_TRUE(2 * r.inlined <= r.stdexec || r.inlined == 1) << r.pipeline;
  }
}

std::string table() {
  std::ostringstream out;
  out << "| pipeline | payload | snug | with stored receivers | stdexec | smallest peer | what the rest is |\n"
         "|---|--:|--:|--:|--:|--:|---|\n";
  for (row const &r : rows) {
    out << "| " << r.pipeline << " | " << r.bound << " | " << r.inlined << " | " << r.stored << " | " << r.stdexec
        << " | " << r.smallest_peer << " (" << r.peer << ") | " << r.rest << " |\n";
  }
  return out.str();
}

TEST(PeerSizes, ThePageHasThisTable) {
  std::ifstream file(SNUG_SIZES_PAGE);
  std::string const page((std::istreambuf_iterator<char>(file)), {});
  ASSERT_FALSE(page.empty()) << SNUG_SIZES_PAGE;
  EXPECT_NE(page.find("\n\n" + table() + "\n"), std::string::npos) << "docs/sizes.md must contain\n" << table();
}

} // namespace
