// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The inner awaitable is handed the context of the coroutine that awaits, whichever way that is stored.
#include "every_operation.hpp"

#include <type_traits>

namespace {

using namespace snug_test;

template <class Handle> struct Context : testing::Test {
  template <class Erased> void hands_over() {
    script what;
    what.ready = false;
    surroundings around;
    outcome seen;
    scripted_stream<> inner(what);
    typename Erased::template wrapper<Handle> stream(&inner);
    auto coroutine = repeat<Erased, Handle>(stream, seen);
    coroutine.start(around);
    EXPECT_EQ(what.executor, io::executor_ref(static_cast<io::executor_base const &>(around.executor)));
    EXPECT_EQ(what.stop, around.stop.get_token());
    around.stop.request_stop();
    EXPECT_TRUE(what.stop.stop_requested());
    what.error = std::make_error_code(std::errc::operation_canceled);
    what.go_on();
    EXPECT_TRUE(coroutine.done());
    EXPECT_EQ(seen.last.ec, std::errc::operation_canceled);
  }
};
TYPED_TEST_SUITE(Context, all_handles);

TYPED_TEST(Context, IsHandedOver) {
  this->template hands_over<erased<io::basic_any_read_stream, operation::read_some>>();
  this->template hands_over<erased<io::basic_any_write_stream, operation::write_some>>();
  this->template hands_over<erased<io::basic_any_stream, operation::read_some>>();
  this->template hands_over<erased<io::basic_any_stream, operation::write_some>>();
  this->template hands_over<erased<io::basic_any_read_source, operation::read_some>>();
  this->template hands_over<erased<io::basic_any_read_source, operation::read>>();
  this->template hands_over<erased<io::basic_any_write_sink, operation::write_some>>();
  this->template hands_over<erased<io::basic_any_write_sink, operation::write>>();
  this->template hands_over<erased<io::basic_any_write_sink, operation::write_last>>();
  this->template hands_over<erased<io::basic_any_write_sink, operation::write_eof>>();
}

// What an inner await_suspend returns says who goes on.
template <class Suspension> struct suspending_as {
  struct awaitable {
    script *what;
    static constexpr bool await_ready() noexcept { return false; }
    template <io::executor_handle Handle> Suspension await_suspend(io::coro h, Handle, snug::inplace_stop_token) const {
      ++what->suspended;
      if constexpr (std::is_same_v<Suspension, bool>) {
        return false;
      } else if constexpr (std::is_void_v<Suspension>) {
        what->waiting = h;
      } else {
        return h;
      }
    }
    static io::io_result<std::size_t> await_resume() noexcept { return {{}, 7}; }
  };
  awaitable read_some(std::span<io::mutable_buffer const>) const noexcept { return {what}; }

  script *what;
};

TYPED_TEST(Context, AnInnerAwaitableMayResumeAtOnceOrLater) {
  auto check = [](auto inner) {
    surroundings around;
    outcome seen;
    io::basic_any_read_stream<TypeParam> stream(&inner);
    auto coroutine = repeat<erased<io::basic_any_read_stream, operation::read_some>, TypeParam>(stream, seen);
    coroutine.start(around);
    EXPECT_EQ(inner.what->suspended, 1);
    if (inner.what->waiting) {
      EXPECT_FALSE(coroutine.done());
      inner.what->go_on();
    }
    EXPECT_TRUE(coroutine.done());
    EXPECT_EQ(seen.last.value, 7U);
  };
  script as_void;
  check(suspending_as<void>{&as_void});
  script as_bool;
  check(suspending_as<bool>{&as_bool});
  script as_coro;
  check(suspending_as<io::coro>{&as_coro});
}

} // namespace
