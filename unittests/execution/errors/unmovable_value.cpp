// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A value that does not move, where it must be kept until the scheduler is there.
// first error: a result that is kept for later must be copied or moved, and one of these can be neither
// names: pinned
#include <snug/execution/completion_storage.hpp>
#include <snug/execution/continues_on.hpp>
#include <snug/execution/inline_scheduler.hpp>
#include <snug/execution/just.hpp>
#include <snug/execution/then.hpp>

namespace ex = snug::execution;

struct pinned {
  pinned() = default;
  pinned(pinned &&) = delete;
};

struct take_all {
  using receiver_concept = ex::receiver_tag;
  void set_value(auto &&...) && noexcept {}
  void set_error(auto &&) && noexcept {}
};

int main() {
  pinned one;
  (void)ex::connect(
      ex::continues_on(ex::just() | ex::then([&]() noexcept -> pinned & { return one; }), ex::inline_scheduler()),
      take_all{});
}
