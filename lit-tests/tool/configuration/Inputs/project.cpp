// A source with one finding in the main file and one in each of three headers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <snug/expect.hpp>

#include "include/api.hpp"
#include "src/detail.hpp"
#include "third_party/foreign.hpp"

struct SNUG(size(4)) in_main_file {
  long a;
};
