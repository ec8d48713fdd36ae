// Code that never heard of snug: a value found back from its hook by Boost.Intrusive, and Boost.Asio's I/O objects.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

struct connection {
  int descriptor = -1;
  boost::intrusive::list_member_hook<> hook;
};
using connections = boost::intrusive::list<
    connection, boost::intrusive::member_hook<connection, boost::intrusive::list_member_hook<>, &connection::hook>>;

int main() {
  connection one;
  connections all;
  all.push_back(one);
  int const descriptor = all.front().descriptor;
  all.clear();
  boost::asio::io_context context;
  boost::asio::steady_timer timer(context);
  return descriptor == -1 ? 0 : 1;
}
