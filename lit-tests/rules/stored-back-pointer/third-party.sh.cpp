// Code that never heard of snug: both LLVM streams below write into their own member 'Buffer' through a reference that
// their base stores; Boost.Beast's parser keeps a reference to the body of the message beside it.
// RUN: %snug check --checks=stored-back-pointer --include-system-headers %s -- -std=c++20 %llvm_include > %t.txt
// RUN: FileCheck %s < %t.txt
// Without the option nothing of that is the user's concern.
// RUN: %snug check --checks=stored-back-pointer %s -- -std=c++20 %llvm_include 2>&1 | FileCheck %s --check-prefix=EXCLUDED
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <llvm/Support/raw_ostream.h>

boost::beast::http::parser<true, boost::beast::http::string_body> parser;

// CHECK: parser.hpp:{{.*}}: warning: class 'boost::beast::http::parser<true, boost::beast::http::basic_string_body<…>>' stores 1 back-pointer, 8 bytes,
// CHECK: string_body.hpp:{{.*}}: note: 8 bytes at offset {{[0-9]+}} hold 'body_', a reference to the 'std::basic_string<char>' at offset
// CHECK: note: 'body_' is redundant because 'rd_' is always a member of 'boost::beast::http::parser<
// CHECK: raw_ostream.h:{{.*}}: warning: class 'llvm::buffer_ostream' stores 1 back-pointer, 8 bytes,
// CHECK: note: 8 bytes at offset 48 hold 'OS', a reference to the 'llvm::SmallVectorImpl<char>' at offset 64
// CHECK: note: 'llvm::buffer_ostream' is 88 bytes; without its back-pointers it could be 80
// CHECK: raw_ostream.h:{{.*}}: warning: class 'llvm::buffer_unique_ostream' stores 1 back-pointer, 8 bytes,
// CHECK-NOT: warning:

// EXCLUDED: 1 file, 0 findings
