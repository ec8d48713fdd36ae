// The connections of a small server, as such code has been written for twenty years.
#ifndef POOL_CONNECTION_HPP
#define POOL_CONNECTION_HPP

#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <new>

namespace pool {

struct timer {
  timer *next = nullptr;
  long deadline = 0;
};

struct window {
  char *begin;
  char *end;
};

class connection;

class reader {
public:
  explicit reader(connection &owner) : owner_(owner) {}
  void start();

private:
  connection &owner_;
  int wanted_ = 0;
};

class connection {
public:
  explicit connection(int fd) : fd_(fd), reader_(*this) {}
  connection(const connection &) = delete;

  // A timer that ran out knows nothing of connections.
  static connection *of(timer *t) {
    return reinterpret_cast<connection *>(reinterpret_cast<char *>(t) - offsetof(connection, idle_));
  }
  void touch(long now) { idle_.deadline = now + 30; }
  window *open_window() { return ::new (static_cast<void *>(storage_)) window{}; }

  boost::intrusive::list_member_hook<> hook;

private:
  friend class reader;
  int fd_;
  bool closing_ = false;
  timer idle_;
  reader reader_;
  alignas(window) char storage_[sizeof(window)];
};

using open_connections = boost::intrusive::list<
    connection, boost::intrusive::member_hook<connection, boost::intrusive::list_member_hook<>, &connection::hook>>;

} // namespace pool

#endif
