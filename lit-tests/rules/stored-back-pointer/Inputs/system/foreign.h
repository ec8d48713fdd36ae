// A header that nobody asked to check: its own classes are its author's concern, instantiations with a user's class are not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef STORED_BACK_POINTER_FOREIGN_H
#define STORED_BACK_POINTER_FOREIGN_H

namespace foreign {

template <class T> struct holder {
  struct reader {
    T &value;
    explicit reader(T &v) : value(v) {}
  };
  T value;
  reader r;
  holder() : value(), r(value) {}
  holder(holder &&) = delete;
};

struct plain {
  int n = 0;
};
inline holder<plain> its_own;

} // namespace foreign

#endif
