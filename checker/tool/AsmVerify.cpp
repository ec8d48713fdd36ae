// `snug asm --verify`: objects held to what their sources and EXPECT lines state.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/AsmVerify.h"

#include "machine/Expectations.h"
#include "machine/TextWriter.h"
#include "tool/AsmFunctions.h"
#include "tool/Command.h"
#include "tool/Sources.h"
#include "tool/StaleObjects.h"
#include "tool/StatedInObjects.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

namespace snug::tool {

using namespace machine;

namespace {

int fail(const llvm::Twine &Message) { return reportCannotDo(llvm::createStringError(Message)); }

/// Under --verify the files that hold no code hold expectations; assembly text may do both.
llvm::Expected<bool> holdsCode(const std::string &Path) {
  if (llvm::sys::fs::is_directory(Path))
    return llvm::createStringError("cannot read '" + Path + "': it is a directory");
  auto Head = llvm::MemoryBuffer::getFileSlice(Path, 8, 0);
  if (!Head) {
    // Shorter than a magic number, or not there.
    auto Whole = llvm::MemoryBuffer::getFile(Path);
    if (!Whole)
      return llvm::createStringError("cannot read '" + Path + "': " + Whole.getError().message());
    Head = std::move(*Whole);
  }
  llvm::StringRef Bytes = (*Head)->getBuffer();
  return Bytes.starts_with("\x7f"
                           "ELF") ||
         Bytes.starts_with("!<arch>") || Bytes.starts_with("!<thin>") || Bytes.starts_with("BC\xc0\xde") ||
         Bytes.empty() || llvm::StringRef(Path).ends_with(".s") || llvm::StringRef(Path).ends_with(".o");
}

} // namespace

int verifyObjects(const Target &T, const VerifyRequest &Request,
                  llvm::function_ref<void(llvm::ArrayRef<Finding>, size_t)> Write) {
  std::vector<std::string> Objects, Texts = Request.Texts;
  for (const std::string &Path : Request.Files) {
    auto IsCode = holdsCode(Path);
    if (!IsCode)
      return reportCannotDo(IsCode.takeError());
    (*IsCode ? Objects : Texts).push_back(Path);
    if (*IsCode && llvm::StringRef(Path).ends_with(".s"))
      Texts.push_back(Path);
  }
  if (Objects.empty())
    return fail("--verify needs an OBJECT to look at");
  auto Inputs = openAll(T, Objects);
  if (!Inputs)
    return reportCannotDo(Inputs.takeError());
  // What the sources stated under the plugin travels in the objects.
  llvm::Expected<std::vector<Expectation>> Stated = statedInObjects(*Inputs);
  if (!Stated)
    return reportCannotDo(Stated.takeError());
  std::vector<Expectation> Expectations = std::move(*Stated);
  if (Texts.empty() && Expectations.empty())
    return fail("--verify needs a file with EXPECT lines: name it behind the objects, or with --expect=FILE; these "
                "objects state nothing themselves, as SNUG(loads(6)) does under the plugin");

  std::vector<Finding> Unusable;
  for (const std::string &Path : Texts) {
    auto Text = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
    if (!Text)
      return fail("cannot read '" + Path + "': " + Text.getError().message());
    ExpectationFile Read = readExpectations((*Text)->getBuffer(), Path);
    // A file that was named for its promises and makes none is a mistake; assembly text is read on the side.
    const bool IsAside = Texts.size() > 1 && llvm::is_contained(Objects, Path);
    if (Read.Expectations.empty() && Read.Malformed.empty() && !IsAside)
      return fail("no EXPECT line in '" + Path + "'");
    for (Expectation &E : Read.Expectations)
      Expectations.push_back(std::move(E));
    for (Finding &F : Read.Malformed)
      Unusable.push_back(std::move(F));
  }
  llvm::StringSet<> Active;
  for (const std::string &Name : Request.Configurations)
    Active.insert(Name);
  const size_t Applicable = static_cast<size_t>(llvm::count_if(
      Expectations, [&](const Expectation &E) { return E.Configuration.empty() || Active.contains(E.Configuration); }));
  if (Applicable == 0 && Unusable.empty())
    return fail(Expectations.empty() ? "no EXPECT line in the files named"
                                     : "every EXPECT line asks for a configuration that --expect-config does not "
                                       "name, the first is '" +
                                           llvm::Twine(Expectations.front().Configuration) + "'");

  Verification V = machine::verify(T, *Inputs, Expectations, Active, Request.Jobs);
  for (Finding &F : V.Unusable)
    Unusable.push_back(std::move(F));
  if (!Request.IgnoresTimes)
    addStale(Unusable, *Inputs, V);
  std::vector<Finding> All = std::move(V.Broken);
  const bool Broken = !All.empty();
  All.insert(All.end(), Unusable.begin(), Unusable.end());
  sortAndMerge(All);
  Write(All, Objects.size());
  llvm::outs().flush();
  llvm::errs() << "snug: " << counted(Applicable, "expectation") << ", " << V.Held << " held\n";
  return !Unusable.empty() ? CannotDo : Broken ? Findings : Clean;
}
} // namespace snug::tool
