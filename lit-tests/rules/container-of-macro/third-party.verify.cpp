// Boost.Intrusive's member hooks recover the element from the hook by the offset of a pointer to member: found when
// system headers are asked for, at the helper that computes it. [expr.add]/4, [expr.mptr.oper]/4.
// RUN: %verify_both %s --checks=container-of-* --include-system-headers --ignore-notes
// RUN: %snug check %s --checks=container-of-* --include-system-headers -- -std=c++20 | FileCheck %s
// RUN: %snug check %s --checks=container-of-* -- -std=c++20 2>&1 | FileCheck %s --check-prefix=QUIET
#include <boost/intrusive/list.hpp>

struct item {
  int value;
  boost::intrusive::list_member_hook<> hook;
};
using by_hook = boost::intrusive::member_hook<item, boost::intrusive::list_member_hook<>, &item::hook>;
using items = boost::intrusive::list<item, by_hook>;

int sum(items &all) {
  int result = 0;
  for (item &i : all)
    result += i.value;
  return result;
}
// expected-warning@*:* {{the address of the enclosing 'item' is computed by pointer arithmetic that leaves the 'boost::intrusive::list_member_hook<>'; this is undefined}}

// CHECK: parent_from_member.hpp:{{[0-9]+}}:{{[0-9]+}}: warning: the address of the enclosing 'item' is computed by pointer arithmetic that leaves the 'boost::intrusive::list_member_hook<>'
// CHECK: note: 'parent_from_member' computes the offset from a pointer to member
// CHECK: note: in instantiation of 'boost::intrusive::detail::parent_from_member<
// QUIET: 0 findings
