// The plugin's arguments, -fplugin-arg-snug-<key>=<value>: the options of `snug check` under the same names.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_PLUGIN_OPTIONS_H
#define SNUG_PLUGIN_OPTIONS_H

#include "core/Config.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace snug::plugin {

/// Arguments as given; what is not given is left to the configuration.
struct Options {
  std::optional<std::string> Checks;
  std::optional<std::string> ConfigFile;
  std::optional<bool> Strict;
  std::optional<bool> IncludeSystemHeaders;
};

/// Fails on an unknown key (naming the nearest), a value of the wrong kind, and a key without a value.
llvm::Expected<Options> parseOptions(const std::vector<std::string> &Arguments);

/// The configuration for `MainFile` with the arguments on top: `config=FILE` or the nearest .snug.yaml.
llvm::Expected<Config> configFor(const Options &O, llvm::StringRef MainFile);

} // namespace snug::plugin

#endif
