# Prints a source with many operation states, each with a child that stores its parent, padding, and a buffer or a name.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: many_types.py COUNT"""
import sys

WORDS = ["accept", "read", "write", "resolve", "connect", "timeout", "retry", "flush", "upgrade", "close"]
print("""namespace network::session {
template <class Parent> struct child_receiver {
  using receiver_concept = int;
  explicit child_receiver(Parent *parent) : parent_(parent) {}
  Parent *const parent_;
};
struct nothing {};""")
for number in range(int(sys.argv[1])):
    name = f"{WORDS[number % 10]}_{WORDS[number // 10 % 10]}_operation_{number}"
    print(f"""struct {name} {{
  using operation_state_concept = int;
  {name}() : receiver_(this) {{}}
  {name}(const {name} &) = delete;
  {name} &operator=(const {name} &) = delete;
  void start() noexcept;
  child_receiver<{name}> receiver_;
  bool is_started_ = false;
  nothing policy_;
  int attempts_ = {number};
  unsigned char buffer_[{8 + number % 97}] = {{}};
  {"long long deadline_ = 0;" if number % 2 else "char state_ = 0; int descriptor_ = -1;"}
}};""")
print("}")
