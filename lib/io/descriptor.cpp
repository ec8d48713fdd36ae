// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Starting, completing and cancelling what is read from a socket and written to it.
#include "descriptor.hpp"

#include "event_loop.hpp"
#include "system_calls.hpp"
#include <snug/detail/assert.hpp>

#include <cerrno>
#include <thread>
#include <utility>

namespace snug::io::detail {

namespace {

// Why a request ends that was asked to stop.
int why_stopped(std::uint32_t word) noexcept { return (word & direction::late) != 0 ? ETIMEDOUT : ECANCELED; }

// Once it returns nobody is in the limit's function, and nobody will be.
void end(time_limit &limit) noexcept {
  if (limit.keeper->erase_or_wait(limit)) {
    limit.keeper->operation_finished();
  }
}

} // namespace

descriptor::descriptor(event_loop &l) noexcept
    : reader(&resume<side::reading>, &stop<side::reading>), writer(&resume<side::writing>, &stop<side::writing>),
      loop(&l) {}

void descriptor::reset(int number) noexcept {
  fd = number;
  watched.store(false, std::memory_order_relaxed);
  users.store(1, std::memory_order_relaxed);
  for (side const s : {side::reading, side::writing}) {
    of(s).word.store(direction::ready, std::memory_order_relaxed);
  }
}

// The bit goes before the system call: an edge that comes after it is not lost.
bool descriptor::try_again(direction &d, request &r, int fd) noexcept {
  r.exhaust = (d.clear(direction::ready) & direction::hung_up) != 0;
  if (!r.perform(r, fd)) {
    return false;
  }
  if (!r.drained) {
    d.set(direction::ready);
  }
  return true;
}

bool descriptor::at_once(direction &d, request &r) noexcept {
  if (fd < 0) {
    r.error = EBADF;
    return true;
  }
  std::uint32_t const word = d.word.load(std::memory_order_acquire);
  return (word & (direction::ready | direction::hung_up)) != 0 && event_loop::may_complete_at_once() &&
         try_again(d, r, fd);
}

bool descriptor::later(direction &d, request &r, coro h, posting const &post, inplace_stop_token stop,
                       time_limit *limit) noexcept {
  SNUG_ASSERT(d.pending == nullptr,
              "a coroutine waits for this direction of the socket already: one reads and one writes "
              "at a time; use a strand or a queue for more");
  if (loop->closing()) {
    r.error = ECANCELED;
    return false;
  }
  if (!watched.load(std::memory_order_acquire) && !loop->watch(*this)) {
    r.error = errno;
    return false;
  }
  loop->operation_started();
  users.fetch_add(1, std::memory_order_relaxed); // the socket is one of them
  d.pending = &r;
  d.awaiting = h;
  d.post = post;
  r.suspended = true;
  if ((d.word.load(std::memory_order_relaxed) & direction::stopping) != 0) {
    d.clear(direction::stopping | direction::late); // came too late for the last request
  }
  d.attach(stop);
  if (limit != nullptr) {
    start(d, *limit);
  }
  bool tried = false;
  for (std::uint32_t word = d.word.load(std::memory_order_acquire);;) {
    if ((word & direction::stopping) != 0) {
      r.error = why_stopped(word);
      return finished_at_once(d, limit);
    }
    if ((word & direction::ready) != 0 || ((word & direction::hung_up) != 0 && !tried)) {
      if (try_again(d, r, fd)) {
        return finished_at_once(d, limit);
      }
      tried = true;
      word = d.word.load(std::memory_order_acquire);
    } else if (d.exchange(word, word | direction::waiting)) {
      return true;
    }
  }
}

void descriptor::start(direction &d, time_limit &limit) noexcept {
  d.set(direction::limited);
  if (limit.deadline <= clock::now()) {
    cancel(d, by::time); // unless a stop came first
    return;
  }
  limit.keeper->operation_started();
  if (!limit.keeper->insert(limit)) {
    limit.keeper->operation_finished();
    d.set(direction::stopping); // the context of the limit is going away
  }
}

// Between suspension and handing over. Where it is the turn of others the coroutine is resumed after them.
bool descriptor::finished_at_once(direction &d, time_limit *limit) noexcept {
  if (!event_loop::may_complete_at_once()) {
    complete(d);
    return true;
  }
  d.detach();
  if (limit != nullptr) {
    end_limit(d, *limit);
  }
  d.pending->suspended = false;
  loop->operation_finished();
  settle(d);
  return false;
}

// Of the request at hand only: it may be done already. The end of the context that keeps the time is no expiry.
void descriptor::run_out(direction &d, bool closing) noexcept { cancel(d, closing ? by::stop_token : by::time); }

void descriptor::end_limit(direction &d, time_limit &limit) noexcept {
  end(limit);
  d.clear(direction::limited);
}

// What resume() left to the coroutine: the descriptor may be given back only when the limit cannot cancel any more.
void descriptor::resume_within(direction &d, time_limit &limit) noexcept {
  end_limit(d, limit);
  settle(d);
}

void descriptor::on_event(std::uint32_t events) noexcept {
  constexpr std::uint32_t failed = EPOLLHUP | EPOLLERR;
  constexpr std::uint32_t last = EPOLLRDHUP | EPOLLPRI | failed; // reading stops at urgent data, whatever is behind it
  if ((events & (EPOLLIN | last)) != 0) {
    on_edge(of(side::reading), direction::ready | ((events & last) != 0 ? direction::hung_up : 0));
  }
  if ((events & (EPOLLOUT | failed)) != 0) {
    on_edge(of(side::writing), direction::ready | ((events & failed) != 0 ? direction::hung_up : 0));
  }
}

void descriptor::on_edge(direction &d, std::uint32_t bits) noexcept {
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    bool const awaited = (word & direction::waiting) != 0;
    std::uint32_t const claim =
        (word & ~(direction::waiting | direction::ready)) | direction::claimed | (bits & direction::hung_up);
    if (d.exchange(word, awaited ? claim : word | bits)) {
      if (!awaited) {
        return;
      }
      break;
    }
  }
  request &r = *d.pending;
  r.exhaust = ((word | bits) & direction::hung_up) != 0;
  bool const performed = r.perform(r, fd);
  word = d.word.load(std::memory_order_acquire);
  for (;;) {
    bool const goes_on = !performed && (word & direction::stopping) == 0;
    std::uint32_t const left = performed && !r.drained ? direction::ready : 0;
    std::uint32_t const unclaimed = word & ~(direction::claimed | direction::stopping | direction::late);
    if (!performed && !goes_on) {
      r.error = why_stopped(word);
    }
    if (d.exchange(word, unclaimed | (goes_on ? direction::waiting : left))) {
      if (goes_on) {
        return;
      }
      break;
    }
  }
  complete(d);
}

