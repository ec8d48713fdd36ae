// A redundant reference in a header that everybody has: LLVM's stream that buffers into a member of its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <llvm/Support/raw_ostream.h>

void use(llvm::raw_pwrite_stream &out) {
  llvm::buffer_ostream buffered(out);
  buffered << "text";
}
