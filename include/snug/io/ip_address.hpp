// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Addresses of the Internet protocol, versions 4 and 6.
#ifndef SNUG_IO_IP_ADDRESS_HPP
#define SNUG_IO_IP_ADDRESS_HPP

#include <snug/io/io_result.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace snug::io {

/// An address of version 4 or 6; 0.0.0.0 by default.
///
/// State:      24 bytes: 16 bytes of address, the scope of a link-local one, the version; held by io/sizes_test.cpp.
class ip_address {
public:
  using v4_bytes = std::array<std::uint8_t, 4>;
  using v6_bytes = std::array<std::uint8_t, 16>;

  constexpr ip_address() = default;
  constexpr explicit ip_address(v4_bytes const &bytes) noexcept : bytes_{bytes[0], bytes[1], bytes[2], bytes[3]} {}
  constexpr explicit ip_address(v6_bytes const &bytes, std::uint32_t scope = 0) noexcept
      : bytes_(bytes), scope_(scope), is_v6_(true) {}

  static constexpr ip_address any_v4() noexcept { return ip_address(); }
  static constexpr ip_address any_v6() noexcept { return ip_address(v6_bytes()); }
  static constexpr ip_address loopback_v4() noexcept { return ip_address(v4_bytes{127, 0, 0, 1}); }
  static constexpr ip_address loopback_v6() noexcept {
    return ip_address(v6_bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
  }

  /// Reads 127.0.0.1, ::1 and fe80::1%eth0; errc::invalid_argument for everything else.
  static io_result<ip_address> parse(std::string_view text);
  std::string to_string() const;

  constexpr bool is_v4() const noexcept { return !is_v6_; }
  constexpr bool is_v6() const noexcept { return is_v6_; }
  constexpr bool is_loopback() const noexcept { return is_v6_ ? bytes_ == loopback_v6().bytes_ : bytes_[0] == 127; }
  constexpr bool is_unspecified() const noexcept { return bytes_ == v6_bytes(); }
  constexpr v4_bytes to_v4() const noexcept { return {bytes_[0], bytes_[1], bytes_[2], bytes_[3]}; }
  constexpr v6_bytes const &to_v6() const noexcept { return bytes_; }
  constexpr std::uint32_t scope() const noexcept { return scope_; }

  friend constexpr auto operator<=>(ip_address const &, ip_address const &) = default;

private:
  v6_bytes bytes_{}; // of version 4 the first four
  std::uint32_t scope_ = 0;
  bool is_v6_ = false;
};

} // namespace snug::io

#endif
