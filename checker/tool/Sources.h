// Runs a job over the ASTs of sources: from a compilation database, from flags behind "--", or as C++20.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_SOURCES_H
#define SNUG_CHECKER_TOOL_SOURCES_H

#include "clang/AST/ASTContext.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace snug::tool {

/// What the user named on the command line.
struct SourceRequest {
  /// FILE…, as typed.
  std::vector<std::string> Files;
  /// -p BUILD: a folder with compile_commands.json, or that file itself; empty without -p: then the nearest database of
  /// the first FILE, or of this folder, is taken unless there are Flags.
  std::string BuildPath;
  /// What stood behind "--" (see `compilerFlags`).
  std::optional<std::vector<std::string>> Flags;
  /// No FILE means every file of the database instead of an error.
  bool EmptyMeansAll = false;
};

/// The translation units of one run, checked to exist and to have a compile command.
///
/// The compile commands are used as they stand, with three changes: warnings are off (only errors of the compiler are
/// of interest here), plugins are dropped (our tools register attributes themselves), and the resource folder is that
/// of the clang this tool was built with.
class Sources {
public:
  /// Called with each unit that compiled, when its last declaration was handled. `Index` is the file's place in the
  /// list of files; a file with several compile commands is handed on once for each. With Jobs > 1 calls come from
  /// several threads, never two at once for one Index.
  using Handler = llvm::function_ref<void(clang::ASTContext &AST, std::size_t Index)>;

  /// Without -p and "--" a source that the nearest database lacks is compiled as C++20 (see `assumed`), and so is
  /// everything where there is no database.
  ///
  /// Fails, with one message that names the cause, on: no FILE; both -p and "--"; a FILE that is missing, a folder,
  /// empty, or an object; a database that is missing, malformed, lacks a FILE, or names files and folders that are
  /// gone. Of a whole database those are left out (see `left`), and so is assembly; it fails when nothing remains.
  static llvm::Expected<Sources> find(SourceRequest Request);

  /// What of a whole database cannot be compiled, because it is stale, a message for each; the rest of it can.
  const std::vector<std::string> &left() const { return Left; }

  /// Which sources the nearest database lacks, a message for each.
  const std::vector<std::string> &assumed() const { return Assumed; }

  /// The database that flags come from; empty when there is none.
  const std::string &database() const { return DatabaseFile; }

  std::size_t size() const { return Files.size(); }
  /// The file as the user named it, or as the database does.
  const std::string &file(std::size_t Index) const { return Files[Index]; }

  /// The compile commands of one file: several when the database has it several times.
  std::vector<clang::tooling::CompileCommand> commands(std::size_t Index) const;
  /// The files at `Indices` with their commands changed.
  Sources adjusted(llvm::ArrayRef<std::size_t> Indices, clang::tooling::ArgumentsAdjuster Change) const;

  /// Compiles one unit in this thread, reading through `Files`, and returns what the compiler said against it: empty
  /// when it compiled. `Forget` leaves what was allocated where it is, for a process that ends soon.
  std::string compile(std::size_t Index, Handler Handle, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                      bool Forget = false) const;

  /// Makes what compiles a unit; see `quieten`.
  using ActionMaker = llvm::function_ref<std::unique_ptr<clang::FrontendAction>(std::size_t Index)>;
  std::string compile(std::size_t Index, ActionMaker Make, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) const;
  /// For the action's BeginInvocation: the compiler says "1 error generated" on stderr by itself; our last line says it.
  static void quieten(clang::CompilerInstance &Compiler);

  /// Runs `Handle` over all units and prints, for each that does not compile, the compiler's errors and one line of our
  /// own on stderr, in the order of the files. Returns whether all of them compiled.
  bool forEach(Handler Handle, unsigned Jobs = 1) const;
  /// The same with actions that do more than parse.
  bool forEachAction(ActionMaker Make, unsigned Jobs = 1) const;

private:
  Sources() = default;
  llvm::Error takeAll(const clang::tooling::CompilationDatabase &Loaded, llvm::StringRef DatabaseFile);

  std::vector<std::string> Files;
  std::vector<std::string> Left;
  std::vector<std::string> Assumed;
  std::string DatabaseFile;
  std::shared_ptr<const clang::tooling::CompilationDatabase> Database;
};

/// Prints "snug: error: …" for each message in `E` on stderr and returns ExitCode::CannotDo.
int reportCannotDo(llvm::Error E);

} // namespace snug::tool

#endif
