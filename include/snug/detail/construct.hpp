// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// std::construct_at and std::destroy_at, from the smallest header of the standard library that has them.
#ifndef SNUG_DETAIL_CONSTRUCT_HPP
#define SNUG_DETAIL_CONSTRUCT_HPP

#include <snug/config.hpp>

#include SNUG_CONSTRUCT_AT_HEADER

#endif
