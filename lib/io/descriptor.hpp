// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A socket as the event loop knows it, with the state of what is read from it and written to it.
#ifndef SNUG_LIB_IO_DESCRIPTOR_HPP
#define SNUG_LIB_IO_DESCRIPTOR_HPP

#include <snug/io/detail/posting.hpp>
#include <snug/io/detail/request.hpp>
#include <snug/io/detail/time_limit.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <atomic>
#include <cstdint>

namespace snug::io::detail {

class event_loop;

// The state of one direction; work and a stop callback by inheritance, so that neither needs a pointer to find it.
//
// word:
//   ready      an edge came, or a transfer left something behind: a system call may do something
//   hung_up    the other side closed its end, or failed: nobody tells once more when little was read; never reset
//   waiting    whoever takes this bit away completes the request
//   claimed    the loop is in a system call for the request, and goes back to waiting if that would block
//   stopping   whoever clears claimed, or is about to set waiting, cancels instead; of the request at hand only
//   late       beside stopping: because the time was out
//   limited    the request has a time limit, and its coroutine settles with the descriptor itself once that has ended
//
// Who starts a request touches nothing after having set waiting. Edges come from one thread at a time.
struct direction : work, snug::detail::stop_callback_base {
  static constexpr std::uint32_t ready = 1;
  static constexpr std::uint32_t hung_up = 2;
  static constexpr std::uint32_t waiting = 4;
  static constexpr std::uint32_t claimed = 8;
  static constexpr std::uint32_t stopping = 16;
  static constexpr std::uint32_t late = 32;
  static constexpr std::uint32_t limited = 64;

  direction(void (*resume)(work *), function *stop) noexcept : work{nullptr, resume}, stop_callback_base(stop) {}

  void set(std::uint32_t bits) noexcept { word.fetch_or(bits, std::memory_order_acq_rel); }
  std::uint32_t clear(std::uint32_t bits) noexcept { return word.fetch_and(~bits, std::memory_order_acq_rel); }
  bool exchange(std::uint32_t &expected, std::uint32_t desired) noexcept {
    return word.compare_exchange_weak(expected, desired, std::memory_order_acq_rel, std::memory_order_acquire);
  }

  request *pending = nullptr; // from the start of one that suspends until its coroutine is resumed
  coro awaiting;
  posting post;
  std::atomic<std::uint32_t> word{ready}; // goes last: what derives has room behind it
};

// The two directions, with what the descriptor keeps in the room behind them.
template <side Side> struct direction_of;
template <> struct direction_of<side::reading> : direction {
  using direction::direction;
  int fd = -1;
};
template <> struct direction_of<side::writing> : direction {
  using direction::direction;
  std::atomic<bool> watched{false};
  std::atomic<unsigned char> users{0}; // the socket, and each direction from the start of a request to its end
};

class descriptor : public direction_of<side::reading>, public direction_of<side::writing> {
  using reader = direction_of<side::reading>;
  using writer = direction_of<side::writing>;

public:
  explicit descriptor(event_loop &l) noexcept;
  descriptor(descriptor &&) = delete;

  direction &of(side s) noexcept {
    return s == side::reading ? static_cast<direction &>(static_cast<reader &>(*this))
                              : static_cast<direction &>(static_cast<writer &>(*this));
  }

  // Makes it as new, for the next socket.
  void reset(int number) noexcept;

  bool at_once(direction &d, request &r) noexcept;
  bool later(direction &d, request &r, coro h, posting const &post, inplace_stop_token stop,
             time_limit *limit) noexcept;
  void run_out(direction &d, bool closing) noexcept;
  static void end_limit(direction &d, time_limit &limit) noexcept;
  void resume_within(direction &d, time_limit &limit) noexcept;
  void withdraw(direction &d, request &r) noexcept;

  // What epoll said. Runs on the loop's thread.
  void on_event(std::uint32_t events) noexcept;
  // Any thread.
  void cancel() noexcept;
  // Cancels, and closes once no system call is under way; no request is started meanwhile.
  int release() noexcept;
  int close() noexcept;

  // The socket is gone: gives the memory back once no coroutine waits to be resumed.
  void abandon() noexcept;
  // The loop is gone.
  void orphan() noexcept;

  event_loop *loop;            // null after the loop's end
  descriptor *next = nullptr;  // in one of the loop's lists
  descriptor **link = nullptr; // what points here in the list of those alive

private:
  enum class by { cancel, stop_token, time };

  static bool try_again(direction &d, request &r, int fd) noexcept;
  void start(direction &d, time_limit &limit) noexcept;
  bool finished_at_once(direction &d, time_limit *limit) noexcept;
  void on_edge(direction &d, std::uint32_t bits) noexcept;
  void cancel(direction &d, by whom) noexcept;
  void complete(direction &d) noexcept;
  void settle(direction &d) noexcept;
  void give_back() noexcept;

  template <side Side> static void stop(snug::detail::stop_callback_base &callback) noexcept;
  template <side Side> static void resume(work *w) noexcept;
};

} // namespace snug::io::detail

#endif
