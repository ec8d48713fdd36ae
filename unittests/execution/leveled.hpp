// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An algorithm of our own whose form of child can be chosen: one char and one distinct empty callable per level over a
// leaf of 9 bytes.
#ifndef SNUG_UNITTESTS_EXECUTION_LEVELED_HPP
#define SNUG_UNITTESTS_EXECUTION_LEVELED_HPP

#include <snug/config.hpp>
#include <snug/execution/child_base.hpp>
#include <snug/execution/child_operation_state.hpp>
#include <snug/execution/inlinable_operation_state.hpp>
#include <snug/execution/sender.hpp>

#include <utility>

namespace snug_test::inline SNUG_ABI_NAMESPACE {

namespace ex = snug::execution;

template <class Rcvr> class nine_bytes_op : public ex::inlinable_operation_state<nine_bytes_op<Rcvr>, Rcvr> {
  using receiver_base = ex::inlinable_operation_state<nine_bytes_op, Rcvr>;

public:
  template <class Sndr> constexpr nine_bytes_op(Sndr const &, Rcvr rcvr) : receiver_base(std::move(rcvr)) {}
  constexpr void start() noexcept {
    auto &&rcvr = receiver_base::get_receiver();
    ex::set_value(std::move(rcvr), static_cast<int>(byte_));
  }

private:
  [[maybe_unused]] void *pointer_ = nullptr;
  char byte_ = 0;
};
struct nine_bytes {
  using sender_concept = ex::sender_tag;
  using in_place_self = nine_bytes;
  template <class, class Rcvr> using operation_for = nine_bytes_op<Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
};

template <int Level> struct level_function {
  constexpr int operator()(int x) const noexcept { return x + 1; }
};
struct level_tag {};

template <template <class, class, class, class> class Form, int Level, class Sndr, class Rcvr>
class leveled_op : public ex::inlinable_operation_state<leveled_op<Form, Level, Sndr, Rcvr>, Rcvr>,
                   public Form<leveled_op<Form, Level, Sndr, Rcvr>, level_tag, ex::env_of_t<Rcvr>, Sndr> {
  using receiver_base = ex::inlinable_operation_state<leveled_op, Rcvr>;
  using child_t = Form<leveled_op, level_tag, ex::env_of_t<Rcvr>, Sndr>;

public:
  using operation_state_concept = ex::operation_state_tag;
  using receiver_base::get_receiver;

  template <class Self>
  constexpr leveled_op(Self const &self, Rcvr rcvr) : receiver_base(std::move(rcvr)), child_t(Sndr(self.sndr)) {}
  constexpr void start() noexcept { child_t::start_child(); }
  constexpr void complete(level_tag, ex::set_value_t, int x) noexcept {
    ++completions_;
    auto &&rcvr = get_receiver();
    ex::set_value(std::move(rcvr), function_(x));
  }
  static constexpr ex::env_of_t<Rcvr> get_env(level_tag, leveled_op &op) noexcept {
    return ex::get_env(receiver_base::receiver_of(op));
  }

private:
  char completions_ = 0;
  [[no_unique_address]] level_function<Level> function_;
};

template <template <class, class, class, class> class Form, int Level, class Sndr> struct leveled {
  using sender_concept = ex::sender_tag;
  using in_place_self = leveled;
  template <class, class Rcvr> using operation_for = leveled_op<Form, Level, Sndr, Rcvr>;
  using completion_signatures = ex::completion_signatures<ex::set_value_t(int)>;
  Sndr sndr;
};

template <template <class, class, class, class> class Form, int Levels> constexpr auto make_leveled() {
  if constexpr (Levels == 0) {
    return nine_bytes{};
  } else {
    return leveled<Form, Levels, decltype(make_leveled<Form, Levels - 1>())>{};
  }
}
template <template <class, class, class, class> class Form, int Levels>
using leveled_at = decltype(make_leveled<Form, Levels>());

} // namespace snug_test::inline SNUG_ABI_NAMESPACE

#endif
