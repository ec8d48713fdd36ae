// Names as people write them: demangling, base names, and matching a function against what was asked for.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"

#include <algorithm>
#include <tuple>

namespace snug::machine {
namespace {

using llvm::StringRef;

/// Where the parameter list begins, where the name begins, and where its own template arguments begin.
struct Parts {
  size_t NameBegin = 0;     ///< behind the return type
  size_t BaseBegin = 0;     ///< behind the last "::" of the name
  size_t TemplateBegin = 0; ///< of the last component; NameEnd when there are none
  size_t NameEnd = 0;       ///< the parameter list, or the end
};

bool isOperatorAt(StringRef S, size_t I) {
  return S.substr(I).starts_with("operator") && (I == 0 || S[I - 1] == ':' || S[I - 1] == ' ');
}

/// One pass with a bracket count; operators and anonymous namespaces hold brackets that are not ones.
Parts split(StringRef S) {
  Parts P;
  unsigned Depth = 0;
  bool SawTemplate = false;
  P.NameEnd = S.size();
  for (size_t I = 0; I < S.size(); ++I) {
    const char C = S[I];
    if (Depth == 0 && isOperatorAt(S, I)) {
      // Up to the parameter list: "operator()" keeps its own brackets, conversions keep their type.
      size_t End = I + 8;
      if (S.substr(End).starts_with("()"))
        End += 2;
      End = S.find('(', End);
      P.NameEnd = P.TemplateBegin = End == StringRef::npos ? S.size() : End;
      return P;
    }
    if (C == '(' && Depth == 0) {
      if (S.substr(I).starts_with("(anonymous namespace)")) {
        I += StringRef("(anonymous namespace)").size() - 1;
        continue;
      }
      // "(anonymous class)::operator()" and "f(int)::{lambda()#1}::…": a scope with parameters goes on behind "::".
      unsigned Inner = 0;
      size_t Close = I;
      for (; Close < S.size(); ++Close) {
        Inner += S[Close] == '(';
        if (S[Close] == ')' && --Inner == 0)
          break;
      }
      StringRef Behind = S.substr(std::min(Close + 1, S.size()));
      Behind.consume_front(" const");
      if (Behind.starts_with("::")) {
        I = Close;
        continue;
      }
      P.NameEnd = I;
      break;
    }
    if (C == '<' || C == '(' || C == '{' || C == '[') {
      if (C == '<' && Depth == 0) {
        P.TemplateBegin = I;
        SawTemplate = true;
      }
      ++Depth;
    } else if ((C == '>' && (I == 0 || S[I - 1] != '-')) || C == ')' || C == '}' || C == ']') {
      Depth -= Depth != 0;
    } else if (Depth == 0 && C == ' ') {
      if (S.substr(I).starts_with(" [clone") || S.substr(I).starts_with(" (."))
        break;
      P.NameBegin = P.BaseBegin = I + 1;
      SawTemplate = false;
    } else if (Depth == 0 && C == ':' && I + 1 < S.size() && S[I + 1] == ':') {
      P.BaseBegin = I + 2;
      SawTemplate = false;
      ++I;
    }
  }
  if (!SawTemplate)
    P.TemplateBegin = P.NameEnd;
  return P;
}

std::string withoutTemplateArguments(StringRef Name) {
  std::string Out;
  unsigned Depth = 0;
  for (size_t I = 0; I < Name.size(); ++I) {
    if (Depth == 0 && isOperatorAt(Name, I))
      return Out + Name.substr(I).str();
    if (Name[I] == '<')
      ++Depth;
    else if (Name[I] == '>' && Depth)
      --Depth;
    else if (Depth == 0)
      Out += Name[I];
  }
  return Out;
}

} // namespace

std::string demangle(StringRef Mangled) {
  if (!Mangled.starts_with("_Z") && !Mangled.starts_with("___Z"))
    return Mangled.str();
  return llvm::demangle(std::string_view(Mangled.data(), Mangled.size()));
}

StringRef baseName(StringRef Demangled) {
  const Parts P = split(Demangled);
  return Demangled.slice(P.BaseBegin, P.TemplateBegin).rtrim();
}

std::string qualifiedName(StringRef Demangled) {
  const Parts P = split(Demangled);
  return withoutTemplateArguments(Demangled.slice(P.NameBegin, P.NameEnd).rtrim());
}

StringRef withoutPromotion(StringRef Mangled) {
  const size_t At = Mangled.rfind(".llvm.");
  return At != StringRef::npos && At + 6 != Mangled.size() && llvm::all_of(Mangled.drop_front(At + 6), llvm::isDigit)
             ? Mangled.take_front(At)
             : Mangled;
}

bool isNamed(StringRef Mangled, StringRef Demangled, StringRef Asked) {
  if (Asked == Mangled || Asked == Demangled)
    return true;
  if (StringRef Own = withoutPromotion(Mangled); Own.size() != Mangled.size())
    return isNamed(Own, demangle(Own), Asked);
  const Parts P = split(Demangled);
  if (Asked == Demangled.drop_front(P.NameBegin))
    return true;
  auto IsTail = [&](StringRef Name) {
    return Name == Asked || (Name.ends_with(Asked) && Name.drop_back(Asked.size()).ends_with("::"));
  };
  StringRef Whole = Demangled.slice(P.NameBegin, P.NameEnd).rtrim();
  return IsTail(Whole) || IsTail(Demangled.slice(P.NameBegin, P.TemplateBegin).rtrim()) ||
         IsTail(withoutTemplateArguments(Whole));
}

std::vector<std::string> nearest(StringRef Asked, llvm::ArrayRef<std::string> Candidates, unsigned Limit) {
  struct Near {
    unsigned Distance;
    StringRef Name;
  };
  std::vector<Near> Found;
  StringRef AskedBase = baseName(Asked);
  for (const std::string &C : Candidates) {
    StringRef Base = baseName(C);
    unsigned Bound = static_cast<unsigned>(std::max<size_t>(1, AskedBase.size() / 3));
    unsigned Distance = Base.edit_distance(AskedBase, /*AllowReplacements=*/true, Bound);
    if (Distance > Bound && !AskedBase.empty() &&
        (Base.contains(AskedBase) || (Base.size() > 3 && AskedBase.contains(Base))))
      Distance = Bound;
    if (Distance <= Bound)
      Found.push_back({Distance, C});
  }
  llvm::sort(Found,
             [](const Near &A, const Near &B) { return std::tie(A.Distance, A.Name) < std::tie(B.Distance, B.Name); });
  std::vector<std::string> Names;
  for (const Near &N : Found)
    if (Names.size() < Limit && !llvm::is_contained(Names, N.Name))
      Names.push_back(N.Name.str());
  return Names;
}

} // namespace snug::machine
