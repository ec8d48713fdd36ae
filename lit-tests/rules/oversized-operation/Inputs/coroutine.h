// What the compiler needs of <coroutine>, and the smallest task: nothing depends on the library's version.
#ifndef MOCK_COROUTINE_H
#define MOCK_COROUTINE_H
namespace std {
template <class R, class... As> struct coroutine_traits {
  using promise_type = typename R::promise_type;
};
template <class P = void> struct coroutine_handle;
template <> struct coroutine_handle<void> {
  static coroutine_handle from_address(void *p) noexcept { return {p}; }
  void *address() const noexcept { return p; }
  void resume() const { __builtin_coro_resume(p); }
  void destroy() const { __builtin_coro_destroy(p); }
  void *p = nullptr;
};
template <class P> struct coroutine_handle : coroutine_handle<> {
  static coroutine_handle from_address(void *p) noexcept {
    coroutine_handle h;
    h.p = p;
    return h;
  }
};
struct suspend_always {
  constexpr bool await_ready() const noexcept { return false; }
  constexpr void await_suspend(coroutine_handle<>) const noexcept {}
  constexpr void await_resume() const noexcept {}
};
struct suspend_never {
  constexpr bool await_ready() const noexcept { return true; }
  constexpr void await_suspend(coroutine_handle<>) const noexcept {}
  constexpr void await_resume() const noexcept {}
};
} // namespace std

/// Starts when it is asked to; its promise holds 16 bytes.
struct task {
  struct promise_type {
    void *continuation;
    long result;
    task get_return_object() noexcept { return {}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept {}
    void return_void() noexcept {}
  };
};
/// Starts at once; its promise is empty.
struct eager {
  struct promise_type {
    eager get_return_object() noexcept { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept {}
    void return_void() noexcept {}
    std::suspend_always yield_value(int) noexcept { return {}; }
  };
};
/// Waits for nothing in particular.
using pause = std::suspend_always;

void fill(char *);
void use(char const *);
struct owner {
  owner();
  ~owner();
  char bytes[200];
};
#endif
