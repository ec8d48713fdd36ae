// Runs a job over the ASTs of sources: from a compilation database, from flags behind "--", or as C++20.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/Sources.h"

#include "tool/Command.h"
#include "tool/Database.h"

#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include <mutex>

namespace snug::tool {

namespace path = llvm::sys::path;

using clang::tooling::CommandLineArguments;
using clang::tooling::CompilationDatabase;

namespace {

llvm::Error cannotDo(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Error checkReadable(llvm::StringRef File) {
  llvm::sys::fs::file_status Status;
  if (std::error_code Code = llvm::sys::fs::status(File, Status))
    return cannotDo(Code == std::errc::no_such_file_or_directory ? "'" + File + "' does not exist"
                                                                 : "'" + File + "' cannot be read: " + Code.message());
  if (llvm::sys::fs::is_directory(Status))
    return cannotDo("'" + File + "' is a folder; name the source files in it");
  if (llvm::sys::fs::is_regular_file(Status) && Status.getSize() == 0)
    return cannotDo("'" + File + "' is empty");
  llvm::file_magic Magic;
  if (std::error_code Code = llvm::identify_magic(File, Magic))
    return cannotDo("'" + File + "' cannot be read: " + Code.message());
  if (Magic != llvm::file_magic::unknown)
    return cannotDo("'" + File + "' is an object file; only sources are read here");
  return llvm::Error::success();
}

bool isHeader(llvm::StringRef File) {
  static constexpr llvm::StringLiteral Extensions[] = {"",     ".h",   ".hh",  ".hpp", ".hxx", ".h++",
                                                       ".inc", ".ipp", ".inl", ".tcc", ".tpp"};
  return llvm::is_contained(Extensions, llvm::sys::path::extension(File));
}

/// Databases name what the assembler reads, too.
bool isAssembly(llvm::StringRef File) {
  static constexpr llvm::StringLiteral Extensions[] = {".s", ".S", ".sx", ".asm"};
  return llvm::is_contained(Extensions, llvm::sys::path::extension(File));
}

/// A command whose folder or file is gone was written before the sources or the build changed.
llvm::Error checkFresh(const clang::tooling::CompileCommand &Command, llvm::StringRef DatabaseFile) {
  if (!llvm::sys::fs::is_directory(Command.Directory))
    return cannotDo("compilation database '" + DatabaseFile + "' is stale: the folder '" + Command.Directory +
                    "' it compiles '" + Command.Filename + "' in does not exist");
  llvm::SmallString<256> File;
  if (llvm::sys::path::is_relative(Command.Filename))
    File = Command.Directory;
  llvm::sys::path::append(File, Command.Filename);
  if (!llvm::sys::fs::exists(File))
    return cannotDo("compilation database '" + DatabaseFile + "' is stale: it names '" + Command.Filename +
                    "', which does not exist");
  return llvm::Error::success();
}

/// A database, but for some files.
class PartlyFixed : public CompilationDatabase {
public:
  PartlyFixed(std::unique_ptr<CompilationDatabase> Known, std::shared_ptr<const CompilationDatabase> Fixed,
              llvm::StringSet<> Unknown)
      : Known(std::move(Known)), Fixed(std::move(Fixed)), Unknown(std::move(Unknown)) {}
  std::vector<clang::tooling::CompileCommand> getCompileCommands(llvm::StringRef File) const override {
    return (Unknown.contains(File) ? *Fixed : *Known).getCompileCommands(File);
  }

private:
  std::unique_ptr<CompilationDatabase> Known;
  std::shared_ptr<const CompilationDatabase> Fixed;
  /// Absolute paths.
  llvm::StringSet<> Unknown;
};

/// A tool that is given several commands at once announces each of them on stderr.
class OneCommand : public CompilationDatabase {
public:
  explicit OneCommand(clang::tooling::CompileCommand Command) : Command(std::move(Command)) {}
  std::vector<clang::tooling::CompileCommand> getCompileCommands(llvm::StringRef) const override { return {Command}; }

private:
  clang::tooling::CompileCommand Command;
};

/// Drops what loads code into the compiler; LibTooling would not run it, but the driver still checks the arguments.
CommandLineArguments dropPlugins(const CommandLineArguments &Arguments, llvm::StringRef) {
  CommandLineArguments Kept;
  for (const std::string &Argument : Arguments) {
    llvm::StringRef A(Argument);
    if (!A.starts_with("-fplugin=") && !A.starts_with("-fplugin-arg-") && !A.starts_with("-fpass-plugin="))
      Kept.push_back(Argument);
  }
  return Kept;
}

class Consumer : public clang::ASTConsumer {
public:
  Consumer(Sources::Handler Handle, std::size_t Index) : Handle(Handle), Index(Index) {}
  void HandleTranslationUnit(clang::ASTContext &AST) override {
    if (!AST.getDiagnostics().hasErrorOccurred())
      Handle(AST, Index);
  }

private:
  Sources::Handler Handle;
  std::size_t Index;
};

class Action : public clang::ASTFrontendAction {
public:
  Action(Sources::Handler Handle, std::size_t Index, bool Forget) : Handle(Handle), Index(Index), Forget(Forget) {}
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &, llvm::StringRef) override {
    return std::make_unique<Consumer>(Handle, Index);
  }

protected:
  bool BeginInvocation(clang::CompilerInstance &Compiler) override {
    Sources::quieten(Compiler);
    Compiler.getFrontendOpts().DisableFree = Forget;
    return true;
  }

private:
  Sources::Handler Handle;
  std::size_t Index;
  bool Forget;
};

class Factory : public clang::tooling::FrontendActionFactory {
public:
  Factory(Sources::ActionMaker Make, std::size_t Index) : Make(Make), Index(Index) {}
  std::unique_ptr<clang::FrontendAction> create() override { return Make(Index); }

private:
  Sources::ActionMaker Make;
  std::size_t Index;
};

} // namespace

llvm::Expected<Sources> Sources::find(SourceRequest Request) {
  if (!Request.BuildPath.empty() && Request.Flags)
    return cannotDo("both '-p' and '--' were given; the flags come from one of them");
  if (Request.Files.empty() && !Request.EmptyMeansAll)
    return cannotDo("no FILE was named");
  if (Request.Files.empty() && Request.Flags)
    return cannotDo("no FILE was named for the flags behind '--'");
  for (const std::string &File : Request.Files)
    if (llvm::Error E = checkReadable(File))
      return E;

  const bool IsNamed = !Request.BuildPath.empty();
  std::string DatabaseFile;
  if (IsNamed)
    DatabaseFile = databaseFile(Request.BuildPath);
  else if (!Request.Flags)
    DatabaseFile = nearestDatabase(Request.Files.empty() ? "." : path::parent_path(Request.Files.front()));
  if (Request.Files.empty() && DatabaseFile.empty())
    return cannotDo("no FILE was named, and there is no compilation database (compile_commands.json) here, in build or "
                    "above; CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, '-p BUILD' names its folder");

  Sources Result;
  Result.Files = std::move(Request.Files);
  // Without a word from the user a header is C++ too.
  auto Fixed = std::make_shared<clang::tooling::FixedCompilationDatabase>(
      ".", Request.Flags.value_or(std::vector<std::string>{"-xc++", "-std=c++20"}));
  if (DatabaseFile.empty()) {
    Result.Database = std::move(Fixed);
    return Result;
  }

  llvm::Expected<std::unique_ptr<CompilationDatabase>> Loaded = loadDatabase(DatabaseFile);
  if (!Loaded)
    return IsNamed || Result.Files.empty()
               ? Loaded.takeError()
               : cannotDo(llvm::toString(Loaded.takeError()) +
                          "; it is the nearest one: name another with '-p', or give the flags after '--'");
  if (Result.Files.empty()) {
    if (llvm::Error E = Result.takeAll(**Loaded, DatabaseFile))
      return E;
    Result.Database = std::move(*Loaded);
    Result.DatabaseFile = DatabaseFile;
    return Result;
  }
  bool Infer = false;
  llvm::StringSet<> Unknown;
  for (const std::string &File : Result.Files) {
    const std::string Absolute = clang::tooling::getAbsolutePath(File);
    auto Commands = (*Loaded)->getCompileCommands(Absolute);
    if (Commands.empty() && !isHeader(File)) {
      if (IsNamed)
        return cannotDo("'" + File + "' is not in the compilation database '" + DatabaseFile +
                        "'; configure again, or give its flags after '--' instead of '-p'");
      Result.Assumed.push_back("'" + File + "' is not in the compilation database '" + DatabaseFile +
                               "' and is taken for C++20; its flags may stand after '--'");
      Unknown.insert(Absolute);
      continue;
    }
    Infer |= Commands.empty();
    for (const clang::tooling::CompileCommand &Command : Commands)
      if (llvm::Error E = checkFresh(Command, DatabaseFile))
        return E;
  }
  // Headers have no entry of their own: they take the flags of the source with the nearest name.
  if (Infer)
    *Loaded = clang::tooling::inferMissingCompileCommands(std::move(*Loaded));
  if (Unknown.size() != Result.Files.size())
    Result.DatabaseFile = DatabaseFile;
  if (Unknown.empty())
    Result.Database = std::move(*Loaded);
  else
    Result.Database = std::make_shared<PartlyFixed>(std::move(*Loaded), std::move(Fixed), std::move(Unknown));
  return Result;
}

Sources Sources::adjusted(llvm::ArrayRef<std::size_t> Indices, clang::tooling::ArgumentsAdjuster Change) const {
  class Adjusted : public CompilationDatabase {
  public:
    Adjusted(std::shared_ptr<const CompilationDatabase> Inner, clang::tooling::ArgumentsAdjuster Change)
        : Inner(std::move(Inner)), Change(std::move(Change)) {}
    std::vector<clang::tooling::CompileCommand> getCompileCommands(llvm::StringRef File) const override {
      std::vector<clang::tooling::CompileCommand> Commands = Inner->getCompileCommands(File);
      for (clang::tooling::CompileCommand &Command : Commands)
        Command.CommandLine = Change(Command.CommandLine, Command.Filename);
      return Commands;
    }
    std::vector<std::string> getAllFiles() const override { return Inner->getAllFiles(); }

  private:
    std::shared_ptr<const CompilationDatabase> Inner;
    clang::tooling::ArgumentsAdjuster Change;
  };
  Sources Result;
  for (std::size_t Index : Indices)
    Result.Files.push_back(Files[Index]);
  Result.Database = std::make_shared<Adjusted>(Database, std::move(Change));
  return Result;
}

llvm::Error Sources::takeAll(const CompilationDatabase &Loaded, llvm::StringRef DatabaseFile) {
  std::vector<std::string> All = Loaded.getAllFiles();
  llvm::sort(All);
  for (std::string &File : All) {
    if (isAssembly(File))
      continue;
    std::string Stale;
    for (const clang::tooling::CompileCommand &Command : Loaded.getCompileCommands(File))
      if (llvm::Error E = checkFresh(Command, DatabaseFile)) {
        Stale = llvm::toString(std::move(E));
        break;
      }
    (Stale.empty() ? Files : Left).push_back(Stale.empty() ? std::move(File) : std::move(Stale));
  }
  if (!Files.empty())
    return llvm::Error::success();
  if (Left.empty())
    return cannotDo("compilation database '" + DatabaseFile + "' names no C or C++ source");
  std::string Message = Left.front();
  if (Left.size() > 1)
    Message += " (and " + std::to_string(Left.size() - 1) + " more like it)";
  return cannotDo(Message);
}

std::vector<clang::tooling::CompileCommand> Sources::commands(std::size_t Index) const {
  return Database->getCompileCommands(clang::tooling::getAbsolutePath(file(Index)));
}

void Sources::quieten(clang::CompilerInstance &Compiler) { Compiler.getDiagnosticOpts().ShowCarets = false; }

std::string Sources::compile(std::size_t Index, Handler Handle, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                             bool Forget) const {
  return compile(Index, [&](std::size_t I) { return std::make_unique<Action>(Handle, I, Forget); }, std::move(Files));
}

std::string Sources::compile(std::size_t Index, ActionMaker Maker,
                             llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) const {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  const bool Colours = llvm::errs().has_colors();
  Out.enable_colors(Colours);
#if LLVM_VERSION_MAJOR >= 21
  clang::DiagnosticOptions Options;
  Options.ShowColors = Colours;
  clang::TextDiagnosticPrinter Printer(Out, Options);
#else
  auto Options = llvm::makeIntrusiveRefCnt<clang::DiagnosticOptions>();
  Options->ShowColors = Colours;
  clang::TextDiagnosticPrinter Printer(Out, Options.get());
#endif
  Factory Make(Maker, Index);
  const std::vector<clang::tooling::CompileCommand> All = commands(Index);
  bool Compiled = !All.empty();
  for (const clang::tooling::CompileCommand &Command : All) {
    const OneCommand Only(Command);
    clang::tooling::ClangTool Tool(Only, file(Index), std::make_shared<clang::PCHContainerOperations>(), Files);
    Tool.setPrintErrorMessage(false);
    Tool.setDiagnosticConsumer(&Printer);
    Tool.appendArgumentsAdjuster(dropPlugins);
    Tool.appendArgumentsAdjuster(clang::tooling::getStripPluginsAdjuster());
    Tool.appendArgumentsAdjuster(clang::tooling::getInsertArgumentAdjuster(
        {"-w", "-resource-dir=" SNUG_CLANG_RESOURCE_DIR}, clang::tooling::ArgumentInsertPosition::BEGIN));
    Compiled &= Tool.run(&Make) == 0;
  }
  if (Compiled && Printer.getNumErrors() == 0)
    return {};
  if (Text.empty())
    Text = "error: the compiler gave no reason\n";
  return Text;
}

bool Sources::forEach(Handler Handle, unsigned Jobs) const {
  return forEachAction([&](std::size_t I) { return std::make_unique<Action>(Handle, I, /*Forget=*/false); }, Jobs);
}

bool Sources::forEachAction(ActionMaker Make, unsigned Jobs) const {
  const bool ShowProgress = Files.size() > 1 && llvm::errs().is_displayed();
  std::vector<std::string> Messages(Files.size());
  std::mutex Mutex;
  std::size_t Printed = 0, Done = 0;
  std::vector<bool> Finished(Files.size());
  auto One = [&](std::size_t Index) {
    // A file system of its own carries the unit's working folder, so that units compile side by side.
    std::string Message = compile(Index, Make, llvm::vfs::createPhysicalFileSystem());
    if (!Message.empty())
      Message += "snug: error: '" + Files[Index] + "' does not compile\n";
    std::lock_guard Lock(Mutex);
    Messages[Index] = std::move(Message);
    Finished[Index] = true;
    if (ShowProgress)
      llvm::errs() << "\r\x1b[K[" << ++Done << '/' << Files.size() << "] " << Files[Index];
    for (; Printed != Files.size() && Finished[Printed]; ++Printed)
      if (!Messages[Printed].empty())
        llvm::errs() << (ShowProgress ? "\r\x1b[K" : "") << Messages[Printed];
  };
  if (Jobs <= 1) {
    for (std::size_t Index = 0; Index != Files.size(); ++Index)
      One(Index);
  } else {
    llvm::DefaultThreadPool Pool(llvm::hardware_concurrency(Jobs));
    for (std::size_t Index = 0; Index != Files.size(); ++Index)
      Pool.async([&One, Index] { One(Index); });
    Pool.wait();
  }
  if (ShowProgress)
    llvm::errs() << "\r\x1b[K";
  return llvm::all_of(Messages, [](const std::string &M) { return M.empty(); });
}

int reportCannotDo(llvm::Error E) {
  llvm::handleAllErrors(
      std::move(E), [](const llvm::ErrorInfoBase &Info) { llvm::errs() << "snug: error: " << Info.message() << '\n'; });
  return CannotDo;
}

} // namespace snug::tool
