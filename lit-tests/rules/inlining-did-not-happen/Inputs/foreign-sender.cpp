// The operation state of a sender from elsewhere, which keeps the receiver that it is handed.
#include <snug/execution.hpp>

#include <utility>

namespace ex = snug::execution;
namespace theirs {
template <class Receiver> struct op {
  using operation_state_concept = ex::operation_state_tag;
  Receiver rcvr;
  explicit op(Receiver r) : rcvr(std::move(r)) {}
  op(op &&) = delete;
  void start() noexcept { ex::set_value(std::move(rcvr), 1); }
};
struct sender {
  using sender_concept = ex::sender_tag;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  template <class Receiver> op<Receiver> connect(Receiver r) const { return op<Receiver>(std::move(r)); }
};
} // namespace theirs

int run() {
  auto [i] = snug::this_thread::sync_wait(theirs::sender() | ex::then([](int v) { return v; })).value();
  return i;
}
