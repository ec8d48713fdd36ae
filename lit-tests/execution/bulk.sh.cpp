// COVERS: [exec.bulk]
// RUN: %measure %s -- %measured_flags > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED --match-full-lines < %t.txt
// MEASURED: bulk: 12 bytes inlined, 24 stored, 12 by hand
// MEASURED: bulk, start: 21 insns 4 loads chain 1 inlined; 26 insns 5 loads chain 2 stored; 20 insns 5 loads chain 1 by hand
// MEASURED: bulk_chunked: 12 bytes inlined, 24 stored, 12 by hand
// MEASURED: bulk_chunked, start: 21 insns 4 loads chain 1 inlined; 26 insns 5 loads chain 2 stored; 20 insns 5 loads chain 1 by hand
// MEASURED: bulk_unchunked: 12 bytes inlined, 24 stored, 12 by hand
// MEASURED: bulk_unchunked, start: 21 insns 4 loads chain 1 inlined; 26 insns 5 loads chain 2 stored; 20 insns 5 loads chain 1 by hand
#include "Inputs/measured.hpp"

struct twin {
  int value;
  int count;
  int captured;
};
inline void loop(twin &op) noexcept {
  for (int i = 0; i < op.count; ++i) {
    sink(op.value + op.captured + i);
  }
  sink(op.value);
}

inline auto bulk(int a, int n, int b) {
  return ex::just(a) | ex::bulk(ex::seq, n, [b](int i, int &x) noexcept { sink(x + b + i); });
}
using op_bulk = ex::connect_result_t<decltype(bulk(0, 0, 0)), root>;
struct twin_bulk : twin {};
void start_bulk(op_bulk &op) noexcept { ex::start(op); }
void hand_bulk(twin_bulk &op) noexcept { loop(op); }

inline auto bulk_chunked(int a, int n, int b) {
  return ex::just(a) | ex::bulk_chunked(ex::seq, n, [b](int begin, int end, int &x) noexcept {
           for (int i = begin; i < end; ++i) {
             sink(x + b + i);
           }
         });
}
using op_bulk_chunked = ex::connect_result_t<decltype(bulk_chunked(0, 0, 0)), root>;
struct twin_bulk_chunked : twin {};
void start_bulk_chunked(op_bulk_chunked &op) noexcept { ex::start(op); }
void hand_bulk_chunked(twin_bulk_chunked &op) noexcept { loop(op); }

inline auto bulk_unchunked(int a, int n, int b) {
  return ex::just(a) | ex::bulk_unchunked(ex::seq, n, [b](int i, int &x) noexcept { sink(x + b + i); });
}
using op_bulk_unchunked = ex::connect_result_t<decltype(bulk_unchunked(0, 0, 0)), root>;
struct twin_bulk_unchunked : twin {};
void start_bulk_unchunked(op_bulk_unchunked &op) noexcept { ex::start(op); }
void hand_bulk_unchunked(twin_bulk_unchunked &op) noexcept { loop(op); }
