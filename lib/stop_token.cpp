// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The part of stop sources that threads meet in, and what the shared ones allocate.
#include <snug/shared_stop_token.hpp>
#include <snug/stop_token.hpp>

#include <atomic>
#include <thread>

namespace snug {
namespace {

// A small number for the calling thread, never 0 and never reused: two addresses cut to 32 bits could be equal.
std::uint32_t this_thread_number() noexcept {
  static std::atomic<std::uint32_t> last{0};
  thread_local std::uint32_t const number = last.fetch_add(1, std::memory_order_relaxed) + 1;
  return number;
}

} // namespace

void inplace_stop_source::lock() noexcept {
  while ((detail::fetch_or(state_, locked) & locked) != 0) {
    std::this_thread::yield();
  }
}

void inplace_stop_source::unlock() noexcept {
  // Only the holder of the lock changes the byte, but for others setting the bit that is set already.
  detail::store_release(state_, static_cast<std::uint8_t>(detail::load_acquire(state_) & ~locked));
}

bool inplace_stop_source::add(detail::stop_callback_base &callback) noexcept {
  if (stop_requested()) {
    return false;
  }
  lock();
  bool const attached = !stop_requested();
  if (attached) {
    callback.source_ = this;
    link(callback);
  }
  unlock();
  return attached;
}

void inplace_stop_source::remove(detail::stop_callback_base &callback) noexcept {
  lock();
  if (callback.previous_ != nullptr) {
    unlink(callback);
    unlock();
    return;
  }
  bool const on_requesting_thread = requesting_thread_ == this_thread_number();
  unlock();
  if (on_requesting_thread) {
    // Called from a callback: from this very one, which request_stop() must then not touch again, or from a later one.
    if (callback.link_.destroyed != nullptr) {
      *callback.link_.destroyed = true;
    }
  } else {
    while (detail::load_acquire(callback.link_.destroyed) != nullptr) {
      std::this_thread::yield();
    }
  }
}

bool inplace_stop_source::request_stop_on_threads() noexcept {
  if (stop_requested()) {
    return false;
  }
  lock();
  if (stop_requested()) {
    unlock();
    return false;
  }
  requesting_thread_ = this_thread_number();
  detail::fetch_or(state_, requested);
  while (callbacks_ != nullptr) {
    detail::stop_callback_base &callback = *callbacks_;
    unlink(callback);
    bool destroyed = false;
    callback.link_.destroyed = &destroyed;
    unlock();
    callback.call_(callback);
    if (!destroyed) {
      detail::store_release(callback.link_.destroyed, nullptr);
    }
    lock();
  }
  requesting_thread_ = 0;
  unlock();
  return true;
}

detail::stop_state *detail::stop_state::make() { return new stop_state; }

void detail::stop_state::destroy() noexcept { delete this; }

} // namespace snug
