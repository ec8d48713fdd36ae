// Puts connections into the list of open ones.
#include "connection.hpp"

int main() {
  pool::connection first(3), second(4);
  pool::open_connections open;
  open.push_back(first);
  open.push_back(second);
  for (pool::connection &c : open)
    c.touch(100);
  const auto count = open.size();
  open.clear();
  return count == 2 ? 0 : 1;
}
