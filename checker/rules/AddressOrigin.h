// Where the value of a pointer comes from, seen from one complete object under construction.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_RULES_ADDRESSORIGIN_H
#define SNUG_CHECKER_RULES_ADDRESSORIGIN_H

#include "rules/Subobjects.h"
#include "rules/WriterIndex.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>

namespace snug::rules {

/// The value of a pointer, or the address a reference is bound to.
struct Origin {
  enum class Kind : std::uint8_t {
    /// Not traced: loaded through a pointer, or made by code that is not visible.
    Unknown,
    /// Handed to the constructor from outside, by itself or in another object.
    Outside,
    /// Nothing is written there (yet): no initialiser, or a null pointer.
    Nothing,
    /// The subobject of class `Class` at `Offset` bytes in the object looked at, whatever the object's address is.
    Inside
  };
  Kind What = Kind::Unknown;
  std::int64_t Offset = 0;
  const clang::CXXRecordDecl *Class = nullptr;

  static Origin nothing() { return {Kind::Nothing, 0, nullptr}; }
  static Origin inside(std::int64_t Offset, const clang::CXXRecordDecl *Class) { return {Kind::Inside, Offset, Class}; }
  bool isInside() const { return What == Kind::Inside; }
  friend bool operator==(const Origin &, const Origin &) = default;
};

/// Evaluates initialisers symbolically, call by call, with the object's own address as the only unknown that is
/// followed: through constructors, member initialisers, default member initialisers, braces, calls whose returned
/// expressions are visible, parameters, captures, copies, casts in the class hierarchy, and placement new into a byte
/// member.
///
/// Input: complete classes of the translation unit, instantiated.
/// Undecided when: see Origin::Kind::Unknown; also when the work exceeds a fixed budget per question.
class AddressOrigin {
public:
  AddressOrigin(Subobjects &Shapes, const WriterIndex &Writers) : Shapes(Shapes), Writers(Writers) {}

  /// What `Constructor` of `Object` leaves in the pointer at the end of `Path`.
  Origin afterConstruction(const clang::CXXRecordDecl &Object, const clang::CXXConstructorDecl &Constructor,
                           const Step *Path);

  /// What the initialiser list leaves in the pointer at the end of `Path`.
  Origin afterBraces(const clang::CXXRecordDecl &Object, const clang::InitListExpr &List, const Step *Path);

  /// A function being looked into, with what its parameters are bound to.
  struct Frame {
    const clang::FunctionDecl *Function;
    llvm::ArrayRef<const clang::Expr *> Arguments;
    const Frame *Caller;
    /// What `this` is, and the class it has the type of; a frame for braces has a class and no function.
    Origin This;
    const clang::CXXRecordDecl *ThisClass;
    /// The object expression of a member call, evaluated in `Caller`; null elsewhere.
    const clang::Expr *Object;
  };

  /// Starts a question with a new budget; what is asked below belongs to the question begun last.
  void beginQuestion();
  /// False when the budget of the question is used up.
  bool spend() { return Budget != 0 && --Budget != 0; }
  /// Calls `Then(Frame)` for what the call enters; Unknown where its body is not visible.
  Origin enter(const clang::CallExpr &Call, const Frame &F, llvm::function_ref<Origin(const Frame &)> Then);
  /// The address of a glvalue, and the value of a pointer, evaluated in `F`.
  Origin address(const clang::Expr *E, const Frame &F);
  Origin pointer(const clang::Expr *E, const Frame &F);

private:
  using Arguments = llvm::SmallVector<const clang::Expr *, 8>;

  Origin constructed(const Frame &F, const Step *Path);
  Origin created(const Frame &F, const Step &Storage);
  Origin initialized(const clang::Expr *E, const Frame &F, Origin At, const Step *Path);
  Origin initializedByConstructor(const clang::CXXConstructExpr &E, const Frame &F, Origin At, const Step *Path);
  Origin initializedByList(const clang::InitListExpr &List, const Frame &F, Origin At, const Step *Path);
  Origin initializedByCall(const clang::CallExpr &Call, const Frame &F, Origin At, const Step *Path);
  Origin read(const clang::Expr *E, const Frame &F, const Step *Path);
  Origin readThisMember(const clang::CXXThisExpr &This, const Frame &F, const Step *Path);
  Origin readInside(Origin At, const Frame &F, const Step *Path);
  Origin cast(const clang::CastExpr &Cast, Origin Value);

  /// Calls `Then(Expr, Frame)` for each returned expression; all must agree.
  template <class Continuation> Origin returned(const clang::CallExpr &Call, const Frame &F, Continuation Then);
  /// Calls `Then(Expr, Frame)` for what a variable or parameter was made from.
  template <class Continuation> Origin bound(const clang::VarDecl &Variable, const Frame &F, Continuation Then);

  const Frame *frameOf(const clang::CXXThisExpr &This, const Frame &F) const;
  llvm::ArrayRef<const clang::Expr *> returnsOf(const clang::FunctionDecl &Definition);

  Subobjects &Shapes;
  const WriterIndex &Writers;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<llvm::SmallVector<const clang::Expr *, 1>>> Returns;
  unsigned Budget = 0;
  unsigned Depth = 0;
};

/// Constructors that make new objects: neither deleted, nor copying, nor moving, nor patterns; specialisations
/// included.
llvm::SmallVector<const clang::CXXConstructorDecl *, 4> makingConstructors(const clang::CXXRecordDecl &Record);

} // namespace snug::rules

#endif
