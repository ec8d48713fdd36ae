// Names of targets and figures.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "facts/Facts.h"

#include "llvm/TargetParser/Triple.h"

namespace snug::facts {

std::string targetName(llvm::StringRef Triple) {
  const llvm::Triple T(llvm::Triple::normalize(Triple));
  llvm::StringRef Arch = T.getArchName();
  std::string Name = (Arch.consume_front("thumb") ? "arm" : "") + Arch.str();
  if (T.getVendor() != llvm::Triple::UnknownVendor && T.getVendor() != llvm::Triple::PC)
    Name += ("-" + T.getVendorName()).str();
  const bool HasSystem = T.getOS() != llvm::Triple::UnknownOS;
  Name += "-" + (HasSystem ? llvm::Triple::getOSTypeName(T.getOS()).str() : std::string("none"));
  if (T.getEnvironment() != llvm::Triple::UnknownEnvironment)
    Name += ("-" + llvm::Triple::getEnvironmentTypeName(T.getEnvironment())).str();
  return Name;
}

std::string toString(const StatedFigure &Figure) {
  return toString(Figure.Name) + "(" + std::to_string(Figure.Value) + ")" +
         (Figure.Member.empty() ? "" : "@" + Figure.Member);
}

} // namespace snug::facts
