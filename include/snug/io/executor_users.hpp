// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// In debug builds: which executors are in use by tasks, so that none is destroyed too early.
#ifndef SNUG_IO_EXECUTOR_USERS_HPP
#define SNUG_IO_EXECUTOR_USERS_HPP

namespace snug::io::detail {

// lib/io/executor_users.cpp. A user is known by its address; one executor for each at a time.
void note_executor_user(void const *user, void const *executor) noexcept;
void forget_executor_user(void const *user) noexcept;
bool is_executor_unused(void const *executor) noexcept;

} // namespace snug::io::detail

#ifdef NDEBUG
#define SNUG_NOTE_EXECUTOR_USER(user, executor) static_cast<void>(0)
#define SNUG_FORGET_EXECUTOR_USER(user) static_cast<void>(0)
#else
#define SNUG_NOTE_EXECUTOR_USER(user, executor) ::snug::io::detail::note_executor_user(user, executor)
#define SNUG_FORGET_EXECUTOR_USER(user) ::snug::io::detail::forget_executor_user(user)
#endif

#endif
