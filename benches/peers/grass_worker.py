"""GRASS r.cost on one grid: FOLDER WORK REPEATS, within a GRASS session; prints one line of JSON."""

import json
import os
import resource
import subprocess
import sys
import time


def grass(*words):
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return done.stdout


def main():
    folder, work, repeats = sys.argv[1:]
    grid = json.load(open(f"{folder}/grid.json"))
    rows, cols, dx_m, dy_m = (grid[key] for key in ("rows", "cols", "dx_m", "dy_m"))
    north, east = rows * dy_m, cols * dx_m
    bounds = [f"n={north}", "s=0", f"e={east}", "w=0", f"rows={rows}", f"cols={cols}"]
    grass("g.region", *bounds)
    file = f"input={os.path.abspath(folder)}/friction.f32"
    edges = [f"north={north}", "south=0", f"east={east}", "west=0", f"rows={rows}", f"cols={cols}"]
    grass("r.in.bin", "-f", "--overwrite", file, "output=friction", "bytes=4", *edges)
    place = lambda cell: f"{(cell[1] + 0.5) * dx_m},{north - (cell[0] + 0.5) * dy_m}"
    first, last = place(grid["places"][0]), place(grid["places"][-1])
    knight = ["-k"] if work == "full16" else []
    command = ["r.cost", *knight, "--overwrite", "--quiet", "input=friction", "output=cost"]
    command += [f"start_coordinates={first}", "outdir=direction", "memory=4000"]
    run_s, user_s = [], []
    for _ in range(max(1, int(repeats))):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
        grass(*command)
        run_s.append(time.perf_counter() - start)
        user_s.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    # Costs are in units of the cells' width.
    cost = float(grass("r.what", "map=cost", f"coordinates={last}").split("|")[3]) * dx_m
    statistics = dict(line.split("=") for line in grass("r.univar", "-g", "map=cost").split())
    answer = {
        "build_s": 0.0,
        "runs_s": user_s,
        "wall_s": run_s,
        "cost_m": cost,
        "mean_m": float(statistics["mean"]) * dx_m,
        "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }
    print(json.dumps(answer))


main()
