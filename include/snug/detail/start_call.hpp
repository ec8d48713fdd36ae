// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Notices that an operation completes inside the call of start() that began it.
#ifndef SNUG_DETAIL_START_CALL_HPP
#define SNUG_DETAIL_START_CALL_HPP

namespace snug::detail {

/// One call of start(), on the stack of the thread that makes it.
///
/// An operation that completes inside its start() need not resume who waits for it there, on top of the stack of
/// start(): the caller is about to find out by itself, so a loop over such operations runs in one frame. Whoever
/// completes cannot ask the caller, who may have returned long ago on another thread, and the caller cannot ask the
/// operation, which may be gone by then. So each thread keeps a list of its own calls, which nobody else touches, and
/// neither an atomic operation nor a lock is needed.
///
/// The operation names the call and the call the operation: an address alone may have been given to a later operation,
/// or to a later call, but not both while the call lasts.
class start_call {
public:
  enum class outcome : unsigned char { pending, completed, stopped };

  explicit start_call(void const *operation) noexcept : operation_(operation), outer_(innermost_) { innermost_ = this; }
  start_call(start_call &&) = delete;
  ~start_call() { innermost_ = outer_; }

  /// What has happened inside. Where nothing has (pending) the operation may be gone.
  outcome result() const noexcept { return outcome_; }

  /// Called with the operation's own address and the call it was started by: says what happened and returns true where
  /// that call is the innermost one of this thread; returns false where the operation must resume who waits for it.
  static bool complete(void const *operation, start_call const *started_by, outcome how) noexcept {
    start_call *const call = innermost_;
    if (call == nullptr || call != started_by || call->operation_ != operation) {
      return false;
    }
    call->outcome_ = how;
    return true;
  }

private:
  static inline constinit thread_local start_call *innermost_ = nullptr;

  void const *operation_;
  start_call *outer_;
  outcome outcome_ = outcome::pending;
};

} // namespace snug::detail

#endif
