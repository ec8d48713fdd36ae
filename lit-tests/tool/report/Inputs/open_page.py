# Opens a page in a browser and says what that takes.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: open_page.py PAGE [--most-bytes=N] [--most-nodes=N] [--most-boxes=N] [--time]; fails above a limit. --time adds the
milliseconds until the first frame is there, the least of five."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "Inputs"))
from browser import Browser

page = pathlib.Path(sys.argv[1])
limits = {name.removeprefix("--most-"): int(most) for name, most in (a.split("=") for a in sys.argv[2:] if "=" in a)}
with Browser() as browser:
    browser.resize(1280)
    browser.call("Performance.enable")
    times = [browser.open(page) for _ in range(5 if "--time" in sys.argv else 1)]
    metrics = {m["name"]: int(m["value"]) for m in browser.call("Performance.getMetrics")["metrics"]}
    complaints = browser.complaints
figures = {"bytes": page.stat().st_size, "nodes": metrics["Nodes"], "boxes": metrics["LayoutObjects"]}
print(f"{page.name}: " + ", ".join(f"{value} {name}" for name, value in figures.items()) +
      (f", opened in {min(times):.0f} ms" if "--time" in sys.argv else ""))
for name, most in limits.items():
    if figures[name] > most:
        complaints.append(f"{figures[name]} {name} are more than {most}")
for complaint in complaints:
    print(f"{page}: error: {complaint}", file=sys.stderr)
sys.exit(1 if complaints else 0)
