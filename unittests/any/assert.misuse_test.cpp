// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a debug build says where a type-erased stream is used against its rules.
#include "every_operation.hpp"

#include <memory>
#include <utility>

namespace {

using namespace snug_test;

template <class Erased> struct MisuseDeathTest : testing::Test {
  using wrapper = typename Erased::template wrapper<io::executor_ptr>;
  MisuseDeathTest() { what.ready = false; }

  script what;
  surroundings around;
  outcome seen;
};
TYPED_TEST_SUITE(MisuseDeathTest, every_operation);

TYPED_TEST(MisuseDeathTest, MovedWhileAnOperationIsPending) {
  typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
  auto coroutine = repeat<TypeParam, io::executor_ptr>(stream, this->seen);
  coroutine.start(this->around);
  EXPECT_DEATH(static_cast<void>(typename TestFixture::wrapper(std::move(stream))),
               "moved while an operation on it is pending");
  typename TestFixture::wrapper other;
  EXPECT_DEATH(other = std::move(stream), "moved while an operation on it is pending");
}

TYPED_TEST(MisuseDeathTest, TwoOperationsOfOneKind) {
  typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
  auto first = repeat<TypeParam, io::executor_ptr>(stream, this->seen);
  first.start(this->around);
  auto second = repeat<TypeParam, io::executor_ptr>(stream, this->seen);
  EXPECT_DEATH(second.start(this->around), "two operations of one kind at the same time");
}

TYPED_TEST(MisuseDeathTest, WithoutAStream) {
  typename TestFixture::wrapper stream;
  auto coroutine = repeat<TypeParam, io::executor_ptr>(stream, this->seen);
  EXPECT_DEATH(coroutine.start(this->around), "holds no stream");
}

TYPED_TEST(MisuseDeathTest, ResumedAfterTheStreamIsGone) {
  auto stream = std::make_unique<typename TestFixture::wrapper>(scripted_stream<>(this->what));
  auto coroutine = repeat<TypeParam, io::executor_ptr>(*stream, this->seen);
  coroutine.start(this->around);
  io::coro const waiting = this->what.waiting;
  stream.reset();
  EXPECT_DEATH(waiting.resume(), "destroyed in the meantime");
}

TYPED_TEST(MisuseDeathTest, AnOperationMovedAfterItHasBegun) {
  typename TestFixture::wrapper stream{scripted_stream<>(this->what)};
  char memory[3];
  auto operation = TypeParam::begin(stream, memory, sizeof(memory));
  if (!operation.await_ready()) {
    static_cast<void>(
        operation.await_suspend(std::noop_coroutine(), this->around.template handle<io::executor_ptr>(), {}));
  }
  EXPECT_DEATH(static_cast<void>(decltype(operation)(std::move(operation))), "moved after it had begun");
}

} // namespace
