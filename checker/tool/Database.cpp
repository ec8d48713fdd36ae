// The compilation database: where it is, and what is wrong with it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/Database.h"

#include "tool/LockReport.h"

#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace snug::tool {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

using clang::tooling::CompilationDatabase;

static llvm::Error cannotDo(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

std::string databaseFile(llvm::StringRef BuildPath) {
  if (!fs::is_directory(BuildPath))
    return BuildPath.str();
  llvm::SmallString<256> File(BuildPath);
  path::append(File, "compile_commands.json");
  return std::string(File);
}

std::string nearestDatabase(llvm::StringRef From) {
  llvm::SmallString<256> Folder(From);
  if (fs::make_absolute(Folder))
    return {};
  path::remove_dots(Folder, /*remove_dot_dot=*/true);
  for (;; path::remove_filename(Folder)) {
    for (llvm::StringRef Name :
         {"compile_commands.json", "build/compile_commands.json", "build/release/compile_commands.json"}) {
      llvm::SmallString<256> Candidate(Folder);
      path::append(Candidate, Name);
      if (fs::exists(Candidate))
        return fromHere(Candidate);
    }
    llvm::SmallString<256> Repository(Folder);
    path::append(Repository, ".git");
    if (fs::exists(Repository) || !path::has_parent_path(Folder) || path::parent_path(Folder) == Folder)
      return {};
  }
}

llvm::Expected<std::unique_ptr<CompilationDatabase>> loadDatabase(const std::string &File) {
  if (!fs::exists(File))
    return cannotDo("there is no compilation database '" + File +
                    "'; CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON");
  // Clang's reader would print a message of its own.
  auto Text = llvm::MemoryBuffer::getFile(File);
  if (!Text)
    return cannotDo("compilation database '" + File + "' cannot be read: " + Text.getError().message());
  if (llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse((*Text)->getBuffer()); !Parsed)
    return cannotDo("compilation database '" + File + "' is malformed: " + llvm::toString(Parsed.takeError()));
  std::string Why;
  std::unique_ptr<CompilationDatabase> Loaded = clang::tooling::JSONCompilationDatabase::loadFromFile(
      File, Why, clang::tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Loaded)
    return cannotDo("compilation database '" + File + "' is malformed: " + llvm::StringRef(Why).trim());
  if (Loaded->getAllFiles().empty())
    return cannotDo("compilation database '" + File + "' has no entries");
  // "arm-none-eabi-g++" compiles for that machine.
  return clang::tooling::inferTargetAndDriverMode(
      clang::tooling::expandResponseFiles(std::move(Loaded), llvm::vfs::getRealFileSystem()));
}

std::string objectOf(const clang::tooling::CompileCommand &Command) {
  std::string Output = Command.Output;
  for (std::size_t I = 0; Output.empty() && I + 1 < Command.CommandLine.size(); ++I)
    if (Command.CommandLine[I] == "-o")
      Output = Command.CommandLine[I + 1];
  if (Output.empty() || path::is_absolute(Output))
    return Output;
  llvm::SmallString<256> Object(Command.Directory);
  path::append(Object, Output);
  return std::string(Object);
}

} // namespace snug::tool
