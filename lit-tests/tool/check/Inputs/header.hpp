// A header whose broken promise every unit sees.
#ifndef SNUG_TEST_HEADER_HPP
#define SNUG_TEST_HEADER_HPP
#include <snug/expect.hpp>

struct SNUG(size(4)) shared {
  long a;
};
#endif
