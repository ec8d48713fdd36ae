// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Look-ups of names, and the thread that the system may block.
#include <snug/io/resolver.hpp>

#include "event_loop.hpp"
#include "name_service.hpp"
#include "socket_address.hpp"
#include "system_calls.hpp"

#include <cerrno>
#include <cstring>
#include <new>

namespace snug::io {
namespace {

class category final : public std::error_category {
public:
  char const *name() const noexcept override { return "snug.io.names"; }
  std::string message(int code) const override {
    switch (static_cast<name_error>(code)) {
    case name_error::not_found:
      return "the host has no address";
    case name_error::try_again:
      return "nobody answers who knows the name; trying later may help";
    case name_error::service_not_found:
      return "the service has no port";
    case name_error::failed:
      return "who knows the name cannot answer";
    }
    return "unknown error " + std::to_string(code);
  }
};

std::error_code code_of(int error) noexcept {
  switch (error) {
  case 0:
    return {};
  case EAI_SYSTEM:
    return {errno, std::system_category()};
  case EAI_MEMORY:
    return std::make_error_code(std::errc::not_enough_memory);
  case EAI_AGAIN:
    return name_error::try_again;
  case EAI_SERVICE:
    return name_error::service_not_found;
  case EAI_NONAME:
  case EAI_NODATA:
  case EAI_ADDRFAMILY:
    return name_error::not_found;
  default:
    return name_error::failed;
  }
}

std::error_code cancelled() noexcept { return {ECANCELED, std::system_category()}; }

} // namespace

std::error_category const &name_category() noexcept {
  static category const the_category;
  return the_category;
}

namespace detail {

found_endpoints look_up(std::string const &host, std::string const &service, names which) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = which == names::numbers ? AI_NUMERICHOST | AI_NUMERICSERV : AI_ADDRCONFIG;
  if (host.empty() && service.empty()) {
    return {{}, {tcp_endpoint{ip_address::loopback_v6(), 0}, tcp_endpoint{ip_address::loopback_v4(), 0}}};
  }
  addrinfo *list = nullptr;
  found_endpoints found;
  found.ec = code_of(sys->getaddrinfo(host.empty() ? nullptr : host.c_str(),
                                      service.empty() ? nullptr : service.c_str(), &hints, &list));
  if (found.ec) {
    return found;
  }
  for (addrinfo const *one = list; one != nullptr; one = one->ai_next) {
    socket_address address;
    if (one->ai_family == AF_INET || one->ai_family == AF_INET6) {
      std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
      found.value.push_back(address.to_tcp());
    }
  }
  ::freeaddrinfo(list);
  return found;
}

name_lookup::name_lookup(event_loop &loop, std::string host, std::string service) noexcept
    : work{nullptr, &resume}, stop_callback_base(&stop), loop_(loop), host_(std::move(host)),
      service_(std::move(service)) {}

void name_lookup::start(coro h, posting const &post, inplace_stop_token stop) noexcept {
  awaiting_ = h;
  post_ = post;
  loop_.operation_started();
  owners_.fetch_add(1, std::memory_order_relaxed); // this function: the coroutine may go on at any moment
  attach(stop);
  if (!loop_.names().ask(*this)) {
    answer({std::make_error_code(std::errc::resource_unavailable_try_again), {}});
    release(); // for the service
  }
  release();
}

void name_lookup::ask() noexcept {
  if (!answered_.load(std::memory_order_acquire)) {
    found_endpoints found;
    try {
      found = look_up(host_, service_, names::all);
    } catch (std::bad_alloc const &) {
      found = {std::make_error_code(std::errc::not_enough_memory), {}};
    }
    answer(std::move(found));
  }
}

void name_lookup::answer(found_endpoints found) noexcept {
  if (claim()) {
    found_ = std::move(found);
    owners_.fetch_add(1, std::memory_order_relaxed); // the posted work
    event_loop &loop = loop_;
    post_(this);
    loop.operation_finished();
  }
}

void name_lookup::cancel() noexcept { answer({cancelled(), {}}); }

// Base to derived, [expr.static.cast]/10 and 11: only look-ups have these functions.
void name_lookup::stop(snug::detail::stop_callback_base &callback) noexcept {
  static_cast<name_lookup &>(callback).cancel();
}
void name_lookup::resume(work *w) noexcept {
  auto &self = *static_cast<name_lookup *>(w);
  self.detach();
  coro const h = self.awaiting_;
  self.release();
  h.resume();
}

found_endpoints name_lookup::take() noexcept {
  found_endpoints found = std::move(found_);
  release();
  return found;
}

void name_lookup::withdraw() noexcept {
  detach();
  if (claim()) {
    loop_.operation_finished();
  } else {
    awaiting_ = std::noop_coroutine(); // posted: resumes nobody
  }
  release();
}

void name_lookup::release() noexcept {
  if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete this;
  }
}

bool name_service::ask(name_lookup &lookup) noexcept {
  std::lock_guard const lock(mutex_);
  if (shut_) {
    return false;
  }
  if (!thread_.joinable()) {
    try {
      thread_ = std::thread([this] { serve(); });
    } catch (std::system_error const &) {
      return false;
    }
  }
  *last_ = &lookup;
  last_ = &lookup.next_;
  asked_.notify_one();
  return true;
}

void name_service::serve() noexcept {
  std::unique_lock lock(mutex_);
  for (;;) {
    asked_.wait(lock, [this] { return shut_ || first_ != nullptr; });
    if (first_ == nullptr) {
      return;
    }
    name_lookup &lookup = *first_;
    first_ = lookup.next_;
    if (first_ == nullptr) {
      last_ = &first_;
    }
    bool const shut = shut_;
    lock.unlock();
    if (shut) {
      lookup.cancel();
    } else {
      lookup.ask();
    }
    lock.lock();
    lookup.release();
  }
}

void name_service::shut_down() noexcept {
  {
    std::lock_guard const lock(mutex_);
    shut_ = true;
    asked_.notify_one();
  }
  if (thread_.joinable()) {
    thread_.join();
  }
}

bool resolve_operation::await_ready() {
  result_ = look_up(host_, service_, names::numbers);
  return !result_.ec || result_.ec == std::errc::not_enough_memory;
}

bool resolve_operation::start(coro h, posting const &post, inplace_stop_token stop) {
  if (stop.stop_requested() || loop_->closing()) {
    result_.ec = cancelled();
    return false;
  }
  lookup_ = new (std::nothrow) name_lookup(*loop_, std::move(host_), std::move(service_));
  if (lookup_ == nullptr) {
    result_.ec = std::make_error_code(std::errc::not_enough_memory);
    return false;
  }
  lookup_->start(h, post, stop);
  return true;
}

io_result<std::vector<tcp_endpoint>> resolve_operation::await_resume() {
  return lookup_ == nullptr ? std::move(result_) : std::exchange(lookup_, nullptr)->take();
}

void resolve_operation::withdraw() noexcept {
  if (lookup_ != nullptr) {
    std::exchange(lookup_, nullptr)->withdraw();
  }
}

} // namespace detail
} // namespace snug::io
