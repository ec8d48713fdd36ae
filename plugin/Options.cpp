// Reads the plugin's arguments.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Options.h"

#include "core/Expectation.h"

namespace snug::plugin {

using llvm::StringRef;

static llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Expected<Options> parseOptions(const std::vector<std::string> &Arguments) {
  Options Result;
  for (StringRef Argument : Arguments) {
    auto [Key, Value] = Argument.split('=');
    auto Flag = [&](std::optional<bool> &To) -> llvm::Error {
      if (Value != "true" && Value != "false" && Argument.contains('='))
        return failure("argument '" + Key + "' is true or false, not '" + Value + "'");
      To = Value != "false";
      return llvm::Error::success();
    };
    auto Text = [&](std::optional<std::string> &To) -> llvm::Error {
      if (Value.empty())
        return failure("argument '" + Key + "' needs a value: -fplugin-arg-snug-" + Key + "=…");
      To = Value.str();
      return llvm::Error::success();
    };
    llvm::Error E = llvm::Error::success();
    if (Key == "checks") {
      E = Text(Result.Checks);
    } else if (Key == "config") {
      E = Text(Result.ConfigFile);
    } else if (Key == "strict") {
      E = Flag(Result.Strict);
    } else if (Key == "include-system-headers") {
      E = Flag(Result.IncludeSystemHeaders);
    } else {
      StringRef Nearest = nearest(Key, {"checks", "config", "include-system-headers", "strict"});
      E = failure("unknown argument '" + Key + "'" + (Nearest.empty() ? "" : "; did you mean '" + Nearest + "'?"));
    }
    if (E)
      return std::move(E);
  }
  return Result;
}

llvm::Expected<Config> configFor(const Options &O, StringRef MainFile) {
  llvm::Expected<Config> Result = O.ConfigFile ? readConfig(*O.ConfigFile) : findConfig(MainFile);
  if (!Result)
    return Result;
  if (O.Checks) {
    Result->Checks = splitGlobs(*O.Checks);
    Result->Origins["checks"] = "--checks";
  }
  if (O.Strict)
    Result->Strict = *O.Strict;
  if (O.IncludeSystemHeaders)
    Result->IncludeSystemHeaders = *O.IncludeSystemHeaders;
  return Result;
}

} // namespace snug::plugin
