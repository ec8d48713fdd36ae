// CLAIM: an executor_ref is 16 bytes; a pointer to an abstract base class is 8
// SOURCE: Executor Storage, "Research Question"
// VERDICT: reproduced
// RUN: %compile -c %s -o %t.o
// RUN: %snug layout %s --type='^snug::io::(executor_ref|executor_ptr|env_ptr|io_env)$' --format=json -- -std=c++20 %include | %figures > %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED-DAG: snug::io::executor_ref: 16 bytes, alignment 8
// MEASURED-DAG: snug::io::executor_ptr: 8 bytes, alignment 8
// MEASURED-DAG: snug::io::env_ptr: 8 bytes, alignment 8
#include "Inputs/executors.hpp"

static_assert(sizeof(io::executor_ref) == 16 && sizeof(io::executor_ptr) == 8 && sizeof(io::env_ptr) == 8);
