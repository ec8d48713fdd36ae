# Configuration of the lit suites. The suffix of a test says how it is exercised; every one carries RUN lines.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import os
import subprocess
import sys

import lit.formats
import lit.util

config.name = "snug"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".verify.cpp", ".layout.cpp", ".asm.cpp", ".sh.cpp", ".test", ".s"]
config.excludes = ["Inputs", "CMakeLists.txt"]
config.test_source_root = os.path.dirname(__file__)

llvm_bin = os.path.join(config.llvm_root, "bin")
config.environment["PATH"] = os.pathsep.join([llvm_bin, config.environment.get("PATH", "")])
# A sanitizer's report must fail the test that caused it.
for key in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
    if key in os.environ:
        config.environment[key] = os.environ[key]

# A mutation run points the tests at changed headers (scripts/mutate.py).
include_dir = lit_config.params.get("include", config.include_dir)
clangxx = os.path.join(llvm_bin, "clang++")
plugin = os.path.join(config.build_root, "lib", "SnugPlugin.so")
clang_tidy = os.path.join(llvm_bin, "clang-tidy")
tidy_module = os.path.join(config.build_root, "lib", "SnugTidyModule.so")
verify_tool = (
    os.path.join(config.test_source_root, "Inputs", "verify_tool.py")
    + f" --snug {os.path.join(config.build_root, 'bin', 'snug')} --include {include_dir}"
)
# A plugin with a sanitizer's runtime in it cannot be loaded by a program without.
hosts = "" if config.sanitize else f" --clang {clangxx} --plugin {plugin} --tidy {clang_tidy} --module {tidy_module}"
config.substitutions += [
    # Every rule test's standard command: the plugin as host, expectations as expected-* comments, nothing unexpected.
    ("%verify_plugin", f"{clangxx} -std=c++20 -fsyntax-only -fplugin={plugin} -Xclang -verify -I{include_dir}"),
    # The same comments held against `snug check`, and against every host; both take `FILE [snug options] [-- flags]`.
    ("%verify_tool", f"{config.python} {verify_tool}"),
    ("%verify_both", f"{config.python} {verify_tool}{hosts}"),
    # Figures are those of this command line: pinned target, level and library.
    ("%compile", f"{clangxx} --target=x86_64-linux-gnu -std=c++20 -O2 -DNDEBUG -I{include_dir} {os.path.join(config.build_root, 'lib', 'libsnug.a')} -Wno-unused-command-line-argument"),
    ("%figures", f"{config.python} {os.path.join(os.path.dirname(__file__), 'Inputs', 'figures.py')}"),
    # Operation states and start paths in both modes beside hand-written twins, at the level the figures are for.
    ("%measured_flags", f"--target=x86_64-linux-gnu -std=c++20 -O2 -DNDEBUG -I{include_dir}"),
    ("%measure", f"{config.python} {os.path.join(os.path.dirname(__file__), 'Inputs', 'measure.py')}"
                 f" --snug={os.path.join(config.build_root, 'bin', 'snug')} --clang={clangxx}"),
    ("%plugin", f"-fplugin={plugin}"),
    ("%clang_tidy", f"{clang_tidy} --load={tidy_module}"),
    ("%snug", os.path.join(config.build_root, "bin", "snug")),
    # The headers of GCC's library that clang must take: stated, so that a newer half-installed GCC changes nothing.
    ("%clangxx", clangxx),
    ("%gxx", config.gxx),
    ("%include", f"-I{include_dir}"),
    ("%llvm_major", config.llvm_major),
    # LLVM's own headers, as an example of code that is not ours.
    ("%llvm_include", "-isystem " + os.path.join(config.llvm_root, "include")),
    ("%source_root", config.source_root),
    ("%build_root", config.build_root),
    ("%lit", os.path.abspath(sys.argv[0])),
    ("%python", config.python),
]
config.available_features.add(f"llvm-{config.llvm_major}")
if config.sanitize:
    # Containers and allocations cross the border to LLVM's libraries, which know nothing of the sanitizers: what our side
    # poisons in an arena theirs does not give free again. The library of the runtime links into sanitized programs alone.
    config.available_features.add("sanitized")
    config.environment["ASAN_OPTIONS"] = "detect_container_overflow=0:detect_leaks=0:allow_user_poisoning=0"
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
else:
    config.available_features.add("plugin")
# The compiler of the other supported major version, for what must not be mixed.
other_clangxx = lit.util.which("clang++-" + ("19" if config.llvm_major == "22" else "22"), os.environ.get("PATH", ""))
if other_clangxx:
    config.substitutions.insert(0, ("%other_clangxx", other_clangxx))
    config.available_features.add("other-clang")
other_clang_tidy = lit.util.which("clang-tidy-" + ("19" if config.llvm_major == "22" else "22"), os.environ.get("PATH", ""))
if other_clang_tidy:
    config.substitutions.insert(0, ("%other_clang_tidy", other_clang_tidy))
    config.available_features.add("other-clang-tidy")
config.substitutions.append(("%{path}", config.environment["PATH"]))
# A file system of the test's own, to fill it up.
if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False).returncode == 0:
    config.available_features.add("user-namespaces")
# The linker for bitcode of this compiler; that of another version does not read it.
if os.path.exists(os.path.join(config.llvm_root, "bin", "ld.lld")):
    config.available_features.add("lld")
if lit.util.which("pre-commit", os.environ.get("PATH", "")):
    config.available_features.add("pre-commit")
if lit.util.which("valgrind", os.environ.get("PATH", "")):
    config.available_features.add("valgrind")
if lit.util.which("ccache", os.environ.get("PATH", "")):
    config.available_features.add("ccache")
if lit.util.which("ninja", os.environ.get("PATH", "")):
    config.available_features.add("ninja")
# Two hosts on one machine: the scheduler and the daemons of icecream, in namespaces of networks, mounts and processes.
sbin = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
icecream = [name for name in ("icecc", "iceccd", "icecc-scheduler", "ip", "nsenter") if not lit.util.which(name, sbin)]
namespaces = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "true"]
if icecream:
    lit_config.note("skipped: nothing is tried with icecream: not installed: " + ", ".join(icecream) + " (Debian: icecc, iproute2)")
elif subprocess.run(namespaces, capture_output=True, check=False).returncode != 0:
    lit_config.note("skipped: nothing is tried with icecream: this machine allows no namespaces (root is needed)")
else:
    config.available_features.add("icecream")
    config.environment["PATH"] += os.pathsep + "/usr/sbin" + os.pathsep + "/sbin"
if lit.util.which("chromium", os.environ.get("PATH", "")):
    config.available_features.add("chromium")
else:
    lit_config.note("skipped: the page of 'snug report' is tried in no browser: not installed: chromium")
