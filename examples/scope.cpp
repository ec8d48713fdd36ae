// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A scope that outlives requests: they share a connection, run on their own, and are joined before it is closed.
#include <snug/execution.hpp>

#include <atomic>
#include <cstdio>
#include <thread>
#include <utility>

namespace ex = snug::execution;

namespace {

// What all requests use. They hold a pointer to it, not a share: the scope below answers for its lifetime.
class connection {
public:
  ~connection() { std::printf("closed after %d requests\n", served_.load()); }

  int send(int request) noexcept {
    ++served_;
    return 2 * request;
  }

private:
  std::atomic<int> served_ = 0;
};

class client {
public:
  explicit client(ex::static_thread_pool &pool) : scheduler_(pool.get_scheduler()) {}

  // Sends a request whose answer nobody needs.
  void tell(int request) {
    ex::spawn(ex::schedule(scheduler_) | ex::then([this, request]() noexcept { connection_.send(request); }),
              requests_.get_token());
  }

  // Sends a request at once; the sender returned completes with the answer.
  auto ask(int request) {
    return ex::spawn_future(ex::schedule(scheduler_) |
                                ex::then([this, request]() noexcept { return connection_.send(request); }),
                            requests_.get_token());
  }

  // Stays with the other side until somebody asks it to stop.
  void keep_alive() {
    auto pings = ex::read_env(snug::get_stop_token) | ex::then([this](auto token) noexcept {
                   connection_.send(0);
                   while (!token.stop_requested()) {
                     std::this_thread::yield();
                   }
                 });
    ex::spawn(ex::starts_on(scheduler_, std::move(pings)), requests_.get_token());
  }

  // Takes no more requests, asks those to stop that would not end by themselves, and completes after the last one.
  auto shut_down() {
    requests_.close();
    requests_.request_stop();
    return requests_.join();
  }

private:
  ex::static_thread_pool::scheduler scheduler_;
  connection connection_;
  ex::counting_scope requests_; // last: it is gone before what the requests use
};

} // namespace

int main() {
  ex::static_thread_pool pool(2);
  client client(pool);
  client.keep_alive();
  for (int request = 0; request != 100; ++request) {
    client.tell(request);
  }
  std::printf("the answer is %d\n", std::get<0>(*snug::this_thread::sync_wait(client.ask(21))));
  snug::this_thread::sync_wait(client.shut_down());
  bool const refused = !snug::this_thread::sync_wait(client.ask(22)).has_value();
  std::printf("too late: %s\n", refused ? "refused" : "answered");
}
