// The command line from its first word to the exit code: one sub-command per source pair in this folder.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef SNUG_CHECKER_TOOL_COMMANDLINE_H
#define SNUG_CHECKER_TOOL_COMMANDLINE_H

namespace snug::tool {

/// Before the first command line: keeps LLVM's own options out of --help, and makes the attributes known.
void prepareCommandLine();

/// Reads a command line, the program's name first, does what it asks for, and returns an ExitCode. What cannot be read
/// is said on stderr. --help and --version end the process, as LLVM has them do.
int runCommandLine(int Argc, const char **Argv);

} // namespace snug::tool

#endif
