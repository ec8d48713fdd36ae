// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The threads of a loop: what they run, when they ask the system, and when they end.
#include "event_loop.hpp"

#include "system_calls.hpp"
#include <snug/detail/assert.hpp>

#include <array>
#include <cerrno>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <sys/eventfd.h>

namespace snug::io::detail {
namespace {

// So much work at most between two looks at the system. A prime, so as not to fall into step with anybody.
constexpr unsigned turns_between_looks = 61;
// So many operations complete at once in one piece of work; after that others have their turn.
constexpr unsigned completions_at_once = 64;
// How many events are taken from the system at once.
constexpr int batch = 128;

timespec time_left(clock::time_point until) noexcept {
  auto const left = std::chrono::duration_cast<std::chrono::nanoseconds>(until - clock::now()).count();
  constexpr long long second = 1'000'000'000;
  return left <= 0 ? timespec{0, 0} : timespec{static_cast<time_t>(left / second), static_cast<long>(left % second)};
}

[[noreturn]] void fail(char const *what) { throw std::system_error(errno, std::system_category(), what); }

} // namespace

// A thread in run(). What it posts meanwhile waits in its queue.
struct event_loop::runner {
  explicit runner(event_loop &l) noexcept;
  ~runner();

  event_loop &loop;
  runner *outer; // of a run() that this one is nested in
  work_queue queue;
  std::ptrdiff_t count = 0; // of operations that it started, less those that it finished
  unsigned turns = 0;       // since it last looked at the system
  unsigned at_once = completions_at_once;
};

constinit thread_local event_loop::runner *event_loop::current = nullptr;

event_loop::runner::runner(event_loop &l) noexcept : loop(l), outer(current) {
  std::lock_guard const lock(l.mutex_);
  if (runner *const around = l.find_runner()) {
    l.take_from(*around);
  }
  ++l.runners_;
  ++l.active_;
  l.alone_.store(l.runners_ == 1, std::memory_order_relaxed);
  current = this;
}

event_loop::runner::~runner() {
  std::lock_guard const lock(loop.mutex_);
  current = outer;
  loop.take_from(*this);
  --loop.runners_;
  --loop.active_;
  loop.alone_.store(loop.runners_ <= 1, std::memory_order_relaxed);
  if (loop.runners_ != 0) {
    if (loop.done()) {
      loop.stop_all();
    } else if (!loop.shared_.empty() || loop.asking_ == nullptr) {
      loop.wake_one();
    }
  }
}

event_loop::event_loop() : epoll_(sys->epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) {
    fail("io_context: epoll_create1");
  }
  wakeup_ = sys->eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.ptr = nullptr}};
  if (wakeup_ < 0 || sys->epoll_ctl(epoll_, EPOLL_CTL_ADD, wakeup_, &event) != 0) {
    int const error = errno;
    for (int const opened : {wakeup_, epoll_}) {
      if (opened >= 0) {
        sys->close(opened);
      }
    }
    errno = error;
    fail(wakeup_ < 0 ? "io_context: eventfd" : "io_context: epoll_ctl");
  }
}

// Whoever waits goes on, is told that the operation was cancelled, and finds that the next one is, too.
event_loop::~event_loop() {
  SNUG_ASSERT(runners_ == 0,
              "an io_context is destroyed while a thread is in run(): stop() it and join the thread first");
  closing_.store(true, std::memory_order_release);
  {
    runner self(*this);
    names_.shut_down();
    for (bool ran = true; ran;) {
      cancel_everything();
      ran = false;
      stopped_.store(false, std::memory_order_relaxed);
      while (work *const w = next(self, waiting::no, clock::time_point::max())) {
        ran = true;
        self.at_once = completions_at_once;
        w->run(w);
      }
    }
  }
  while (live_ != nullptr) {
    descriptor &d = *live_;
    unlink(d);
    d.orphan();
  }
  while (free_ != nullptr) {
    delete std::exchange(free_, free_->next);
  }
  sys->close(wakeup_);
  sys->close(epoll_);
}

std::size_t event_loop::run(std::size_t most, waiting wait, clock::time_point until) noexcept {
  runner self(*this);
  std::size_t count = 0;
  while (count != most) {
    work *const w = next(self, wait, until);
    if (w == nullptr) {
      break;
    }
    self.at_once = completions_at_once;
    w->run(w);
    ++count;
  }
  return count;
}

void event_loop::stop() noexcept {
  std::lock_guard const lock(mutex_);
  stop_all();
}

