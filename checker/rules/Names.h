// How messages name types, members and instantiations.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_NAMES_H
#define SNUG_CHECKER_RULES_NAMES_H

#include "rules/Rule.h"

#include "clang/AST/Decl.h"

#include <optional>
#include <string>

namespace snug::rules {

/// The type in single quotes, as a reader would write it: without cv on the outside, template arguments cut to "…"
/// where the name would not fit into half a line.
std::string quoted(clang::QualType T, const clang::ASTContext &AST);
std::string quoted(const clang::RecordDecl &D);
/// The declared name in single quotes; unnamed members by what they are.
std::string quoted(const clang::ValueDecl &D);

/// "1 byte", "16 bytes".
std::string bytes(std::int64_t N);
/// "1 other instantiation", "3 other instantiations".
std::string countOf(std::uint64_t N, const char *Noun);

/// "in instantiation of 'slot<int>::up' requested here" for a function that is, or stands in, an instantiation.
std::optional<Reason> instantiationReason(const clang::FunctionDecl *Function, const RuleContext &Context);

} // namespace snug::rules

#endif
