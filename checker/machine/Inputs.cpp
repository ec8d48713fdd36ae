// From a path to images: objects, archives, linked files and assembly text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "machine/Inputs.h"

#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Support/FileSystem.h"

namespace snug::machine {
namespace {

/// What a file is that is neither ELF nor an archive; the sentence ends the message.
llvm::Error describeOther(llvm::StringRef Data) {
  switch (llvm::identify_magic(Data)) {
  case llvm::file_magic::bitcode:
    return llvm::createStringError(
        "it holds LLVM bitcode, not machine code: it was compiled with -flto; compile without "
        "it, or give the linked file");
  case llvm::file_magic::macho_object:
  case llvm::file_magic::macho_executable:
  case llvm::file_magic::macho_dynamically_linked_shared_lib:
  case llvm::file_magic::macho_universal_binary:
    return llvm::createStringError("it is a Mach-O file; only ELF files for x86-64 are read");
  case llvm::file_magic::coff_object:
  case llvm::file_magic::pecoff_executable:
    return llvm::createStringError("it is a COFF file; only ELF files for x86-64 are read");
  case llvm::file_magic::wasm_object:
    return llvm::createStringError("it is a WebAssembly file; only ELF files for x86-64 are read");
  default:
    return llvm::createStringError("it is neither an ELF file nor an archive; assembly text must end in .s");
  }
}

/// Messages quote what broken files hold; a message is one line all the same.
std::string onOneLine(std::string Text) {
  for (char &C : Text)
    if (static_cast<unsigned char>(C) < ' ' || C == 0x7f)
      C = '?';
  return Text;
}

llvm::Error onOneLine(llvm::Error E) {
  return E ? llvm::createStringError(onOneLine(llvm::toString(std::move(E)))) : llvm::Error::success();
}

} // namespace

llvm::Error Input::addObject(llvm::MemoryBufferRef Buffer, std::string Label) {
  if (!Buffer.getBuffer().starts_with("\x7f"
                                      "ELF"))
    return describeOther(Buffer.getBuffer());
  auto I = Image::create(Buffer, std::move(Label));
  if (!I)
    return I.takeError();
  Images.push_back(std::move(*I));
  return llvm::Error::success();
}

llvm::Error Input::addArchive(llvm::MemoryBufferRef Buffer) {
  auto Opened = llvm::object::Archive::create(Buffer);
  if (!Opened)
    return Opened.takeError();
  Archive = std::move(*Opened);
  llvm::Error Broken = llvm::Error::success();
  unsigned Members = 0;
  std::string Other;
  for (const auto &Child : Archive->children(Broken)) {
    auto Name = Child.getName();
    if (!Name) {
      llvm::consumeError(std::move(Broken));
      return Name.takeError();
    }
    auto Data = Child.getMemoryBufferRef();
    if (!Data) {
      llvm::consumeError(std::move(Broken));
      return Data.takeError();
    }
    // LLVM looks at a member's end no sooner than it goes to the next one.
    if (!Archive->isThin() && Data->getBufferEnd() > Buffer.getBufferEnd()) {
      llvm::consumeError(std::move(Broken));
      return llvm::createStringError("the archive is truncated within its member " + *Name);
    }
    ++Members;
    const std::string Label = onOneLine((Path + "(" + *Name + ")").str());
    if (llvm::Error E = addObject(*Data, Label)) {
      // Archives carry other things beside objects; one that holds nothing else is an error below.
      if (Other.empty())
        Other = (*Name + ": " + llvm::toString(std::move(E))).str();
      else
        llvm::consumeError(std::move(E));
    }
  }
  if (Broken)
    return Broken;
  if (!Images.empty())
    return llvm::Error::success();
  return llvm::createStringError(Members == 0 ? "the archive is empty"
                                              : "the archive holds no readable object; " + llvm::Twine(Other));
}

llvm::Error Input::addFile(std::unique_ptr<llvm::MemoryBuffer> Buffer, bool WithUnnamed) {
  Buffers.push_back(std::move(Buffer));
  const llvm::MemoryBufferRef Data = Buffers.back()->getMemBufferRef();
  const bool IsArchive = Data.getBuffer().starts_with("!<arch>\n") || Data.getBuffer().starts_with("!<thin>\n");
  if (llvm::Error E = onOneLine(IsArchive ? addArchive(Data) : addObject(Data, Path)))
    return E;
  if (WithUnnamed)
    for (const auto &I : Images)
      if (llvm::Error E = onOneLine(I->addUnnamed()))
        return E;
  bool HasSymbols = false, HasFunctions = false;
  for (const auto &I : Images) {
    HasSymbols |= I->symbols().size() > 1;
    HasFunctions |= !I->functions().empty();
  }
  if (!HasSymbols)
    return llvm::createStringError("it has no symbols (stripped?), so no function can be told from another" +
                                   llvm::Twine(WithUnnamed ? "" : "; --unnamed takes them from the unwinder's tables"));
  if (!HasFunctions)
    return llvm::createStringError("it defines no function");
  return llvm::Error::success();
}

llvm::Expected<Input> Input::open(const Target &T, llvm::StringRef Path) { return open(T, Path, false); }

llvm::Expected<Input> Input::openWithUnnamed(const Target &T, llvm::StringRef Path) { return open(T, Path, true); }

llvm::Expected<Input> Input::open(const Target &T, llvm::StringRef Path, bool WithUnnamed) {
  Input In;
  In.Path = Path.str();
  llvm::sys::fs::file_status Status;
  if (std::error_code E = llvm::sys::fs::status(Path, Status))
    return llvm::createStringError(E.message());
  if (llvm::sys::fs::is_directory(Status))
    return llvm::createStringError("it is a directory");
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/Path.ends_with(".s"));
  if (!Buffer)
    return llvm::createStringError(Buffer.getError().message());
  if ((*Buffer)->getBufferSize() == 0)
    return llvm::createStringError("the file is empty");
  if (Path.ends_with(".s")) {
    auto Object = assemble(T, **Buffer);
    if (!Object)
      return onOneLine(Object.takeError());
    *Buffer = std::move(*Object);
  }
  if (llvm::Error E = In.addFile(std::move(*Buffer), WithUnnamed))
    return E;
  return In;
}

llvm::Expected<Input> Input::fromAssembly(const Target &T, llvm::StringRef Text, llvm::StringRef Name) {
  Input In;
  In.Path = Name.str();
  auto Object = assemble(T, *llvm::MemoryBuffer::getMemBuffer(Text, Name));
  if (!Object)
    return onOneLine(Object.takeError());
  In.Buffers.push_back(std::move(*Object));
  if (llvm::Error E = In.addObject(In.Buffers.back()->getMemBufferRef(), In.Path))
    return E;
  return In;
}

llvm::Expected<Input> Input::fromBytes(llvm::StringRef Bytes, llvm::StringRef Name) {
  Input In;
  In.Path = Name.str();
  if (llvm::Error E = In.addFile(llvm::MemoryBuffer::getMemBufferCopy(Bytes, Name)))
    return E;
  return In;
}

} // namespace snug::machine
