#include <snug/expect.hpp>

#include "include/api.hpp"
#include "src/detail.hpp"
#include "third_party/foreign.hpp"

struct SNUG(size(4)) in_main_file {
  long a;
};