void event_loop::restart() noexcept { stopped_.store(false, std::memory_order_release); }

event_loop::runner *event_loop::find_runner() const noexcept {
  runner *found = current;
  while (found != nullptr && &found->loop != this) {
    found = found->outer;
  }
  return found;
}

bool event_loop::may_complete_at_once() noexcept {
  if (current == nullptr) {
    return true;
  }
  if (current->at_once == 0) {
    return false;
  }
  --current->at_once;
  return true;
}

// What is posted from its own thread, as most is, needs no registers saved for a call.
void event_loop::post(work *w) noexcept {
  runner *const self = current;
  if (self != nullptr && &self->loop == this) [[likely]] {
    self->queue.push(w);
    return;
  }
  post_from_elsewhere(w);
}

// Wakes under the mutex: once it is free the work may have run, and the loop be gone.
[[gnu::noinline]] void event_loop::post_from_elsewhere(work *w) noexcept {
  if (runner *const self = find_runner()) {
    self->queue.push(w);
    return;
  }
  std::lock_guard const lock(mutex_);
  shared_.push(w);
  wake_one();
}

void event_loop::operation_started() noexcept {
  if (runner *const self = find_runner()) {
    ++self->count;
    return;
  }
  std::lock_guard const lock(mutex_);
  ++outstanding_;
}

void event_loop::operation_finished() noexcept {
  if (runner *const self = find_runner()) {
    --self->count;
    return;
  }
  std::lock_guard const lock(mutex_);
  --outstanding_;
  if (runners_ != 0 && done()) {
    stop_all();
  }
}

work *event_loop::next(runner &self, waiting wait, clock::time_point until) noexcept {
  if (++self.turns < turns_between_looks && !self.queue.empty() && alone_.load(std::memory_order_relaxed) &&
      !stopped_.load(std::memory_order_relaxed)) {
    return self.queue.pop();
  }
  return next_shared(self, wait, until);
}

work *event_loop::next_shared(runner &self, waiting wait, clock::time_point until) noexcept {
  std::unique_lock lock(mutex_);
  --active_;
  take_from(self);
  bool asked = self.turns < turns_between_looks && !shared_.empty(); // or need not be
  work *found = nullptr;
  while (!stopped_.load(std::memory_order_relaxed)) {
    bool const empty = shared_.empty();
    if (empty && done()) {
      stop_all();
    } else if (asking_ == nullptr && !asked) {
      bool const sleep = empty && wait == waiting::yes;
      ask_system(lock, self, sleep, until);
      take_from(self);
      asked = true;
    } else if (!empty) {
      found = shared_.pop();
      break;
    } else if (wait == waiting::no || (until != clock::time_point::max() && clock::now() >= until)) {
      break;
    } else if (asking_ == nullptr) {
      asked = false;
    } else {
      ++idle_;
      if (until == clock::time_point::max()) {
        idle_threads_.wait(lock);
      } else {
        idle_threads_.wait_until(lock, until);
      }
      --idle_;
    }
  }
  ++active_;
  self.turns = 0;
  if (found != nullptr && runners_ == 1) {
    self.queue.append(shared_);
  } else if (idle_ != 0 && (!shared_.empty() || asking_ == nullptr)) {
    idle_threads_.notify_one();
  }
  return found;
}

// One thread at a time, without the mutex: what is found ready is posted to its executors, on this thread.
void event_loop::ask_system(std::unique_lock<std::mutex> &lock, runner &self, bool sleep,
                            clock::time_point until) noexcept {
  if (sleep && !timers_.empty() && timers_.first().deadline < until) {
    until = timers_.first().deadline;
  }
  asking_ = &self;
  asleep_ = sleep;
  asleep_until_ = until;
  lock.unlock();
  std::array<epoll_event, batch> events;
  timespec timeout{0, 0};
  bool const forever = sleep && until == clock::time_point::max();
  if (sleep && !forever) {
    timeout = time_left(until);
  }
  // EINTR, the only error there can be: as if nothing was ready.
  int const count = sys->epoll_pwait2(epoll_, events.data(), batch, forever ? nullptr : &timeout, nullptr);
  for (int i = 0; i < count; ++i) {
    if (auto *const d = static_cast<descriptor *>(events[static_cast<std::size_t>(i)].data.ptr)) {
      d->on_event(events[static_cast<std::size_t>(i)].events);
    }
  }
  lock.lock();
  asleep_ = false;
  expire_timers(lock);
  asking_ = nullptr;
}

