// Where values come from: access paths such as arg0→8→0.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/AccessPath.h"

#include "machine/Names.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"

#include <algorithm>

namespace snug::machine {
namespace {

std::uint64_t hashOf(const PathNode &N) {
  std::uint64_t H = static_cast<std::uint64_t>(N.Kind) | std::uint64_t(N.Scale) << 8 | std::uint64_t(N.Register) << 16 |
                    std::uint64_t(N.Symbol) << 24;
  auto Mix = [&H](std::uint64_t V) { H = (H ^ V) * 0x9e3779b97f4a7c15U, H ^= H >> 29; };
  Mix(N.Base | std::uint64_t(N.Index) << 32);
  Mix(static_cast<std::uint64_t>(N.Offset));
  Mix(static_cast<std::uint64_t>(N.OtherOffset));
  return H;
}

std::string signedOffset(std::int64_t Offset) {
  if (Offset == 0)
    return "";
  return (Offset > 0 ? "+" : "") + std::to_string(Offset);
}

/// Deeper nesting says nothing to a reader, and joined loops could repeat without end.
constexpr unsigned MaxNesting = 3;

} // namespace

void PathTable::clear() {
  // One huge function must not leave its table behind: the next thousand small ones would miss every cache with it.
  constexpr size_t Small = 1024;
  if (Buckets.empty() || (Buckets.size() != Small && Used.size() < Buckets.size() / 8)) {
    Buckets.assign(Small, 0);
  } else {
    for (std::uint32_t B : Used)
      Buckets[B] = 0;
  }
  Used.clear();
  Nodes.clear();
  Nodes.push_back({});
  for (unsigned R = RAX; R != Flags; ++R) {
    PathNode N;
    N.Kind = PathKind::Register;
    N.Register = static_cast<Reg>(R);
    Nodes.push_back(N);
  }
}

PathId PathTable::intern(const PathNode &N) {
  if (Used.size() * 2 >= Buckets.size())
    grow();
  const size_t Mask = Buckets.size() - 1;
  for (size_t At = hashOf(N) & Mask;; At = (At + 1) & Mask) {
    if (Buckets[At] == 0) {
      Used.push_back(static_cast<std::uint32_t>(At));
      return Buckets[At] = fresh(N);
    }
    if (Nodes[Buckets[At]] == N)
      return Buckets[At];
  }
}

void PathTable::grow() {
  std::vector<PathId> Old;
  for (std::uint32_t B : Used)
    Old.push_back(Buckets[B]);
  Buckets.assign(Buckets.size() * 2, 0);
  Used.clear();
  const size_t Mask = Buckets.size() - 1;
  for (PathId Id : Old) {
    size_t At = hashOf(Nodes[Id]) & Mask;
    while (Buckets[At] != 0)
      At = (At + 1) & Mask;
    Buckets[At] = Id;
    Used.push_back(static_cast<std::uint32_t>(At));
  }
}

llvm::Expected<PathLabel> PathLabel::parse(llvm::StringRef Text) {
  auto Wrong = [&](const llvm::Twine &Why) {
    return llvm::createStringError("'" + Text + "' is no label: " + Why + "; write 'rdi=promise' or 'rdi->[16]=ops'");
  };
  auto [Path, Name] = Text.split('=');
  PathLabel L;
  L.Name = Name.str();
  if (Name.empty() || !llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '.' || C == ':'; }))
    return Wrong("a name is missing behind '='");
  llvm::StringRef Register = Path.take_while(llvm::isAlnum);
  static constexpr Reg Arguments[] = {RDI, RSI, RDX, RCX, R8, R9};
  unsigned Argument = 0;
  llvm::StringRef Digits = Register;
  if (Digits.consume_front("arg") && !Digits.getAsInteger(10, Argument) && Argument < std::size(Arguments))
    L.Root = Arguments[Argument];
  for (unsigned R = RAX; R != Flags && L.Root == NoRegister; ++R)
    if (Register == nameOf(static_cast<Reg>(R)))
      L.Root = static_cast<Reg>(R);
  if (L.Root == NoRegister)
    return Wrong("'" + Register + "' is no 64-bit register and none of arg0 to arg5");
  for (llvm::StringRef Rest = Path.drop_front(Register.size()); !Rest.empty();) {
    std::int64_t Offset = 0;
    const bool InBrackets = Rest.consume_front("->[");
    if (!InBrackets && !Rest.consume_front("→"))
      return Wrong("'" + Rest + "' is no step");
    if (Rest.consumeInteger(0, Offset) || (InBrackets && !Rest.consume_front("]")))
      return Wrong("a step is '->[OFFSET]'");
    L.Offsets.push_back(Offset);
  }
  return L;
}

const PathLabel *PathPrinter::labelOf(PathId Path) const {
  for (const PathLabel &L : Labels) {
    PathId At = Path;
    bool Fits = true;
    for (std::int64_t Offset : llvm::reverse(L.Offsets)) {
      const PathNode &N = Paths[At];
      Fits &= N.Kind == PathKind::Load && N.Offset == Offset && !N.Index && !N.Scale;
      At = N.Base;
      if (!Fits)
        break;
    }
    if (Fits && At == PathTable::ofRegister(L.Root))
      return &L;
  }
  return nullptr;
}

std::string PathPrinter::reference(const Reference &R) const {
  std::int64_t Offset = 0;
  llvm::StringRef Name = I.symbolAt(R, Offset);
  if (Name.empty())
    return "0x" + llvm::utohexstr(static_cast<std::uint64_t>(R.Offset), /*LowerCase=*/true);
  return demangle(Name) + signedOffset(Offset);
}

