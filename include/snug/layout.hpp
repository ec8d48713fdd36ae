// Compile-time layout of aggregates, on every compiler: sizes, offsets, padding, pointers, cache lines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Built on Boost.PFR, so it knows of a type what structured bindings know. It cannot do, and says so in one message:
// unions, classes that are no aggregates (any constructor, private member or virtual function), base classes, arrays of
// scalars as members (use std::array), and everything that takes members out of their natural places: alignas on a
// member, packing, [[no_unique_address]]. These it cannot even recognise: bit-fields (the compiler complains inside
// PFR), references (taken for what they refer to, unless the size gives them away), and a displaced member whose
// displacement changes neither size nor alignment of the class. For all of these, and for what is inside non-aggregate
// members, ask the verifier: `snug layout`, or SNUG(padding(0)) of <snug/expect.hpp> under the plugin.
#ifndef SNUG_LAYOUT_HPP
#define SNUG_LAYOUT_HPP

#include <snug/layout/cache_lines.hpp>
#include <snug/layout/fields.hpp>
#include <snug/layout/padding.hpp>
#include <snug/layout/pointer_slots.hpp>

#endif
