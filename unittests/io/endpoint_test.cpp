// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Addresses and endpoints as text, and on their way through the system.
#include "../../lib/io/socket_address.hpp"
#include <snug/io/endpoint.hpp>

#include <gtest/gtest.h>

#include <string>
#include <system_error>

namespace {

using namespace snug::io;

TEST(IpAddress, ReadsWhatItPrints) {
  for (char const *text : {"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::8:800:200c:417a"}) {
    auto const [ec, address] = ip_address::parse(text);
    EXPECT_FALSE(ec) << text;
    EXPECT_EQ(address.to_string(), text);
    EXPECT_EQ(address.is_v4(), std::string(text).find(':') == std::string::npos);
  }
  EXPECT_EQ(ip_address::parse("127.0.0.1").value, ip_address::loopback_v4());
  EXPECT_EQ(ip_address::parse("::1").value, ip_address::loopback_v6());
  EXPECT_EQ(ip_address(), ip_address::any_v4());
}

TEST(IpAddress, KnowsScopesByNumberAndByName) {
  auto const [ec, address] = ip_address::parse("fe80::1%4711");
  EXPECT_FALSE(ec);
  EXPECT_EQ(address.scope(), 4711u);
  EXPECT_EQ(address.to_string(), "fe80::1%4711");
  auto const named = ip_address::parse("fe80::1%lo");
  EXPECT_FALSE(named.ec);
  EXPECT_EQ(named.value.to_string(), "fe80::1%lo");
}

TEST(IpAddress, RefusesEverythingElse) {
  using namespace std::string_view_literals;
  for (std::string_view const text :
       {""sv, "1"sv, "1.2.3"sv, "1.2.3.4.5"sv, "256.0.0.1"sv, "localhost"sv, ":::"sv, "1::2::3"sv, "fe80::1%"sv,
        "fe80::1%nowhere"sv, "127.0.0.1\0x"sv, " 127.0.0.1"sv, "::1%99999999999999999999"sv}) {
    EXPECT_EQ(ip_address::parse(text).ec, std::errc::invalid_argument) << text;
  }
}

TEST(Endpoint, SurvivesTheWayThroughTheSystem) {
  for (char const *text : {"127.0.0.1", "2001:db8::1", "fe80::1%7"}) {
    tcp_endpoint const endpoint{ip_address::parse(text).value, 8080};
    EXPECT_EQ(detail::socket_address(endpoint).to_tcp(), endpoint);
  }
  for (std::string const &path :
       {std::string("/tmp/a"), std::string("\0abstract\0b", 11), std::string(), std::string(107, 'x')}) {
    EXPECT_EQ(detail::socket_address(unix_endpoint{path}).to_unix().path, path);
  }
  EXPECT_EQ(detail::socket_address(unix_endpoint{std::string(108, 'x')}).size, 0u);
  EXPECT_EQ((tcp_endpoint{ip_address::loopback_v6(), 80}).to_string(), "[::1]:80");
  EXPECT_EQ((tcp_endpoint{ip_address::loopback_v4(), 80}).to_string(), "127.0.0.1:80");
  EXPECT_LT((tcp_endpoint{ip_address::loopback_v4(), 80}), (tcp_endpoint{ip_address::loopback_v4(), 81}));
}

} // namespace
