// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A chat room over loopback, from which people are shown out, and which is closed, by stop tokens.
//
// Each member is two coroutines, one that listens to it and one that speaks to it, under a stop source of its own. The
// room's stop source asks all of them at once. Nobody keeps a list of sockets to close, and nobody polls.
#include <snug/execution.hpp>
#include <snug/io.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <deque>
#include <exception>
#include <list>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace ex = snug::execution;
namespace io = snug::io;
using namespace std::chrono_literals;

// Reads a connection line by line.
class line_reader {
public:
  static constexpr std::size_t longest = 512;

  explicit line_reader(io::tcp_socket &from) noexcept : from_(&from) {}

  io::task<io::io_result<std::string>> next() {
    for (;;) {
      if (std::size_t const end = unread_.find('\n'); end != std::string::npos) {
        std::string line = unread_.substr(0, end);
        unread_.erase(0, end + 1);
        co_return {{}, std::move(line)};
      }
      if (unread_.size() >= longest) {
        co_return {std::make_error_code(std::errc::message_size), {}};
      }
      std::array<char, 256> memory;
      auto const [error, n] = co_await from_->read_some(io::buffer(memory));
      if (error) {
        co_return {error, {}};
      }
      unread_.append(memory.data(), n);
    }
  }

private:
  io::tcp_socket *from_;
  std::string unread_;
};

struct member {
  member(io::io_context &context, io::tcp_socket connection, snug::inplace_stop_token room) noexcept
      : socket(std::move(connection)), news(context, io::steady_timer::clock::time_point::max()),
        with_room(room, stopper{stop}) {}

  // Says a line to the member, when it is its turn.
  void tell(std::string line) {
    if (outbox.size() == 64) {
      stop.request_stop(); // it does not read: nobody waits for it
      return;
    }
    outbox.push_back(std::move(line));
    news.cancel();
  }

  io::tcp_socket socket;
  io::steady_timer news; // never expires: cancelled where there is something to say
  std::deque<std::string> outbox;
  std::string name;

  struct stopper {
    void operator()() const noexcept { source.request_stop(); }
    snug::inplace_stop_source &source;
  };
  snug::inplace_stop_source stop;
  snug::inplace_stop_callback<stopper> with_room; // closing the room stops each of its members
};

struct room {
  void tell_all(std::string const &line) {
    for (member *one : members) {
      one->tell(line + '\n');
    }
  }
  void show_out(std::string_view name) {
    for (member *one : members) {
      if (one->name == name) {
        std::erase(members, one);
        one->stop.request_stop();
        tell_all("* " + std::string(name) + " was shown out");
        return;
      }
    }
  }

  void leave(member &who) {
    if (std::erase(members, &who) != 0) {
      tell_all("* " + who.name + " left");
    }
    connected.remove_if([&who](member const &one) { return &one == &who; });
  }

  std::list<member> connected;
  std::vector<member *> members; // those who have said their name
  int visitors = 0;
  int failures = 0;
  snug::inplace_stop_source stop;
};

// Says to a member what there is to be said, until it is stopped.
io::task<> speak(member &to) {
  while (!to.stop.stop_requested()) {
    if (to.outbox.empty()) {
      auto const [cancelled] = co_await to.news.wait();
      if (cancelled && to.outbox.empty()) {
        co_return; // no news: the stop token that the task runs with, or the end of the context
      }
      continue;
    }
    std::string const line = std::move(to.outbox.front());
    to.outbox.pop_front();
    auto const [error, n] = co_await to.socket.write(io::buffer(line));
    if (error) {
      to.stop.request_stop();
    }
  }
}

// Hands on what a member says; its first line is its name.
io::task<> listen(room &in, member &who) {
  line_reader lines(who.socket);
  for (;;) {
    auto const [error, line] = co_await lines.next();
    if (error) {
      break;
    }
    if (who.name.empty()) {
      who.name = line;
      in.members.push_back(&who);
      in.tell_all("* " + line + " joined");
    } else if (line.starts_with("/out ")) {
      in.show_out(std::string_view(line).substr(5));
    } else if (line == "/close") {
      in.stop.request_stop();
    } else {
      in.tell_all(who.name + ": " + line);
    }
  }
  who.stop.request_stop();
}

