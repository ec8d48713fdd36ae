// A step from member to class that each instantiation repeats.
#ifndef SNUG_TEST_TEMPLATE_HPP
#define SNUG_TEST_TEMPLATE_HPP
#include <cstddef>

struct part {
  int value;
};
struct owner {
  int number;
  part inner;
};
template <class Tag> owner *owner_of(part *p) {
  return reinterpret_cast<owner *>(reinterpret_cast<char *>(p) - offsetof(owner, inner));
}
#endif
