// What happens to connections: reading, messages, time.
#include "connection.hpp"

namespace pool {

void reader::start() { wanted_ = owner_.closing_ ? 0 : 4096; }

struct frame_header {
  unsigned length;
  unsigned short kind;
};
struct ping {
  unsigned sequence; // came last year
  frame_header header;
};

unsigned sequence_of(frame_header *h) { return reinterpret_cast<ping *>(h)->sequence; }

connection *expired(timer *first, long now) {
  for (timer *t = first; t; t = t->next)
    if (t->deadline < now)
      return connection::of(t);
  return nullptr;
}

} // namespace pool
