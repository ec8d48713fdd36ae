// Findings about a class template: one for all its specialisations, at the one place where the user reads about them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_SPECIALISATIONS_H
#define SNUG_CHECKER_RULES_SPECIALISATIONS_H

#include "rules/Rule.h"

#include "llvm/ADT/MapVector.h"

#include <cstdint>

namespace snug::rules {

/// Keeps of each template the specialisation with the greatest amount, and how many others there were.
class HeaviestSpecialisations {
public:
  struct Kept {
    const clang::CXXRecordDecl *Record = nullptr;
    std::uint64_t Amount = 0;
    unsigned Others = 0;
  };

  void add(const clang::CXXRecordDecl &Record, std::uint64_t Amount);
  /// In the order in which the templates were met.
  const llvm::MapVector<const clang::Decl *, Kept> &all() const { return ByTemplate; }

private:
  llvm::MapVector<const clang::Decl *, Kept> ByTemplate;
};

/// Adds "the same holds in 2 other specialisations", if there were others.
void addOthers(Finding &F, const HeaviestSpecialisations::Kept &K);

} // namespace snug::rules

#endif