void event_loop::expire_timers(std::unique_lock<std::mutex> &lock) noexcept {
  if (timers_.empty()) {
    return;
  }
  clock::time_point const now = clock::now();
  while (!timers_.empty() && timers_.first().deadline <= now) {
    expire(lock, timers_.first());
  }
}

void event_loop::expire(std::unique_lock<std::mutex> &lock, timer_node &node) noexcept {
  timers_.erase(node);
  expiring_ = &node;
  expirer_ = find_runner();
  lock.unlock();
  node.expired(node);
  lock.lock();
  expiring_ = nullptr;
}

bool event_loop::insert(timer_node &node) noexcept {
  std::lock_guard const lock(mutex_);
  if (closing() || node.stopping) {
    return false;
  }
  timers_.insert(node);
  if (asleep_ && node.deadline < asleep_until_) {
    interrupt();
  }
  return true;
}

bool event_loop::erase(timer_node &node) noexcept {
  std::lock_guard const lock(mutex_);
  bool const linked = timer_heap::holds(node);
  if (linked) {
    timers_.erase(node);
  }
  return linked;
}

bool event_loop::erase_for_good(timer_node &node) noexcept {
  {
    std::lock_guard const lock(mutex_);
    node.stopping = true;
  }
  return erase(node);
}

bool event_loop::erase_or_wait(timer_node &node) noexcept {
  std::unique_lock lock(mutex_);
  if (timer_heap::holds(node)) {
    timers_.erase(node);
    return true;
  }
  while (expiring_ == &node && expirer_ != find_runner()) {
    lock.unlock();
    std::this_thread::yield();
    lock.lock();
  }
  return false;
}

// With the mutex from here on.

bool event_loop::done() const noexcept { return outstanding_ == 0 && active_ == 0 && shared_.empty(); }

void event_loop::take_from(runner &self) noexcept {
  shared_.append(self.queue);
  outstanding_ += std::exchange(self.count, 0);
}

void event_loop::stop_all() noexcept {
  stopped_.store(true, std::memory_order_release);
  idle_threads_.notify_all();
  interrupt();
}

void event_loop::wake_one() noexcept {
  if (idle_ != 0) {
    idle_threads_.notify_one();
  } else {
    interrupt();
  }
}

void event_loop::interrupt() noexcept {
  if (std::exchange(asleep_, false)) {
    eventfd_write(wakeup_, 1);
  }
}

descriptor *event_loop::make_descriptor(int fd) noexcept {
  std::unique_lock lock(mutex_);
  descriptor *d = free_;
  if (d != nullptr) {
    free_ = d->next;
  } else {
    lock.unlock();
    d = new (std::nothrow) descriptor(*this);
    if (d == nullptr) {
      return nullptr;
    }
    lock.lock();
  }
  d->reset(fd);
  d->next = live_;
  d->link = &live_;
  if (live_ != nullptr) {
    live_->link = &d->next;
  }
  live_ = d;
  return d;
}

void event_loop::unlink(descriptor &d) noexcept {
  *d.link = d.next;
  if (d.next != nullptr) {
    d.next->link = d.link;
  }
}

// Events that the system has told of already may name it still, when it serves another socket: that one asks the system
// once more than it had to.
void event_loop::retire(descriptor &d) noexcept {
  std::lock_guard const lock(mutex_);
  unlink(d);
  d.next = free_;
  free_ = &d;
}

bool event_loop::watch(descriptor &d) noexcept {
  if (d.watched.exchange(true, std::memory_order_acq_rel)) {
    return true; // by the other direction's thread
  }
  epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET, .data = {.ptr = &d}};
  if (sys->epoll_ctl(epoll_, EPOLL_CTL_ADD, d.fd, &event) == 0) {
    return true;
  }
  int const error = errno;
  d.watched.store(false, std::memory_order_release);
  d.cancel(); // what the other direction relied on
  errno = error;
  return false;
}

void event_loop::forget(int fd) noexcept { sys->epoll_ctl(epoll_, EPOLL_CTL_DEL, fd, nullptr); }

// Memory of descriptors is kept, even of those that are retired meanwhile.
void event_loop::cancel_everything() noexcept {
  std::unique_lock lock(mutex_);
  std::vector<descriptor *> all;
  for (descriptor *d = live_; d != nullptr; d = d->next) {
    all.push_back(d);
  }
  while (!timers_.empty()) {
    expire(lock, timers_.first());
  }
  lock.unlock();
  for (descriptor *const d : all) {
    d->cancel();
  }
}

} // namespace snug::io::detail
