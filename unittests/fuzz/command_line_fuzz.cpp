// Whatever the words of a command line: it ends with one of the four exit codes, and when it could not be done, that is said
// on stderr, by name, and nothing is on stdout. Each line of an input is a word. The commands run, in an empty repository.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/Command.h"
#include "tool/CommandLine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

/// A standard stream of this process that is looked at after each run; the fuzzer's own messages go where it went.
class Captured {
public:
  explicit Captured(int Stream) : Stream(Stream), Before(::dup(Stream)), Here(::memfd_create("captured", 0)) {}

  void begin() const {
    if (::ftruncate(Here, 0) != 0 || ::lseek(Here, 0, SEEK_SET) != 0)
      std::abort();
    ::dup2(Here, Stream);
  }

  std::string end() const {
    ::dup2(Before, Stream);
    std::string Text(static_cast<std::size_t>(::lseek(Here, 0, SEEK_END)), '\0');
    if (::pread(Here, Text.data(), Text.size(), 0) != static_cast<ssize_t>(Text.size()))
      std::abort();
    return Text;
  }

private:
  int Stream, Before, Here;
};

bool isLeftOut(llvm::ArrayRef<std::string> Words) {
  const bool StartsAnother = llvm::is_contained(Words, "lint");
  return llvm::any_of(Words, [&](llvm::StringRef Word) {
    llvm::StringRef Name = Word.ltrim('-');
    // These end the process; response files and absolute paths lead out of the empty folder.
    return (Word.starts_with("-") && (Name.starts_with("h") || Name.starts_with("version"))) || Word.starts_with("@") ||
           Word.contains('/') || Word.contains('\0') || Word.contains("..") ||
           // `lint` with a database is this program once more.
           (StartsAnother && (Name.starts_with("p") || Word.starts_with("compile_commands")));
  });
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***) {
  std::string Folder = "/tmp/snug-command-line-XXXXXX";
  if (!::mkdtemp(Folder.data()) || ::chdir(Folder.c_str()) != 0 || ::mkdir(".git", 0700) != 0)
    std::abort();
  const int Nothing = ::open("/dev/null", O_RDONLY);
  ::dup2(Nothing, STDIN_FILENO);
  snug::tool::prepareCommandLine();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data, std::size_t Size) {
  static const Captured Out(STDOUT_FILENO), Err(STDERR_FILENO);
  llvm::SmallVector<llvm::StringRef, 16> Lines;
  llvm::StringRef(reinterpret_cast<const char *>(Data), Size).split(Lines, '\n', -1, /*KeepEmpty=*/false);
  std::vector<std::string> Words = {"snug"};
  Words.insert(Words.end(), Lines.begin(), Lines.end());
  if (isLeftOut(Words))
    return -1;
  std::vector<const char *> Argv;
  for (const std::string &Word : Words)
    Argv.push_back(Word.c_str());
  Argv.push_back(nullptr);

  llvm::cl::ResetAllOptionOccurrences();
  Out.begin();
  Err.begin();
  const int Code = snug::tool::runCommandLine(static_cast<int>(Words.size()), Argv.data());
  llvm::outs().flush();
  const std::string Said = Out.end(), Complained = Err.end();
  if (Code < snug::tool::Clean || Code > snug::tool::Undecided)
    std::abort();
  if (Code == snug::tool::CannotDo && (!Said.empty() || !llvm::StringRef(Complained).starts_with("snug: "))) {
    llvm::errs() << "on stdout: " << Said << "on stderr: " << Complained;
    std::abort();
  }
  return 0;
}
