// Assembly text to an object in memory, so that a .s file is read exactly as what would be assembled from it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/AssemblyLimits.h"
#include "machine/Inputs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCObjectFileInfo.h"
#include "llvm/MC/MCObjectWriter.h"
#include "llvm/MC/MCParser/MCAsmParser.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

#include <algorithm>

namespace snug::machine {
namespace {

struct FirstMessage {
  std::string Text;
  int Line = 0;

  void take(const llvm::SMDiagnostic &D) {
    if (!Text.empty() || D.getKind() != llvm::SourceMgr::DK_Error)
      return;
    Text = D.getMessage().str();
    Line = D.getLineNo();
  }
};

/// gcc writes Intel syntax that only GNU as reads: symbols without quotes that look like registers or operators.
bool isIntelFromGcc(llvm::StringRef Text) { return Text.contains(".intel_syntax") && Text.contains(".ident\t\"GCC:"); }

constexpr std::uint64_t MostBytes = std::uint64_t(1) << 28;

/// Takes what an object of any sense needs and drops the rest: a few characters of text can ask for terabytes.
class BoundedStream : public llvm::raw_pwrite_stream {
public:
  explicit BoundedStream(llvm::SmallVectorImpl<char> &To) : raw_pwrite_stream(/*Unbuffered=*/true), To(To) {}
  bool isExceeded() const { return Exceeded; }

private:
  void write_impl(const char *Data, size_t Size) override {
    Exceeded |= To.size() + Size > MostBytes;
    if (!Exceeded)
      To.append(Data, Data + Size);
  }
  void pwrite_impl(const char *Data, size_t Size, std::uint64_t Offset) override {
    if (Offset + Size <= To.size())
      std::copy(Data, Data + Size, To.begin() + static_cast<std::ptrdiff_t>(Offset));
  }
  std::uint64_t current_pos() const override { return To.size(); }

  llvm::SmallVectorImpl<char> &To;
  bool Exceeded = false;
};

} // namespace

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> assemble(const Target &T, const llvm::MemoryBuffer &Text) {
  if (llvm::Error E = checkDirectives(Text.getBuffer(), MostBytes))
    return E;
  FirstMessage First;
  llvm::SourceMgr Sources;
  Sources.setDiagHandler([](const llvm::SMDiagnostic &D, void *To) { static_cast<FirstMessage *>(To)->take(D); },
                         &First);
  Sources.AddNewSourceBuffer(llvm::MemoryBuffer::getMemBufferCopy(Text.getBuffer(), Text.getBufferIdentifier()),
                             llvm::SMLoc());
  const llvm::Target &LT = T.llvmTarget();
  llvm::MCContext Context(T.triple(), &T.asmInfo(), &T.registers(), &T.subtarget(), &Sources, &T.options());
  Context.setDiagnosticHandler([&](const llvm::SMDiagnostic &D, bool, const llvm::SourceMgr &,
                                   std::vector<const llvm::MDNode *> &) { First.take(D); });
  llvm::MCObjectFileInfo FileInfo;
  FileInfo.initMCObjectFileInfo(Context, /*PIC=*/true);
  Context.setObjectFileInfo(&FileInfo);

  llvm::SmallVector<char, 0> Bytes;
  {
    BoundedStream Out(Bytes);
    std::unique_ptr<llvm::MCAsmBackend> Backend(LT.createMCAsmBackend(T.subtarget(), T.registers(), T.options()));
    std::unique_ptr<llvm::MCObjectWriter> Writer = Backend->createObjectWriter(Out);
    std::unique_ptr<llvm::MCCodeEmitter> Emitter(LT.createMCCodeEmitter(T.instructions(), Context));
    std::unique_ptr<llvm::MCStreamer> Streamer(LT.createMCObjectStreamer(
        T.triple(), Context, std::move(Backend), std::move(Writer), std::move(Emitter), T.subtarget()));
    std::unique_ptr<llvm::MCAsmParser> Parser(llvm::createMCAsmParser(Sources, Context, *Streamer, T.asmInfo()));
    std::unique_ptr<llvm::MCTargetAsmParser> TargetParser(
        LT.createMCAsmParser(T.subtarget(), *Parser, T.instructions(), T.options()));
    Parser->setTargetParser(*TargetParser);
    const bool Failed = Parser->Run(/*NoInitialTextSection=*/false);
    if (Out.isExceeded())
      return llvm::createStringError("what it assembles to is above " + llvm::Twine(MostBytes >> 20) + " MiB");
    if (Failed || !First.Text.empty()) {
      if (isIntelFromGcc(Text.getBuffer()))
        return llvm::createStringError("LLVM cannot read the Intel syntax that gcc -masm=intel writes; compile to an "
                                       "object, or without -masm=intel");
      return llvm::createStringError("line " + llvm::Twine(First.Line) + ": " +
                                     (First.Text.empty() ? "it does not assemble" : First.Text));
    }
  }
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(std::move(Bytes), Text.getBufferIdentifier(),
                                                         /*RequiresNullTerminator=*/false);
}

} // namespace snug::machine
