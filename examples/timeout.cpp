// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Cancellation and timeouts through stop tokens: whoever waits hands a token down, whoever works registers a callback.
#include <snug/execution.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace ex = snug::execution;
using namespace std::chrono_literals;

namespace mine::inline SNUG_ABI_NAMESPACE {

// Asks a stop source to stop after a while, unless it is destroyed before.
class deadline {
public:
  deadline(snug::inplace_stop_source &source, std::chrono::milliseconds after)
      : thread_([this, &source, after] {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_for(lock, after, [this] { return cancelled_; })) {
            source.request_stop();
          }
        }) {}
  ~deadline() {
    {
      std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool cancelled_ = false;
  std::thread thread_; // last: it uses the others
};

// A reply that arrives after a number of polls, or never. It polls because it has no device to wake it; a real one
// would register a stop callback and cancel its request there.
template <class Rcvr> class reply_op : public ex::inlinable_operation_state<reply_op<Rcvr>, Rcvr> {
public:
  template <class Sndr>
  reply_op(Sndr const &sndr, Rcvr rcvr)
      : ex::inlinable_operation_state<reply_op, Rcvr>(std::move(rcvr)), polls_(sndr.polls) {}

  void start() noexcept {
    auto &&rcvr = this->get_receiver();
    auto const token = snug::get_stop_token(ex::get_env(rcvr));
    for (int poll = 0; polls_ < 0 || poll < polls_; ++poll) {
      if (token.stop_requested()) {
        ex::set_stopped(std::move(rcvr));
        return;
      }
      std::this_thread::sleep_for(1ms);
    }
    ex::set_value(std::move(rcvr), 42);
  }

private:
  int polls_;
};

struct reply {
  using sender_concept = ex::sender_tag;
  using in_place_self = reply;
  template <class, class Rcvr> using operation_for = reply_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int), ex::set_stopped_t()>;
  int polls; // negative: never
};

} // namespace mine::inline SNUG_ABI_NAMESPACE

std::optional<int> wait_for(mine::reply reply, std::chrono::milliseconds at_most) {
  snug::inplace_stop_source source;
  mine::deadline deadline(source, at_most);
  // write_env answers get_stop_token for everything below it; a when_all would stop its other children the same way.
  auto result = snug::this_thread::sync_wait(reply | ex::write_env(ex::prop(snug::get_stop_token, source.get_token())));
  return result ? std::optional(std::get<0>(*result)) : std::nullopt;
}

int main() {
  auto const fast = wait_for(mine::reply{3}, 60s);
  std::printf("fast: %d\n", fast.value_or(-1));
  auto const slow = wait_for(mine::reply{-1}, 20ms);
  std::printf("slow: %s\n", slow ? "answered" : "timed out");
}
