// Coroutine promises and stream classes: what other libraries build, by their shape alone. The promise lies at a constant
// distance in every frame, and so do its parts; a stream knows its buffer. P3425R1 has the idea.
// RUN: %verify_both %s -- -I%S/Inputs
#include "senders.h"

namespace promises {
template <class P = void> struct handle {
  void *address;
};
struct promise;
// What waits at the end resumes whoever waits for the promise.
struct final_awaiter {
  promise &of; // expected-note {{8 bytes at offset 0 hold 'of', a reference to the enclosing 'promises::promise'}}
  explicit final_awaiter(promise &p) : of(p) {}
};
// expected-warning@+2 {{class 'promises::promise' stores 1 back-pointer, 8 bytes, that its address already determines}}
// expected-note@+1 {{'promises::promise' is 16 bytes; without its back-pointers it could be 8}}
struct promise : immovable {
  final_awaiter at_end; // expected-note {{'of' is redundant because 'at_end' is always a member of 'promises::promise', at offset 0; as a base class it could reach the whole by static_cast, or its functions could take the whole as an argument}}
  handle<> continuation;
  promise() : at_end(*this), continuation{nullptr} {}
};

// The executor of a task stored in its promise and again in each of its children's slots.
struct scope;
template <class T> struct slot {
  scope *const owner; // expected-note {{8 bytes at offset 8 hold 'owner', a pointer to the enclosing 'promises::scope'}} \
                         expected-note {{8 bytes at offset 24 hold 'owner', a pointer to the enclosing 'promises::scope'}}
  T result{};
};
// expected-warning@+2 {{class 'promises::scope' stores 2 back-pointers, 16 bytes}}
// expected-note@+1 {{'promises::scope' is 40 bytes; without its back-pointers it could be 24}}
struct scope : immovable {
  long pending = 0;
  slot<long> first{this};  // expected-note {{'owner' is redundant because 'first' is always a member of 'promises::scope', at offset 8}}
  slot<long> second{this}; // expected-note {{'owner' is redundant because 'second' is always a member of 'promises::scope', at offset 24}}
};
scope one;
} // namespace promises

namespace streams {
struct buffer {
  char *begin = nullptr, *end = nullptr;
};
// The base is told where the derived class keeps its buffer.
class writer : immovable {
  buffer &out; // expected-note {{8 bytes at offset 0 hold 'out', a reference to the 'streams::buffer' at offset 8}}

public:
  explicit writer(buffer &b) : out(b) {}
};
// expected-warning@+3 {{class 'streams::string_writer' stores 1 back-pointer, 8 bytes}}
// expected-note@+2 {{'out' is redundant because 'streams::writer' is always a base of 'streams::string_writer', at offset 0; a static_cast from the base leads to the whole}}
// expected-note@+1 {{'streams::string_writer' is 24 bytes; without its back-pointers it could be 16}}
class string_writer : public writer {
  buffer own;

public:
  string_writer() : writer(own) {}
};

// A parser that keeps the message and a reference to its body.
struct message {
  long header;
  buffer body;
};
// expected-warning@+2 {{class 'streams::parser' stores 1 back-pointer, 8 bytes}}
// expected-note@+1 {{'streams::parser' is 32 bytes; without its back-pointers it could be 24}}
class parser : immovable {
  message whole;
  struct reader {
    buffer &body; // expected-note {{8 bytes at offset 24 hold 'body', a reference to the 'streams::buffer' at offset 8}}
  } into; // expected-note {{'body' is redundant because 'into' is always a member of 'streams::parser', at offset 24}}

public:
  parser() : whole(), into{whole.body} {}
};
} // namespace streams

// Somebody else's: the distance is not constant, or the object moves.
namespace silent {
struct session;
struct awaiter_elsewhere {
  session &of;
};
struct session {
  long state;
  awaiter_elsewhere wait() { return {*this}; }
};
class view : immovable {
  streams::buffer &of;

public:
  explicit view(streams::buffer &b) : of(b) {}
};
class movable_stream {
  streams::buffer own;
  streams::buffer *now = &own;

public:
  movable_stream(movable_stream &&other) : own(other.own), now(&own) {}
};
} // namespace silent
