// The two protocols as they were described, and nothing else: what is made, asked and resumed, call by call.
#ifndef SNUG_LIT_CLAIMS_TYPE_ERASED_READS_HPP
#define SNUG_LIT_CLAIMS_TYPE_ERASED_READS_HPP

#include <snug/io/buffer.hpp>
#include <snug/io/executor_ref.hpp>
#include <snug/io/io_result.hpp>
#include <snug/stop_token.hpp>

#include <cstddef>

namespace io = snug::io;

namespace flat {

struct alignas(64) vtable {
  void (*construct_awaitable)(void *stream, void *storage, io::mutable_buffer const &buffers);
  bool (*await_ready)(void *storage);
  io::coro (*await_suspend)(void *storage, io::coro h, io::executor_ref ex, snug::inplace_stop_token stop);
  io::io_result<std::size_t> (*await_resume)(void *storage);
  void (*destroy_awaitable)(void *storage);
  std::size_t awaitable_size;
  std::size_t awaitable_align;
  void (*destroy)(void *stream);
};
struct stream {
  void *stream_;
  vtable const *vt_;
  void *cached_awaitable_;
  bool awaitable_active_;
};
struct awaitable {
  stream *self;
  io::mutable_buffer buffers;
};

// await_ready(), and await_resume() where it is.
inline std::size_t read_at_once(awaitable &a) {
  stream *const s = a.self;
  vtable const *const vt = s->vt_;
  s->awaitable_active_ = true;
  vt->construct_awaitable(s->stream_, s->cached_awaitable_, a.buffers);
  if (!vt->await_ready(s->cached_awaitable_)) {
    return 0;
  }
  auto const result = vt->await_resume(s->cached_awaitable_);
  vt->destroy_awaitable(s->cached_awaitable_);
  s->awaitable_active_ = false;
  return result.value;
}

} // namespace flat

namespace split {

struct alignas(32) awaitable_ops {
  bool (*await_ready)(void *storage);
  io::coro (*await_suspend)(void *storage, io::coro h, io::executor_ref ex, snug::inplace_stop_token stop);
  io::io_result<std::size_t> (*await_resume)(void *storage);
  void (*destroy)(void *storage);
};
struct alignas(32) vtable {
  awaitable_ops const *(*construct_awaitable)(void *stream, void *storage, io::mutable_buffer const &buffers);
  std::size_t awaitable_size;
  std::size_t awaitable_align;
  void (*destroy)(void *stream);
};
struct source {
  void *source_;
  vtable const *vt_;
  void *cached_awaitable_;
  awaitable_ops const *active_ops_;
};
struct awaitable {
  source *self;
  io::mutable_buffer buffers;
};

inline std::size_t read_at_once(awaitable &a) {
  source *const s = a.self;
  awaitable_ops const *const ops = s->vt_->construct_awaitable(s->source_, s->cached_awaitable_, a.buffers);
  s->active_ops_ = ops;
  if (!ops->await_ready(s->cached_awaitable_)) {
    return 0;
  }
  auto const result = ops->await_resume(s->cached_awaitable_);
  ops->destroy(s->cached_awaitable_);
  s->active_ops_ = nullptr;
  return result.value;
}

} // namespace split

#endif
