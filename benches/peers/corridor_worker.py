"""Runs `corridor route` over the whole study as a user does; prints one line of JSON.

CORRIDOR REPEATS. A process of its own, small: what a child is said to hold at most counts what its
parent held.
"""

import json
import resource
import subprocess
import sys
import time


def main():
    corridor, repeats = sys.argv[1], int(sys.argv[2])
    runs_s = []
    for number in range(repeats + 1):
        start = time.perf_counter()
        words = [corridor, "route", "--gradient", "18", "--level-step", "4"]
        text = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        if number > 0:
            runs_s.append(time.perf_counter() - start)
        if "proven cheapest" not in text:
            sys.exit(f"{' '.join(words)} proves nothing:\n{text}")
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"runs_s": runs_s, "peak_mb": peak_mb}))


main()
