// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Which executors are in use by tasks, for debug builds of whoever uses the library.
#include <snug/io/executor_users.hpp>

#include <atomic>
#include <mutex>
#include <unordered_map>

namespace snug::io::detail {
namespace {

struct users {
  std::mutex mutex;
  std::unordered_map<void const *, void const *> executor_of;
};

// Never destroyed: tasks and executors of static storage may outlive every other object.
users &all_users() {
  static users *const all = new users;
  return *all;
}
std::atomic<bool> any_noted = false;

} // namespace

void note_executor_user(void const *user, void const *executor) noexcept {
  any_noted.store(true, std::memory_order_relaxed);
  users &all = all_users();
  std::lock_guard const lock(all.mutex);
  all.executor_of[user] = executor;
}

void forget_executor_user(void const *user) noexcept {
  if (any_noted.load(std::memory_order_relaxed)) {
    users &all = all_users();
    std::lock_guard const lock(all.mutex);
    all.executor_of.erase(user);
  }
}

bool is_executor_unused(void const *executor) noexcept {
  if (!any_noted.load(std::memory_order_relaxed)) {
    return true;
  }
  users &all = all_users();
  std::lock_guard const lock(all.mutex);
  for (auto const &[user, used] : all.executor_of) {
    if (used == executor) {
      return false;
    }
  }
  return true;
}

} // namespace snug::io::detail
