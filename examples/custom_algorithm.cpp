// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An algorithm of one's own: sequence(first, second) runs two senders one after the other and completes as the second
// does.
#include <snug/execution.hpp>

#include <cstdio>
#include <utility>

namespace ex = snug::execution;

namespace mine::inline SNUG_ABI_NAMESPACE {

struct first_tag {};
struct second_tag {};

template <class First, class Second, class Rcvr> class sequence_op;

// The bases have long names; they are written once. child_for chooses between child_base and child_operation_state.
template <class First, class Second, class Rcvr> struct sequence_bases {
  using op = sequence_op<First, Second, Rcvr>;
  using receiver_base = ex::inlinable_operation_state<op, Rcvr>;
  using first = ex::child_operation_state<op, first_tag, ex::env_of_t<Rcvr>, First>;
  using second = ex::child_operation_state<op, second_tag, ex::env_of_t<Rcvr>, Second>;
};

template <class First, class Second, class Rcvr>
class sequence_op : public sequence_bases<First, Second, Rcvr>::receiver_base,
                    public sequence_bases<First, Second, Rcvr>::first,
                    public sequence_bases<First, Second, Rcvr>::second {
  using bases = sequence_bases<First, Second, Rcvr>;

public:
  template <class Self>
  sequence_op(Self &&self, Rcvr rcvr)
      : bases::receiver_base(std::move(rcvr)), bases::first(static_cast<First &&>(self.first)),
        bases::second(static_cast<Second &&>(self.second)) {}

  void start() noexcept { bases::first::start_child(); }

  // The tag says which child completes, the signal how.
  void complete(first_tag, ex::set_value_t) noexcept { bases::second::start_child(); }
  template <class Tag, class Signal, class... Args> void complete(Tag, Signal, Args &&...args) noexcept {
    auto &&rcvr = this->get_receiver();
    Signal{}(std::move(rcvr), std::forward<Args>(args)...);
  }
  // Static: the children may ask while they are connected, and not all bases are constructed.
  template <class Tag> static ex::env_of_t<Rcvr> get_env(Tag, sequence_op &op) noexcept {
    return ex::get_env(bases::receiver_base::receiver_of(op));
  }
};

template <class First, class Second> struct sequence_sender {
  using sender_concept = ex::sender_tag;
  // Naming the operation lets a parent hold it as a base class.
  using in_place_self = sequence_sender;
  template <class, class Rcvr> using operation_for = sequence_op<First, Second, Rcvr>;

  template <class, class... Env> static consteval auto get_completion_signatures() {
    static_assert(
        std::is_same_v<ex::completion_signatures_of_t<First, Env...>, ex::completion_signatures<ex::set_value_t()>>,
        "sequence: the first sender must complete with set_value_t() and nothing else");
    return ex::get_completion_signatures<Second, Env...>();
  }

  First first;
  Second second;
};

struct sequence_t {
  template <ex::sender First, ex::sender Second> auto operator()(First first, Second second) const {
    return sequence_sender<First, Second>{std::move(first), std::move(second)};
  }
};
inline constexpr sequence_t sequence{};

struct print {
  using receiver_concept = ex::receiver_tag;
  void set_value(int x) && noexcept { std::printf("%d\n", x); }
};

} // namespace mine::inline SNUG_ABI_NAMESPACE

int main() {
  auto hello = ex::just() | ex::then([]() noexcept { std::printf("the answer is "); });
  auto op = ex::connect(mine::sequence(hello, ex::just(42)), mine::print{});
  ex::start(op);
  std::printf("sequence size = %zu\n", sizeof(op));
}
