// Every container of Boost.Intrusive, by base hook and by member hook.
#include <boost/intrusive/avl_set.hpp>
#include <boost/intrusive/bs_set.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/intrusive/rbtree.hpp>
#include <boost/intrusive/set.hpp>
#include <boost/intrusive/sg_set.hpp>
#include <boost/intrusive/slist.hpp>
#include <boost/intrusive/splay_set.hpp>
#include <boost/intrusive/treap_set.hpp>
#include <boost/intrusive/unordered_set.hpp>

namespace bi = boost::intrusive;

struct entry : bi::list_base_hook<>, bi::slist_base_hook<>, bi::set_base_hook<>, bi::unordered_set_base_hook<> {
  explicit entry(int k) : key(k) {}
  virtual ~entry() = default;
  friend bool operator<(const entry &a, const entry &b) { return a.key < b.key; }
  friend bool operator==(const entry &a, const entry &b) { return a.key == b.key; }
  friend std::size_t hash_value(const entry &e) { return static_cast<std::size_t>(e.key); }
  int key;
  bi::list_member_hook<> in_list;
  bi::slist_member_hook<> in_slist;
  bi::set_member_hook<> in_set;
  bi::avl_set_member_hook<> in_avl;
  bi::bs_set_member_hook<> in_splay;
};

template <class List> int ends(List &list, entry &e) {
  list.push_front(e);
  int sum = list.front().key;
  for (entry &each : list)
    sum += each.key;
  list.erase(list.iterator_to(e));
  return sum;
}

template <class Set> int ordered(Set &set, entry &e) {
  set.insert(e);
  int sum = set.count(e) != 0 ? set.begin()->key : 0;
  set.erase(set.iterator_to(e));
  return sum;
}

int use(entry &e) {
  bi::list<entry> list;
  bi::list<entry, bi::member_hook<entry, bi::list_member_hook<>, &entry::in_list>> member_list;
  bi::slist<entry> slist;
  bi::slist<entry, bi::member_hook<entry, bi::slist_member_hook<>, &entry::in_slist>> member_slist;
  bi::set<entry> set;
  bi::set<entry, bi::member_hook<entry, bi::set_member_hook<>, &entry::in_set>> member_set;
  bi::avl_set<entry, bi::member_hook<entry, bi::avl_set_member_hook<>, &entry::in_avl>> avl;
  bi::splay_set<entry, bi::member_hook<entry, bi::bs_set_member_hook<>, &entry::in_splay>> splay;
  using hashed = bi::unordered_set<entry>;
  hashed::bucket_type buckets[16];
  hashed hash(hashed::bucket_traits(buckets, 16));
  return ends(list, e) + ends(member_list, e) + ends(slist, e) + ends(member_slist, e) + ordered(set, e) +
         ordered(member_set, e) + ordered(avl, e) + ordered(splay, e) + ordered(hash, e);
}
