// Without a threshold nothing is reported, whatever the rules that run: padding alone is no fault.
// RUN: %verify_both %s --config=%S/Inputs/none.yaml -- --target=x86_64-linux-gnu
// RUN: %verify_both %s -- --target=x86_64-linux-gnu
// expected-no-diagnostics
struct scattered {
  char first;
  long value;
  char last;
  alignas(64) char more;
};
