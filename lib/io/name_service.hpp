// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Looks names up on a thread of its own, since the system's function blocks.
#ifndef SNUG_LIB_IO_NAME_SERVICE_HPP
#define SNUG_LIB_IO_NAME_SERVICE_HPP

#include <snug/io/detail/posting.hpp>
#include <snug/io/endpoint.hpp>
#include <snug/io/io_result.hpp>
#include <snug/io/work.hpp>
#include <snug/stop_token.hpp>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace snug::io::detail {

class event_loop;
class name_service;

using found_endpoints = io_result<std::vector<tcp_endpoint>>;

// Asks the system; blocks unless only numbers are looked at.
enum class names : bool { numbers, all };
found_endpoints look_up(std::string const &host, std::string const &service, names which);

// Who waits, the service, and the posted work own it together. Whoever finds `answered` false, and sets it, completes.
class name_lookup : work, snug::detail::stop_callback_base {
public:
  name_lookup(event_loop &loop, std::string host, std::string service) noexcept;

  void start(coro h, posting const &post, inplace_stop_token stop) noexcept;
  void cancel() noexcept;
  // Of who waited: what was found, or that it does not wait any more.
  found_endpoints take() noexcept;
  void withdraw() noexcept;

private:
  friend name_service;

  void ask() noexcept;
  void answer(found_endpoints found) noexcept;
  bool claim() noexcept { return !answered_.exchange(true, std::memory_order_acq_rel); }
  void release() noexcept;

  static void resume(work *w) noexcept;
  static void stop(snug::detail::stop_callback_base &callback) noexcept;

  event_loop &loop_;
  std::string host_;
  std::string service_;
  found_endpoints found_;
  coro awaiting_;
  posting post_;
  std::atomic<int> owners_{2};
  std::atomic<bool> answered_{false};
  name_lookup *next_ = nullptr; // in the service's queue
};

class name_service {
public:
  name_service() = default;
  name_service(name_service &&) = delete;
  ~name_service() { shut_down(); }

  // False where no thread can be had.
  bool ask(name_lookup &lookup) noexcept;
  // Cancels what is queued, and waits for what is under way.
  void shut_down() noexcept;

private:
  void serve() noexcept;

  std::mutex mutex_;
  std::condition_variable asked_;
  name_lookup *first_ = nullptr;
  name_lookup **last_ = &first_;
  bool shut_ = false;
  std::thread thread_; // from the first question on
};

} // namespace snug::io::detail

#endif
