"""Prints N operation states whose member functions do everyday work; with --completing, one more, which completes; with
--instantiations=M, M instantiations of one more, which is a template over a template.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import sys

print("""struct tag {};
struct receiver {
  using receiver_concept = tag;
  void set_value(int) noexcept;
  void set_stopped() noexcept;
};
struct base {
  int counted = 0;
};""")
for i in range(int(sys.argv[1])):
    print(f"""
struct op{i} : base {{
  using operation_state_concept = tag;
  receiver r;
  int value = {i};
  alignas(long) unsigned char bytes[64];
  op{i}() = default;
  op{i}(op{i} &&) = delete;
  void start() noexcept {{
    for (int k = 0; k != value; ++k)
      advance(k);
  }}
  void advance(int k) noexcept {{ value = k > 3 ? value + k : value - k; }}
  int read() const noexcept {{ return value < 0 ? helper() : value; }}
  int helper() const noexcept {{ return counted; }}
}};
inline int use{i}(op{i} &o) {{
  base &b = o;
  auto &back = static_cast<op{i} &>(b);
  if (back.value)
    back.start();
  return back.read();
}}""")
if "--completing" in sys.argv:
    print("""
struct completing {
  using operation_state_concept = tag;
  receiver r;
  int value = 0;
  completing() = default;
  completing(completing &&) = delete;
  void start() noexcept {
    value = 1;
    r.set_value(value);
  }
};""")
for argument in sys.argv:
    if argument.startswith("--instantiations="):
        print("""
template <class Derived> struct start_base {
  using operation_state_concept = tag;
  start_base() = default;
  start_base(start_base &&) = delete;
};
template <int N> struct generated : start_base<generated<N>> {
  struct child { int n; };
  child c;
  void start() noexcept { c.n = N; }
};""")
        for i in range(int(argument.split("=")[1])):
            print(f"inline void start{i}(generated<{i}> &g) {{ g.start(); }}")
