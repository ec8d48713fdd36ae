#!/usr/bin/env python3
"""icecream.py REMOTE-LOG COMMAND…: runs COMMAND with an icecream cluster of two hosts on this machine.

Host one has the scheduler and a daemon that takes no jobs of others, host two a daemon that does: a network namespace each,
joined by a pair of virtual cables, with a /run/icecc of its own, since the daemon's socket is a file there. All of it lives in
a namespace of processes that ends with this script, whatever happens. COMMAND runs on host one, with jobs preferring host two; what icecc says goes to REMOTE-LOG.

A daemon takes no jobs while its host is busy, and this machine may well be: host two sees processors of its own, idle.

Needs root, icecream and ip. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

INSIDE = "SNUG_ICECREAM_INSIDE"
SECONDS_TO_MEET = 60
SECONDS_AT_MOST = 180
NET = "snug-test"
ONE, TWO = "10.77.3.1", "10.77.3.2"


def do(*command):
    subprocess.run(command, check=True)


def wait_for(path, words, who):
    deadline = time.monotonic() + SECONDS_TO_MEET
    while time.monotonic() < deadline:
        if path.exists() and all(word in path.read_text(errors="replace") for word in words):
            return
        time.sleep(0.2)
    sys.exit(f"{who} did not come up within {SECONDS_TO_MEET} s; see {path}")


def stay_idle(path):
    """Rewrites `path` as /proc/stat of a host with two processors that do nothing, as long as this process lives."""
    ticks = 1000
    while True:
        ticks += 100
        lines = [f"{name} 10 0 10 {amount} 0 0 0 0 0 0" for name, amount in (("cpu", 2 * ticks), ("cpu0", ticks), ("cpu1", ticks))]
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\nctxt 1\nbtime 1\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n")
        time.sleep(0.3)


def inside(folder, log, command):
    os.makedirs("/run/icecc", exist_ok=True)
    do("mount", "-t", "tmpfs", "none", "/run/icecc")
    do("chmod", "777", "/run/icecc")
    do("ip", "link", "set", "lo", "up")
    idle = folder / "stat"
    threading.Thread(target=stay_idle, args=[idle], daemon=True).start()
    while not idle.exists():
        time.sleep(0.1)
    mounts = f"mount -t tmpfs none /run/icecc && chmod 777 /run/icecc && mount --bind {idle} /proc/stat"
    two = subprocess.Popen(["unshare", "--mount", "--net", "sh", "-c", f"{mounts} && touch {folder}/mounted && exec sleep 1000"])
    while not (folder / "mounted").exists():
        time.sleep(0.1)
    on_two = ["nsenter", "--target", str(two.pid), "--mount", "--net"]
    do("ip", "link", "add", "cable1", "type", "veth", "peer", "name", "cable2")
    do("ip", "link", "set", "cable2", "netns", str(two.pid))
    do("ip", "address", "add", ONE + "/24", "dev", "cable1")
    do("ip", "link", "set", "cable1", "up")
    do(*on_two, "ip", "link", "set", "lo", "up")
    do(*on_two, "ip", "address", "add", TWO + "/24", "dev", "cable2")
    do(*on_two, "ip", "link", "set", "cable2", "up")
    scheduler = folder / "scheduler.log"
    daemon = ["iceccd", "-s", ONE, "-n", NET, "-vvv"]
    for name in ("one", "two"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "icecc", "icecc")
    subprocess.Popen(["icecc-scheduler", "-n", NET, "-vvv", "-l", str(scheduler)])
    time.sleep(1)
    subprocess.Popen([*daemon, "-N", "one", "-m", "1", "--no-remote", "-b", str(folder / "one"), "-l", str(folder / "one.log")])
    subprocess.Popen([*on_two, *daemon, "-N", "two", "-m", "2", "-b", str(folder / "two"), "-l", str(folder / "two.log")])
    wait_for(scheduler, ["login one", "login two"], "the cluster")
    os.environ.update(ICECC_PREFERRED_HOST="two", ICECC_DEBUG="debug", ICECC_LOGFILE=str(log), ICECC_ENV_COMPRESSION="none", ICECC_REMOTE_CPP="1", CCACHE_DISABLE="1")
    return subprocess.run(command, check=False, timeout=SECONDS_AT_MOST).returncode


def main():
    log, command = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    if INSIDE in os.environ:
        sys.exit(inside(pathlib.Path(os.environ[INSIDE]), log, command))
    # The daemon drops root, and has to reach its folder: TMPDIR may be closed to others.
    with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        folder.chmod(0o777)
        process = subprocess.Popen(
            ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", sys.executable, *sys.argv],
            env=os.environ | {INSIDE: name},
        )
        try:
            code = process.wait(timeout=SECONDS_AT_MOST + 2 * SECONDS_TO_MEET)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            code = "the cluster took too long"
        if code:
            for part in sorted(folder.glob("*.log")):
                print(f"--- {part.name}\n{part.read_text(errors='replace')[-3000:]}", file=sys.stderr)
        sys.exit(code)


main()
