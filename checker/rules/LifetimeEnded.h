// Finds uses of an object in bytes after it was destroyed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LIFETIMEENDED_H
#define SNUG_CHECKER_RULES_LIFETIMEENDED_H

#include "rules/StorageLifetime.h"

namespace snug::rules {

/// See StorageLifetimeRule for what is looked at, and what is undecided and silent.
/// Source: [basic.life]/7, /8.
class LifetimeEnded : public StorageLifetimeRule {
public:
  using StorageLifetimeRule::StorageLifetimeRule;

protected:
  void report(const LifetimeFault &Fault, const clang::FunctionDecl &F, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
