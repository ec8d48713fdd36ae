// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From endpoints to the system's addresses and back, and as text.
#include "socket_address.hpp"

#include <cstddef>
#include <cstring>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

namespace snug::io {
namespace detail {

socket_address::socket_address(tcp_endpoint const &endpoint) noexcept {
  ip_address const &address = endpoint.address;
  if (address.is_v6()) {
    sockaddr_in6 to{};
    to.sin6_family = AF_INET6;
    to.sin6_port = htons(endpoint.port);
    to.sin6_scope_id = address.scope();
    std::memcpy(&to.sin6_addr, address.to_v6().data(), sizeof(to.sin6_addr));
    std::memcpy(&storage, &to, sizeof(to));
    size = sizeof(to);
  } else {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(endpoint.port);
    std::memcpy(&to.sin_addr, address.to_v4().data(), sizeof(to.sin_addr));
    std::memcpy(&storage, &to, sizeof(to));
    size = sizeof(to);
  }
}

socket_address::socket_address(unix_endpoint const &endpoint) noexcept {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::string const &path = endpoint.path;
  bool const abstract = !path.empty() && path[0] == '\0';
  // A path has its '\0' in the array, too.
  if (path.size() + (abstract ? 0 : 1) > sizeof(to.sun_path)) {
    size = 0;
    return;
  }
  std::memcpy(to.sun_path, path.data(), path.size());
  std::memcpy(&storage, &to, sizeof(to));
  size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract || path.empty() ? 0 : 1));
}

tcp_endpoint socket_address::to_tcp() const noexcept {
  if (family() == AF_INET6) {
    sockaddr_in6 from;
    std::memcpy(&from, &storage, sizeof(from));
    ip_address::v6_bytes bytes;
    std::memcpy(bytes.data(), &from.sin6_addr, sizeof(bytes));
    return {ip_address(bytes, from.sin6_scope_id), ntohs(from.sin6_port)};
  }
  sockaddr_in from;
  std::memcpy(&from, &storage, sizeof(from));
  ip_address::v4_bytes bytes;
  std::memcpy(bytes.data(), &from.sin_addr, sizeof(bytes));
  return {ip_address(bytes), ntohs(from.sin_port)};
}

unix_endpoint socket_address::to_unix() const {
  sockaddr_un from;
  std::memcpy(&from, &storage, sizeof(from));
  std::size_t const begin = offsetof(sockaddr_un, sun_path);
  std::size_t length = size > begin ? size - begin : 0;
  if (length != 0 && from.sun_path[0] != '\0') {
    length = ::strnlen(from.sun_path, length);
  }
  return {std::string(from.sun_path, length)};
}

} // namespace detail

io_result<ip_address> ip_address::parse(std::string_view text) {
  std::string address(text);
  // inet_pton() ends at the first null character.
  if (address.find('\0') != std::string::npos) {
    return {std::make_error_code(std::errc::invalid_argument), {}};
  }
  if (v4_bytes bytes; ::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
    return {{}, ip_address(bytes)};
  }
  std::uint32_t scope = 0;
  if (std::size_t const percent = address.find('%'); percent != std::string::npos) {
    std::string const zone = address.substr(percent + 1);
    address.resize(percent);
    scope = ::if_nametoindex(zone.c_str());
    bool is_number = !zone.empty() && zone.size() <= 9;
    for (char const digit : zone) {
      is_number = is_number && digit >= '0' && digit <= '9';
    }
    if (scope == 0 && is_number) {
      scope = static_cast<std::uint32_t>(std::stoul(zone));
    }
    if (scope == 0) {
      return {std::make_error_code(std::errc::invalid_argument), {}};
    }
  }
  v6_bytes bytes;

  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) {
    return {std::make_error_code(std::errc::invalid_argument), {}};
  }
  return {{}, ip_address(bytes, scope)};
}

std::string ip_address::to_string() const {
  char text[INET6_ADDRSTRLEN];
  std::string result(::inet_ntop(is_v6_ ? AF_INET6 : AF_INET, bytes_.data(), text, sizeof(text)));
  if (scope_ != 0) {
    char name[IF_NAMESIZE];
    result += '%';
    result += ::if_indextoname(scope_, name) != nullptr ? name : std::to_string(scope_);
  }
  return result;
}

std::string tcp_endpoint::to_string() const {
  std::string const text = address.to_string();
  return (address.is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port);
}

} // namespace snug::io