// The request belongs to the caller alone. Once it is posted the coroutine may go on, and everything be gone.
void descriptor::complete(direction &d) noexcept {
  event_loop &l = *loop;
  d.post(&d);
  l.operation_finished();
}

void descriptor::cancel(direction &d, by whom) noexcept {
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    std::uint32_t const late = whom == by::time && (word & direction::stopping) == 0 ? direction::late : 0;
    if ((word & direction::waiting) != 0) {
      if (d.exchange(word, word & ~direction::waiting)) {
        d.pending->error = why_stopped(late);
        complete(d);
        return;
      }
    } else if ((word & direction::claimed) == 0 && whom == by::cancel) {
      return;
    } else if (d.exchange(word, word | direction::stopping | late)) {
      return;
    }
  }
}

void descriptor::cancel() noexcept {
  for (side const s : {side::reading, side::writing}) {
    cancel(of(s), by::cancel);
  }
}

// Base to derived, [expr.static.cast]/10: only directions of this side have this function, and only descriptors have them.
template <side Side> void descriptor::stop(snug::detail::stop_callback_base &callback) noexcept {
  auto &d = static_cast<direction_of<Side> &>(callback);
  static_cast<descriptor &>(d).cancel(d, by::stop_token);
}

// Base to derived, [expr.static.cast]/10 and 11: as above.
template <side Side> void descriptor::resume(work *w) noexcept {
  auto &d = *static_cast<direction_of<Side> *>(w);
  d.detach();
  coro const h = d.awaiting;
  if ((d.word.load(std::memory_order_relaxed) & direction::limited) == 0) {
    static_cast<descriptor &>(d).settle(d);
  }
  h.resume();
}

// A posted request stays with its executor, and resumes nobody.
void descriptor::withdraw(direction &d, request &r) noexcept {
  SNUG_ASSERT(d.pending == &r, "only what suspends can be withdrawn");
  r.suspended = false;
  d.detach();
  std::uint32_t word = d.word.load(std::memory_order_acquire);
  for (;;) {
    if ((word & direction::waiting) != 0) {
      if (d.exchange(word, word & ~direction::waiting)) {
        loop->operation_finished();
        settle(d);
        return;
      }
    } else if ((word & direction::claimed) != 0) {
      std::this_thread::yield();
      word = d.word.load(std::memory_order_acquire);
    } else {
      d.awaiting = std::noop_coroutine();
      return;
    }
  }
}

int descriptor::release() noexcept {
  for (side const s : {side::reading, side::writing}) {
    direction &d = of(s);
    cancel(d, by::cancel);
    while ((d.word.load(std::memory_order_acquire) & direction::claimed) != 0) {
      std::this_thread::yield();
    }
  }
  return std::exchange(fd, -1);
}

// Closing takes the descriptor out of the epoll instance, too.
int descriptor::close() noexcept {
  int const number = release();
  return number < 0 || sys->close(number) == 0 ? 0 : errno;
}

void descriptor::abandon() noexcept {
  close();
  give_back();
}

// The request is over: the direction is free for the next one, or gone.
void descriptor::settle(direction &d) noexcept {
  d.pending = nullptr;
  give_back();
}

// The last user does, on whatever thread.
void descriptor::give_back() noexcept {
  if (users.fetch_sub(1, std::memory_order_acq_rel) != 1) {
    return;
  }
  if (loop != nullptr) {
    loop->retire(*this);
  } else {
    delete this;
  }
}

void descriptor::orphan() noexcept {
  close();
  loop = nullptr;
}

bool at_once(request &r, side s) noexcept {
  if (r.on == nullptr) {
    r.error = r.error == 0 ? EBADF : r.error; // why it could not be opened
    return true;
  }
  return r.on->at_once(r.on->of(s), r);
}

bool later(request &r, side s, coro h, posting const &post, inplace_stop_token stop) noexcept {
  return r.on->later(r.on->of(s), r, h, post, stop, nullptr);
}

bool later_within(request &r, side s, coro h, posting const &post, inplace_stop_token stop,
                  time_limit &limit) noexcept {
  return r.on->later(r.on->of(s), r, h, post, stop, &limit);
}

void run_out(request &r, side s, event_loop &loop) noexcept {
  r.on->run_out(r.on->of(s), loop.closing());
  loop.operation_finished();
}

void withdraw_limit(request &r, side s, time_limit &limit) noexcept { descriptor::end_limit(r.on->of(s), limit); }

void resume_within(request &r, side s, time_limit &limit) noexcept { r.on->resume_within(r.on->of(s), limit); }

void withdraw(request &r, side s) noexcept { r.on->withdraw(r.on->of(s), r); }

} // namespace snug::io::detail