/// "[name]+16": memory that a name reaches without any pointer.
std::string PathPrinter::brackets(const PathNode &Root, std::int64_t Offset) const {
  Reference R;
  R.Offset = Offset;
  R.Symbol = Root.Symbol;
  R.What = Root.Kind == PathKind::Absolute ? Reference::Kind::Address : Reference::Kind::Symbol;
  std::int64_t Rest = 0;
  llvm::StringRef Name = I.symbolAt(R, Rest);
  if (Name.empty())
    return "[0x" + llvm::utohexstr(static_cast<std::uint64_t>(Offset), /*LowerCase=*/true) + "]";
  return (Root.Kind == PathKind::Got ? "GOT[" : "[") + demangle(Name) + "]" + signedOffset(Rest);
}

std::string PathPrinter::place(PathId Place) const { return place(Place, 0); }

std::string PathPrinter::place(PathId Place, unsigned Nesting) const {
  const PathNode &N = Paths[Place];
  const PathNode &Root = Paths[N.Base];
  std::string Text;
  switch (Root.Kind) {
  case PathKind::Absolute:
  case PathKind::Symbol:
  case PathKind::Got: {
    std::int64_t Ignored = 0;
    Reference R;
    R.What = Reference::Kind::Address;
    R.Offset = N.Offset;
    // The slots of a linked file's GOT are known by their address alone.
    const Section *In = Root.Kind == PathKind::Absolute ? I.sectionAt(static_cast<std::uint64_t>(N.Offset)) : nullptr;
    if (In && In->IsGot && !I.symbolAt(R, Ignored).empty())
      Text = "GOT";
    Text += brackets(Root, N.Offset);
    break;
  }
  case PathKind::Tls:
    if (Root.Symbol) {
      Text = "tls" + brackets(Root, N.Offset);
    } else {
      Text = "tls" + signedOffset(N.Offset);
    }
    break;
  default:
    if (N.Base == PathTable::Stack)
      Text = "stack" + signedOffset(N.Offset);
    else
      Text = value(N.Base, 0, Nesting) + "→" + std::to_string(N.Offset);
  }
  if (N.Index || N.Scale) {
    // Where an index comes from is of less interest than the base: one level of it.
    std::string Index = value(N.Index, 0, std::max(Nesting, MaxNesting - 1));
    Text += "[" + (N.Scale > 1 ? std::to_string(N.Scale) + "*" : std::string()) + Index + "]";
  }
  return Text;
}

std::string PathPrinter::value(PathId Path, std::int64_t Offset, unsigned Nesting) const {
  static constexpr const char *Arguments[] = {"arg3", "arg2", "arg1", "arg0"};
  if (const PathLabel *L = labelOf(Path))
    return L->Name + signedOffset(Offset);
  const PathNode &N = Paths[Path];
  std::string Text;
  switch (N.Kind) {
  case PathKind::Unknown:
    Text = "?";
    break;
  case PathKind::Register:
    switch (N.Register) {
    case RDI:
      Text = Arguments[3];
      break;
    case RSI:
      Text = Arguments[2];
      break;
    case RDX:
      Text = Arguments[1];
      break;
    case RCX:
      Text = Arguments[0];
      break;
    case R8:
      Text = "arg4";
      break;
    case R9:
      Text = "arg5";
      break;
    case RSP:
      Text = "stack";
      break;
    default:
      Text = machine::nameOf(N.Register);
    }
    break;
  case PathKind::Absolute:
  case PathKind::Symbol: {
    Reference R;
    R.What = N.Kind == PathKind::Absolute ? Reference::Kind::Address : Reference::Kind::Symbol;
    R.Symbol = N.Symbol;
    R.Offset = Offset;
    std::int64_t Rest = 0;
    if (I.symbolAt(R, Rest).empty())
      return std::to_string(Offset);
    return "&" + reference(R);
  }
  case PathKind::Got:
  case PathKind::Tls:
    Text = N.Kind == PathKind::Tls ? "tls" : "GOT";
    break;
  case PathKind::Return: {
    std::string Callee;
    if (N.Base) {
      Callee = "*" + (Nesting >= MaxNesting ? std::string("…") : place(N.Base, Nesting + 1));
    } else {
      Reference R;
      R.What = N.Scale ? Reference::Kind::Symbol : Reference::Kind::Address;
      (N.Scale ? R.Symbol : R.Section) = N.Symbol;
      R.Offset = N.Offset;
      std::int64_t Ignored = 0;
      llvm::StringRef Name = I.symbolAt(R, Ignored);
      Callee = Name.empty() ? reference(R) : baseName(demangle(Name)).str();
    }
    Text = "ret(" + Callee + ")" + (N.Register == RDX ? ".rdx" : "");
    break;
  }
  case PathKind::Load:
    Text = place(Path, Nesting);
    break;
  case PathKind::Result:
    if (Nesting >= MaxNesting)
      Text = "…";
    else if (N.Base && N.Index && N.Base != N.Index)
      Text = "f(" + value(N.Base, 0, Nesting + 1) + ", " + value(N.Index, 0, Nesting + 1) + ")";
    else
      Text = "f(" + value(N.Base ? N.Base : N.Index, 0, Nesting + 1) + ")";
    break;
  case PathKind::Either:
    Text = Nesting >= MaxNesting
               ? "…"
               : "{" + value(N.Base, N.Offset, Nesting + 1) + " | " + value(N.Index, N.OtherOffset, Nesting + 1) + "}";
    break;
  case PathKind::Loop:
    Text = Nesting >= MaxNesting ? "…" : "loop(" + value(N.Base, N.Offset, Nesting + 1) + ")";
    break;
  }
  return Text + signedOffset(Offset);
}

} // namespace snug::machine
