#!/usr/bin/env python3
"""Holds the machine code of one source to its EXPECT lines, in one RUN line of a lit suite or by hand.

In lit.cfg.py:    sys.path.append("/usr/local/share/snug"); import snug_lit
                  snug_lit.add_substitution(config, snug="snug", compiler="clang++")
In a test:        // RUN: %snug_asm %s -- -std=c++20 -O2
usage: snug_lit.py --snug=SNUG --compiler=COMPILER [--config=NAME] FILE -- FLAGS

The file is compiled with these flags and verified; lines 'EXPECT-NAME:' count whose NAME is the compiler (gcc, clang), the compiler
with its version (clang-22), the level (O2), both (clang-O2) or the processor (x86_64).
"""
import pathlib
import re
import subprocess
import sys
import tempfile


def add_substitution(config, snug, compiler, name="%snug_asm"):
    """Lets `RUN: %snug_asm %s -- FLAGS` compile and verify with these programs."""
    config.substitutions.insert(0, (name, f"{sys.executable} {pathlib.Path(__file__).resolve()} --snug={snug} --compiler={compiler}"))


def configurations(compiler, flags):
    """The names under which lines 'EXPECT-NAME:' know this compiler, level and target."""
    def said(*arguments):
        done = subprocess.run([compiler, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        return done.stdout
    version = re.search(r"clang version (\d+)", said("--version"))
    family = "clang" if version else "gcc"
    major = version[1] if version else said("-dumpversion").split(".")[0].strip()
    levels = [flag[1:] for flag in flags if re.fullmatch(r"-O\w*", flag)]
    level = (levels or ["O0"])[-1]
    # "-O" is "-O1".
    level = "O1" if level == "O" else level
    processor = said(*[flag for flag in flags if flag.startswith("--target=")], "-dumpmachine").split("-")[0].strip()
    return [family, f"{family}-{major}", level, f"{family}-{level}", processor]


def main():
    if "--" not in sys.argv:
        sys.exit(__doc__)
    split = sys.argv.index("--")
    arguments, flags = sys.argv[1:split], sys.argv[split + 1:]
    options = [argument.removeprefix("--").split("=", 1) for argument in arguments if argument.startswith("--")]
    files = [argument for argument in arguments if not argument.startswith("--")]
    named = dict(options)
    if len(files) != 1 or "snug" not in named or "compiler" not in named:
        sys.exit(__doc__)
    names = configurations(named["compiler"], flags) + [value for key, value in options if key == "config"]
    with tempfile.TemporaryDirectory() as folder:
        compiled = f"{folder}/{pathlib.Path(files[0]).name}.o"
        done = subprocess.run([named["compiler"], *flags, "-c", files[0], "-o", compiled], check=False)
        if done.returncode:
            return 2
        return subprocess.run([named["snug"], "asm", compiled, files[0], "--verify", f"--expect-config={','.join(names)}"],
                              check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
