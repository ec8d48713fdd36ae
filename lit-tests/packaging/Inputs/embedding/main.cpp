// Uses the runtime and states a size.
#include <snug/execution.hpp>
#include <snug/expect.hpp>

namespace ex = snug::execution;

struct SNUG(size(4)) answer {
  int value;
};

int main() {
  auto [sum] = *snug::this_thread::sync_wait(ex::just(40, 2) | ex::then([](int a, int b) noexcept { return a + b; }));
  return answer{sum}.value == 42 ? 0 : 1;
}