io::task<> session(room &in, member &who) { co_await ex::when_all(listen(in, who), speak(who)); }

io::task<> serve(io::io_context &context, io::tcp_acceptor acceptor, room &in) {
  for (;;) {
    auto [error, socket] = co_await acceptor.accept();
    if (in.stop.stop_requested()) {
      co_return;
    }
    if (error) {
      ++in.failures;
      co_return;
    }
    ++in.visitors;
    member &who = in.connected.emplace_back(context, std::move(socket), in.stop.get_token());
    auto const leave = [&in, &who] { in.leave(who); };
    auto const fail = [&in, &who](std::exception_ptr) {
      ++in.failures;
      in.leave(who);
    };
    // With a stop token of its own, which everything that it awaits gets to see.
    io::async_run(context.get_executor(), session(in, who), leave, fail, who.stop.get_token());
  }
}

// What somebody says as soon as it hears something.
struct reply {
  std::string_view heard;
  std::string_view said;
};

struct guest {
  std::string_view name;
  std::vector<reply> replies;
  std::vector<std::string> heard;
};

// People who come one after the other, each when the one before is there.
struct party {
  io::task<> visit(std::size_t number) {
    guest &self = guests[number];
    io::tcp_socket socket(context);
    auto const [refused] = co_await socket.connect(address);
    if (refused) {
      self.heard.push_back(refused.message());
      co_return;
    }
    std::string said = std::string(self.name) + '\n';
    auto [error, n] = co_await socket.write(io::buffer(said));
    line_reader lines(socket);
    while (!error) {
      auto const [end, line] = co_await lines.next();
      error = end;
      self.heard.push_back(end ? '(' + end.message() + ')' : line);
      if (line == "* " + std::string(self.name) + " joined") {
        invite(number + 1);
      }
      for (reply const &one : self.replies) {
        if (!error && one.heard == line) {
          said = std::string(one.said) + '\n';
          auto const [not_sent, sent] = co_await socket.write(io::buffer(said));
          error = not_sent;
        }
      }
    }
  }
  void invite(std::size_t number) {
    if (number != guests.size()) {
      io::async_run(context.get_executor(), visit(number));
    }
  }

  std::vector<guest> guests;
  io::tcp_endpoint address;
  io::io_context context; // last: what waits on it refers to the others
};

int main() {
  room in;
  party visitors;
  visitors.guests = {
      {"ada", {{"* cyd joined", "good morning"}, {"* bob was shown out", "was that necessary?"}}, {}},
      {"bob", {{"ada: good morning", "BUY MY BOOK"}}, {}},
      {"cyd", {{"bob: BUY MY BOOK", "/out bob"}, {"ada: was that necessary?", "/close"}}, {}},
  };
  io::io_context &context = visitors.context;
  io::tcp_acceptor acceptor(context);
  if (auto const error = acceptor.listen({io::ip_address::loopback_v4(), 0})) {
    std::printf("cannot listen: %s\n", error.message().c_str());
    return 1;
  }
  visitors.address = acceptor.local_endpoint().value;
  io::async_run(
      context.get_executor(), serve(context, std::move(acceptor), in), [] {},
      [&in](std::exception_ptr) { ++in.failures; }, in.stop.get_token());
  visitors.invite(0);
  context.run_for(30s);

  for (guest const &one : visitors.guests) {
    std::printf("%s heard:\n", std::string(one.name).c_str());
    for (std::string const &line : one.heard) {
      std::printf("  %s\n", line.c_str());
    }
  }
  std::printf("room: %d visitors, %zu still there, %d failures\n", in.visitors, in.members.size(), in.failures);
}
