// `snug layout --coroutines`: frames of coroutines, from sources and from the facts in objects.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/CoroutineLayout.h"

#include "facts/LockDiff.h"
#include "tool/MeasuredFrames.h"
#include "tool/ObjectPromises.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Demangle/Demangle.h"

#include <tuple>

namespace snug::tool {
namespace {

using facts::CoroutineFrame;

/// Columns of a number of bytes.
constexpr unsigned NumberWidth = 8;

std::string bytes(std::uint64_t Number) { return count(Number, "byte", "bytes"); }

/// One for each coroutine and platform: the largest, as in a lock.
void merge(std::vector<CoroutineFrame> &Frames) {
  auto Identity = [](const CoroutineFrame &F) {
    return std::tie(F.Where.File, F.Where.Line, F.Where.Column, F.Mangled, F.On);
  };
  llvm::sort(Frames, [&](const CoroutineFrame &A, const CoroutineFrame &B) {
    if (Identity(A) != Identity(B))
      return Identity(A) < Identity(B);
    return std::tie(B.SizeBytes, A.Unit) < std::tie(A.SizeBytes, B.Unit);
  });
  std::vector<CoroutineFrame> Result;
  for (CoroutineFrame &F : Frames) {
    if (Result.empty() || Identity(Result.back()) != Identity(F)) {
      Result.push_back(std::move(F));
      continue;
    }
    // Each unit has its own callers.
    std::vector<std::string> &Callers = Result.back().ElidedIn;
    llvm::append_range(Callers, F.ElidedIn);
    llvm::sort(Callers);
    Callers.erase(llvm::unique(Callers), Callers.end());
  }
  Frames = std::move(Result);
}

std::string place(const Location &Where) {
  return Where.File + ":" + std::to_string(Where.Line) + ":" + std::to_string(Where.Column);
}

void writeFrame(llvm::raw_ostream &Out, const CoroutineFrame &F) {
  Out << place(F.Where) << ": coroutine " << llvm::demangle(F.Mangled) << " on " << facts::describe(F.On) << '\n';
  if (F.SizeBytes)
    Out << "  frame " << bytes(F.SizeBytes) << ", aligned to " << F.AlignBytes;
  else
    Out << "  frame at least " << bytes(F.AtLeastBytes) << ", estimated from its source";
  Out << "; promise " << bytes(F.PromiseBytes) << ", " << F.Promise << '\n';
  for (const facts::FrameSuspension &P : F.Points) {
    std::uint64_t Sum = 0;
    for (std::uint32_t Index : P.Alive)
      Sum += F.Residents[Index].SizeBytes;
    Out << "  " << P.Kind << " at " << P.Where.Line << ':' << P.Where.Column << " keeps " << bytes(Sum) << '\n';
    for (std::uint32_t Index : P.Alive) {
      const facts::FrameResident &R = F.Residents[Index];
      Out << llvm::right_justify(std::to_string(R.SizeBytes), NumberWidth) << "  " << R.What << ": " << R.Type;
      if (R.OffsetBytes)
        Out << ", at offset " << *R.OffsetBytes;
      Out << '\n';
    }
  }
  if (F.SizeBytes > F.AtLeastBytes)
    Out << "  " << bytes(F.SizeBytes - F.AtLeastBytes)
        << " more are padding, the number of the suspension, and what the code generator keeps\n";
  for (const std::string &Caller : F.ElidedIn)
    Out << "  not allocated in " << llvm::demangle(Caller) << '\n';
}

} // namespace

llvm::Expected<std::vector<CoroutineFrame>> gatherFrames(SourceRequest Request, bool &AllCompiled) {
  std::vector<std::string> Objects;
  llvm::erase_if(Request.Files, [&](const std::string &File) {
    const bool Is = isObject(File);
    if (Is)
      Objects.push_back(File);
    return Is;
  });
  facts::FactsReader Reader;
  for (const std::string &Path : Objects)
    if (llvm::Error E = addFacts(Path, Reader))
      return std::move(E);
  std::vector<CoroutineFrame> Result = Reader.take().Coroutines;
  if (!Request.Files.empty() || Objects.empty()) {
    llvm::Expected<Sources> Units = Sources::find(std::move(Request));
    if (!Units)
      return Units.takeError();
    for (const std::string &Message : Units->assumed())
      llvm::errs() << "snug: note: " << Message << '\n';
    AllCompiled = Units->forEachAction([&](std::size_t Index) { return measureFramesOf(Units->file(Index), Result); });
  }
  merge(Result);
  return Result;
}

void writeFramesText(llvm::raw_ostream &Out, llvm::ArrayRef<CoroutineFrame> Frames) {
  for (std::size_t I = 0; I != Frames.size(); ++I) {
    if (I)
      Out << '\n';
    writeFrame(Out, Frames[I]);
  }
}

void writeFramesJson(llvm::raw_ostream &Out, std::vector<CoroutineFrame> Frames) {
  facts::Facts All;
  All.Coroutines = std::move(Frames);
  std::string Records = facts::recordsOf(std::move(All));
  llvm::StringRef Lines = llvm::StringRef(Records).rtrim('\n');
  Out << '[';
  for (llvm::StringRef Line; !Lines.empty();) {
    std::tie(Line, Lines) = Lines.split('\n');
    Out << Line << (Lines.empty() ? "" : ",\n ");
  }
  Out << "]\n";
}

} // namespace snug::tool
