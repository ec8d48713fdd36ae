// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Type-erased streams, sources and sinks, whose operations allocate nothing.
#ifndef SNUG_ANY_HPP
#define SNUG_ANY_HPP

#include <snug/any/any_read_source.hpp>
#include <snug/any/any_read_stream.hpp>
#include <snug/any/any_stream.hpp>
#include <snug/any/any_write_sink.hpp>
#include <snug/any/any_write_stream.hpp>

#endif
