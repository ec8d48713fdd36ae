// Objects and assembly text that are older than the sources they were made from.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tool/StaleObjects.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>
#include <set>

namespace snug::tool {

using namespace machine;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace {

/// Lists of promises beside the code are compiled into nothing; sources and headers are.
bool isSource(llvm::StringRef Path) {
  return llvm::is_contained({".c", ".cc", ".cpp", ".cxx", ".c++", ".C", ".h", ".hh", ".hpp", ".hxx", ".ipp", ".inc"},
                            path::extension(Path));
}

/// The next "quoted string" of a directive, taken off its front.
llvm::StringRef takeQuoted(llvm::StringRef &Line) {
  const auto [Quoted, Rest] = Line.ltrim().substr(1).split('"');
  const bool IsQuoted = Line.ltrim().starts_with("\"");
  Line = IsQuoted ? Rest : "";
  return IsQuoted ? Quoted : "";
}

/// What `.file "a.cpp"` and `.file 1 "/directory" "a.cpp"` name. Compilers write the last part of a name alone where nobody
/// asked them for debug information.
std::vector<std::string> sourcesNamedIn(llvm::StringRef AssemblyPath) {
  std::vector<std::string> Names;
  auto Text = llvm::MemoryBuffer::getFile(AssemblyPath, /*IsText=*/true);
  if (!Text)
    return Names;
  for (llvm::StringRef Rest = (*Text)->getBuffer(); !Rest.empty();) {
    llvm::StringRef Line;
    std::tie(Line, Rest) = Rest.split('\n');
    Line = Line.ltrim();
    if (!Line.consume_front(".file"))
      continue;
    Line = Line.ltrim().ltrim("0123456789");
    const llvm::StringRef First = takeQuoted(Line), Second = takeQuoted(Line);
    llvm::SmallString<256> Name(First);
    if (!Second.empty()) {
      Name = path::is_absolute(Second) ? "" : First;
      path::append(Name, Second);
    }
    if (isSource(Name) && !llvm::is_contained(Names, Name.str()))
      Names.push_back(Name.str().str());
  }
  return Names;
}

/// A name without its directory is that of a file beside the text, or where the compiler was run: here.
std::string whereIs(llvm::StringRef Name, llvm::StringRef AssemblyPath) {
  llvm::SmallString<256> Beside = path::parent_path(AssemblyPath);
  path::append(Beside, Name);
  return path::is_relative(Name) && fs::exists(Beside) ? Beside.str().str() : Name.str();
}

/// Says of each object and each source once that the object is older.
class StaleObjects {
public:
  explicit StaleObjects(std::vector<Finding> &To) : To(To) {}

  void compare(llvm::StringRef Object, const Location &Source) {
    fs::file_status SourceStatus, Made;
    // What travelled here from another machine states places that are not here.
    if (fs::status(Source.File, SourceStatus) || fs::status(Object, Made) ||
        SourceStatus.getLastModificationTime() <= Made.getLastModificationTime() ||
        !Said.emplace(SourceStatus.getUniqueID(), Object).second)
      return;
    Finding F;
    F.RuleId = "asm-expectation";
    F.Severity = Level::Error;
    F.Result = Verdict::Undecided;
    F.Where = Source;
    F.Message = "'" + Object.str() + "' is older than this file: compile it anew, or pass --ignore-times";
    To.push_back(std::move(F));
  }

private:
  std::vector<Finding> &To;
  std::set<std::pair<fs::UniqueID, llvm::StringRef>> Said;
};

} // namespace

void addStale(std::vector<Finding> &To, llvm::ArrayRef<Input> Inputs, const Verification &V) {
  llvm::DenseMap<const Image *, llvm::StringRef> PathOf;
  for (const Input &In : Inputs)
    for (const auto &I : In.Images)
      PathOf[I.get()] = In.Path;
  StaleObjects Stale(To);
  // Places of figures first: they say more than the name of a file.
  std::map<llvm::StringRef, std::vector<std::string>> Assembly;
  for (const auto &[Stated, In] : V.Looked) {
    const llvm::StringRef Object = PathOf[In];
    if (Object.ends_with(".s") && !Assembly.count(Object))
      Assembly[Object] = sourcesNamedIn(Object);
    auto IsNamed = [&](llvm::StringRef Source) {
      return llvm::any_of(Assembly[Object],
                          [&](llvm::StringRef Name) { return path::filename(Name) == path::filename(Source); });
    };
    if (isSource(Stated->Where.File) && (!Object.ends_with(".s") || IsNamed(Stated->Where.File)))
      Stale.compare(Object, Stated->Where);
  }
  for (const auto &[Object, Names] : Assembly)
    for (const std::string &Name : Names)
      Stale.compare(Object, Location{whereIs(Name, Object), 0, 0, 0});
}

} // namespace snug::tool
