# Prints a compilation database for examples of the repository.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: database.py ROOT NAME[,FLAG]… ; with a FLAG the source is in it twice, the second time with that flag."""
import json
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
commands = []
for argument in sys.argv[2:]:
    name, *flags = argument.split(",")
    for extra in [[]] + [[flag] for flag in flags]:
        output = name.replace(".cpp", "".join(extra) + ".o")
        commands.append({"directory": str(pathlib.Path.cwd()), "file": str(root / "examples" / name),
                         "arguments": ["clang++", "-std=c++20", "-O2", f"-I{root}/include", "--target=x86_64-linux-gnu", *extra,
                                       "-c", str(root / "examples" / name), "-o", output]})
json.dump(commands, sys.stdout, indent=1)
