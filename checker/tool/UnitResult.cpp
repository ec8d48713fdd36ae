// What checking one source yields, as bytes: it travels from the process that checked it, and it is kept in the cache.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/UnitResult.h"

#include "tool/Bytes.h"

#include <type_traits>

namespace snug::tool {
namespace {

class Writer {
public:
  void operator()(const std::string &Text) { Out.text(Text); }
  template <typename Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void operator()(Number N) {
    Out.number(static_cast<std::uint64_t>(N));
  }
  template <typename T> void operator()(const std::vector<T> &All) {
    Out.number(All.size());
    for (const T &One : All)
      visit(*this, One);
  }
  template <typename... Part>
    requires(sizeof...(Part) > 1)
  void operator()(const Part &...Parts) {
    (visit(*this, Parts), ...);
  }

  std::string take() { return Out.take(); }

private:
  ByteWriter Out;
};

class Reader {
public:
  explicit Reader(llvm::StringRef Bytes) : In(Bytes) {}

  void operator()(std::string &Text) { Text = In.text().str(); }
  template <typename Number>
    requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void operator()(Number &N) {
    N = static_cast<Number>(In.number());
  }
  template <typename T> void operator()(std::vector<T> &All) {
    for (std::uint64_t Left = In.count(); In.isGood() && Left; --Left)
      visit(*this, All.emplace_back());
  }
  template <typename... Part>
    requires(sizeof...(Part) > 1)
  void operator()(Part &...Parts) {
    (visit(*this, Parts), ...);
  }

  bool isFinished() const { return In.isFinished(); }

private:
  ByteReader In;
};

// Each names all members, so that a new one does not compile before it is carried.
// `Raw` is of one process only.
template <typename T, typename Struct>
concept Of = std::is_same_v<std::remove_const_t<T>, Struct>;

template <typename Archive, Of<Location> T> void visit(Archive &A, T &Value) {
  auto &[File, Line, Column, Raw] = Value;
  A(File, Line, Column);
}
template <typename Archive, Of<Replacement> T> void visit(Archive &A, T &Value) {
  auto &[Begin, End, Text] = Value;
  A(Begin, End, Text);
}
template <typename Archive, Of<Reason> T> void visit(Archive &A, T &Value) {
  auto &[Id, Text, Where, FixIts] = Value;
  A(Id, Text, Where, FixIts);
}
template <typename Archive, Of<Finding> T> void visit(Archive &A, T &Value) {
  auto &[RuleId, Severity, Result, Where, Message, Entity, Reasons, FixIts] = Value;
  A(RuleId, Severity, Result, Where, Message, Entity, Reasons, FixIts);
}
template <typename Archive, Of<rules::RuleCost> T> void visit(Archive &A, T &Value) {
  auto &[Id, Calls, Nanoseconds] = Value;
  A(Id, Calls, Nanoseconds);
}
template <typename Archive, Of<rules::Statistics> T> void visit(Archive &A, T &Value) {
  auto &[Records, Traversals, Functions, Statements, Graphs, Searched, Walk, Classes, End, Rules, UsedBudgets,
         UsedHeaderGlobs] = Value;
  A(Records, Traversals, Functions, Statements, Graphs, Searched, Walk, Classes, End, Rules, UsedBudgets,
    UsedHeaderGlobs);
}
template <typename Archive, Of<UnitResult> T> void visit(Archive &A, T &Value) {
  auto &[Findings, Seen, Nanoseconds, CompilerErrors, NotKept] = Value;
  A(Findings, Seen, Nanoseconds, CompilerErrors, NotKept);
}
template <typename Archive, typename T>
  requires requires(Archive &A, T &Value) { A(Value); }
void visit(Archive &A, T &Value) {
  A(Value);
}

} // namespace

std::string toBytes(const UnitResult &Result) {
  Writer W;
  visit(W, Result);
  return W.take();
}

std::optional<UnitResult> unitResultFrom(llvm::StringRef Bytes) {
  Reader R(Bytes);
  UnitResult Result;
  visit(R, Result);
  if (!R.isFinished())
    return std::nullopt;
  return Result;
}

} // namespace snug::tool
