// Judges writes of a pointer after its initialisation: is it still the same, in every run?
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_LATERWRITES_H
#define SNUG_CHECKER_RULES_LATERWRITES_H

#include "rules/AddressOrigin.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace snug::rules {

/// Follows writes through all visible callers to the member function of the object that starts them.
///
/// Undecided when: a caller is not visible, or more than a few calls away; or the origin of the value or of the object
/// written to is (see Origin::Kind::Unknown). Then `Other`.
class LaterWrites {
public:
  LaterWrites(Subobjects &Shapes, const WriterIndex &Writers, AddressOrigin &Origins)
      : Shapes(Shapes), Writers(Writers), Origins(Origins) {}

  /// How a write looks from an object.
  enum class Kind : std::uint8_t {
    /// Not decided, or another value.
    Other,
    /// An allowed value, written into the object by its constructors in every run.
    FromConstructor,
    /// The same, from other member functions too, or in some runs only.
    FromMember
  };
  /// Judges both the part of the object that is written to (`Target`, the offset of the pointer) and the value.
  Kind judge(const clang::CXXRecordDecl &Object, const WriterIndex::Write &Write, std::int64_t Target,
             llvm::ArrayRef<std::int64_t> AllowedValues);

private:
  using Frame = AddressOrigin::Frame;

  bool climb(const clang::CXXRecordDecl &Object, const clang::FunctionDecl *Function, unsigned Climbed, bool &Late,
             llvm::function_ref<bool(const Frame &)> Then);

  Subobjects &Shapes;
  const WriterIndex &Writers;
  AddressOrigin &Origins;
};

} // namespace snug::rules

#endif
