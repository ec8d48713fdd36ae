// CLAIM: a child operation state needs to be a base class, or the first member of a standard-layout base class
// SOURCE: P3425, "What does this mean?"
// VERDICT: reproduced (both forms; as a base, the parent also uses the child's tail padding: a leaf of 9 bytes, and one
//   char and one distinct empty callable per level)
// RUN: %compile %s -o %t.inlined && %t.inlined > %t.txt
// RUN: %compile %s -o %t.stored -DSNUG_STORE_RECEIVERS=1 && %t.stored >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: base form, 0 to 4 levels: 16 16 16 16 16 bytes
// MEASURED: byte form, 0 to 4 levels: 16 24 32 40 48 bytes
// MEASURED: stored, 0 to 4 levels: 16 32 48 64 80 bytes
#include <snug/execution.hpp>

#include <cstdio>

namespace ex = snug::execution;

struct nine_byte_leaf {
  using sender_concept = ex::sender_tag;
  using in_place_self = nine_byte_leaf;
  template <class Rcvr> class operation : public ex::inlinable_operation_state<operation<Rcvr>, Rcvr> {
    void *pointer_ = nullptr;
    char byte_ = 0;

  public:
    operation(nine_byte_leaf const &, Rcvr rcvr)
        : ex::inlinable_operation_state<operation, Rcvr>(static_cast<Rcvr &&>(rcvr)) {}
    void start() noexcept {}
  };
  template <class, class Rcvr> using operation_for = operation<Rcvr>;
  template <class, class... Env> static consteval auto get_completion_signatures() {
    return ex::completion_signatures<ex::set_value_t()>{};
  }
};

template <int I> struct distinct {
  void operator()() const noexcept {}
};
struct only_child {};

/// One level of a chain: a char of its own and a callable, above a child in the form that Form names.
template <template <class, class, class, class> class Form, class Child, int I> struct level {
  using sender_concept = ex::sender_tag;
  using in_place_self = level;
  template <class Rcvr>
  class operation : public ex::inlinable_operation_state<operation<Rcvr>, Rcvr>,
                    public Form<operation<Rcvr>, only_child, ex::env_of_t<Rcvr>, Child> {
    using receiver_base = ex::inlinable_operation_state<operation, Rcvr>;
    using child = Form<operation, only_child, ex::env_of_t<Rcvr>, Child>;

  public:
    using operation_state_concept = ex::operation_state_tag;
    using receiver_base::get_receiver;
    operation(level const &, Rcvr rcvr) : receiver_base(static_cast<Rcvr &&>(rcvr)), child(Child{}) {}
    void start() noexcept { child::start_child(); }
    template <class Signal> void complete(only_child, Signal) noexcept {
      auto &&rcvr = get_receiver();
      Signal{}(static_cast<Rcvr &&>(rcvr));
    }
    static ex::env_of_t<Rcvr> get_env(only_child, operation &op) noexcept {
      return ex::get_env(receiver_base::receiver_of(op));
    }

  private:
    char done_ = 0;
    [[no_unique_address]] distinct<I> callable_;
  };
  template <class, class Rcvr> using operation_for = operation<Rcvr>;
  template <class, class... Env> static consteval auto get_completion_signatures() {
    return ex::completion_signatures<ex::set_value_t()>{};
  }
};

template <template <class, class, class, class> class Form, int N> struct chain {
  using type = level<Form, typename chain<Form, N - 1>::type, N>;
};
template <template <class, class, class, class> class Form> struct chain<Form, 0> {
  using type = nine_byte_leaf;
};
struct receiver {
  using receiver_concept = ex::receiver_tag;
  void set_value() && noexcept {}
};
template <template <class, class, class, class> class Form> void print(char const *name) {
  std::printf("%s, 0 to 4 levels: %zu %zu %zu %zu %zu bytes\n", name,
              sizeof(ex::connect_result_t<typename chain<Form, 0>::type, receiver>),
              sizeof(ex::connect_result_t<typename chain<Form, 1>::type, receiver>),
              sizeof(ex::connect_result_t<typename chain<Form, 2>::type, receiver>),
              sizeof(ex::connect_result_t<typename chain<Form, 3>::type, receiver>),
              sizeof(ex::connect_result_t<typename chain<Form, 4>::type, receiver>));
}

int main() {
#if SNUG_STORE_RECEIVERS
  print<ex::child_base>("stored");
#else
  print<ex::child_base>("base form");
  print<ex::child_operation_state>("byte form");
#endif
}
