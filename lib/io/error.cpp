// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the error codes of I/O say.
#include <snug/io/error.hpp>

#include <string>

namespace snug::io {
namespace {

class category final : public std::error_category {
public:
  char const *name() const noexcept override { return "snug.io"; }
  std::string message(int code) const override {
    switch (static_cast<error>(code)) {
    case error::eof:
      return "end of file";
    case error::not_found:
      return "the buffer is full, or the stream at its end, before what was to be found";
    }
    return "unknown error " + std::to_string(code);
  }
};

} // namespace

// Before the static objects of users, whose constructors may do I/O.
[[gnu::init_priority(101)]] std::error_code const no_error;

std::error_category const &error_category() noexcept {
  static category const the_category;
  return the_category;
}

} // namespace snug::io
