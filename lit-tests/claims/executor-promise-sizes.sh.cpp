// CLAIM: a task's promise holds 32 bytes of executors as executor_ref and 16 as executor_base*; the root's holds 8 and 16
// SOURCE: Executor Storage, "Per-Component Overhead"
// VERDICT: reproduced (and with one pointer to an environment in the root a task holds 8, its stop token included)
// RUN: %compile %s %build_root/lib/libsnug.a -o %t && %t > %t.txt
// RUN: %snug layout %s --type='task_context<' --format=json -- -std=c++20 %include | %figures >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: executor_ref: 8 bytes in the root, 32 in a task of 56
// MEASURED: executor_ptr: 16 bytes in the root, 16 in a task of 40
// MEASURED: env_ptr: 40 bytes of environment in the root, 8 in a task of 24
// MEASURED-DAG: snug::io::detail::task_context<snug::io::executor_ref>: 40 bytes
// MEASURED-DAG: snug::io::detail::task_context<snug::io::executor_ptr>: 24 bytes
// MEASURED-DAG: snug::io::detail::task_context<{{.*}}env_ptr>: 8 bytes
#include "Inputs/executors.hpp"

#include <cstdio>

int main() {
  std::printf("executor_ref: %zu bytes in the root, %zu in a task of %zu\n", by_ref::root_executor,
              by_ref::task_executors, sizeof(by_ref::task_promise));
  std::printf("executor_ptr: %zu bytes in the root, %zu in a task of %zu\n", by_ptr::root_executor,
              by_ptr::task_executors, sizeof(by_ptr::task_promise));
  std::printf("env_ptr: %zu bytes of environment in the root, %zu in a task of %zu\n", sizeof(by_env::root_promise),
              sizeof(io::detail::task_context<io::env_ptr>), sizeof(by_env::task_promise));
}
