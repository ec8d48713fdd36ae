// Finds uses of an object in bytes where nothing was created yet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LIFETIMENOTSTARTED_H
#define SNUG_CHECKER_RULES_LIFETIMENOTSTARTED_H

#include "rules/StorageLifetime.h"

namespace snug::rules {

/// See StorageLifetimeRule for what is looked at, and what is undecided and silent.
/// Source: [basic.life]/2, /7.
class LifetimeNotStarted : public StorageLifetimeRule {
public:
  using StorageLifetimeRule::StorageLifetimeRule;

protected:
  void report(const LifetimeFault &Fault, const clang::FunctionDecl &F, RuleContext &Context) override;
};

} // namespace snug::rules

#endif
