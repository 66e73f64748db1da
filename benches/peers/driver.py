"""Runs every tool on the same grids in interleaved rounds and writes the record.

WORKDIR, ROUNDS, and how many of them take the large grid in too (0: no record is written).
"""

import datetime
import json
import os
import platform
import statistics
import subprocess
import sys

import numpy as np
import rasterio

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TERRAIN = f"{ROOT}/data/terrain/globe_30s_60-68E_29.5-37N.tif"
RECORD = f"{ROOT}/benches/record/2026-11-peers.md"
# Turgundi, Herat, Kandahar, Spin Boldak.
PLACES = [(209, 274), (318, 264), (646, 685), (719, 768)]
OURS = "railcorridor"

# Tools by grid and work, ours first; the answers of one line must agree, but for "other metric".
LINES = [
    ("dem", "full8", [OURS, "scikit-image", "scipy", "xarray-spatial", "pathfinding", "petgraph",
                      "GRASS r.cost", "dijkstra3d"]),
    ("dem", "full16", [OURS, "GRASS r.cost"]),
    ("dem", "legs8", [OURS, "scikit-image", "pathfinding", "petgraph"]),
    ("dem", "headings", [OURS]),
    ("dem", "levels", [OURS]),
    ("dem", "corridor", [OURS]),
    ("square", "full8", [OURS, "oxigdal"]),
    ("square", "legs8", [OURS, "oxigdal"]),
    ("syn", "full8", [OURS, "scikit-image", "scipy", "xarray-spatial", "oxigdal", "GRASS r.cost",
                      "dijkstra3d"]),
    ("syn", "full16", [OURS, "GRASS r.cost"]),
]
# Ratios to reach, with parents kept.
AIMS = {
    ("dem", "full8", "scikit-image"): 10, ("dem", "full8", "scipy"): 7,
    ("square", "full8", "oxigdal"): 7, ("dem", "full8", "dijkstra3d"): 3.5,
    ("dem", "full16", "GRASS r.cost"): 8, ("dem", "legs8", "scikit-image"): 25,
    ("square", "legs8", "oxigdal"): 3, ("dem", "legs8", "pathfinding"): 4,
    ("syn", "full8", "scikit-image"): 10, ("syn", "full8", "scipy"): 7,
    ("syn", "full8", "oxigdal"): 7, ("syn", "full8", "dijkstra3d"): 3.5,
    ("syn", "full16", "GRASS r.cost"): 8,
}
OTHER_METRIC = {"dijkstra3d"}
# Sums of floats of 24 bits, or of whole sixteenths of a metre.
AGREE_RATIO = 5e-6
# What no other tool does, searched over levels: nanoseconds a state; seconds and megabytes for the
# whole corridor at 18 permille with levels of 4 m.
LEVEL_AIM_NS, CORRIDOR_AIM_S, CORRIDOR_AIM_MB = 250, 3, 300


def write_grid(folder, heights, dx_m, dy_m, places, sampled_m=None):
    os.makedirs(folder, exist_ok=True)
    down, right = np.gradient(heights, *(sampled_m or (dy_m, dx_m)))
    (1 + 20 * np.hypot(down, right)).astype("<f4").tofile(f"{folder}/friction.f32")
    rows, cols = heights.shape
    grid = {"rows": rows, "cols": cols, "dx_m": dx_m, "dy_m": dy_m, "places": places}
    json.dump(grid, open(f"{folder}/grid.json", "w"))


def write_grids(work, large):
    heights = rasterio.open(TERRAIN).read(1).astype(float)
    write_grid(f"{work}/dem", heights, 777.0, 924.0, PLACES)
    # The same frictions over square cells, for the tool that knows no others.
    write_grid(f"{work}/square", heights, 777.0, 777.0, PLACES, (924.0, 777.0))
    if large:
        i, j = np.mgrid[0:4096, 0:4096]
        wave = lambda turns: np.sin(2 * np.pi * turns)
        heights = 1000 + 400 * wave(i / 1024) * np.cos(2 * np.pi * j / 768)
        heights += 150 * wave((i + 2 * j) / 311) + 60 * wave((3 * i - j) / 97)
        write_grid(f"{work}/syn", heights, 30.0, 30.0, [(100, 100), (4000, 3900)])


def command(tool, work, grid, task, repeats):
    if task == "levels":
        return [f"{work}/rust/release/levels", str(repeats)]
    if task == "corridor":
        return [sys.executable, f"{HERE}/corridor_worker.py", f"{work}/cli/release/corridor", str(repeats)]
    arguments = [f"{work}/{grid}", task, str(repeats)]
    binaries = {OURS: "ours", "oxigdal": "oxigdal", "pathfinding": "pathfinding", "petgraph": "petgraph"}
    if tool in binaries:
        return [f"{work}/rust/release/{binaries[tool]}", *arguments]
    if tool == "GRASS r.cost":
        place = f"{work}/grass-{grid}"
        if not os.path.isdir(place):
            subprocess.run(["grass", "--text", "-e", "-c", "XY", place], check=True, capture_output=True)
        worker = ["python3", f"{HERE}/grass_worker.py", *arguments]
        return ["grass", f"{place}/PERMANENT", "--exec", *worker]
    return [sys.executable, f"{HERE}/python_worker.py", tool, *arguments]


def measure(tool, work, grid, task):
    # Large grids once a round and without a warm-up; the tool that compiles does so beforehand.
    repeats = 0 if grid == "syn" else 3
    environment = dict(os.environ, OMP_NUM_THREADS="1", NUMBA_NUM_THREADS="1", RAYON_NUM_THREADS="1")
    words = command(tool, work, grid, task, repeats)
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"{tool} failed on {grid} {task}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def agree(grid, task, answers):
    ours = answers[OURS]
    for tool, answer in answers.items():
        for key in ("cost_m", "mean_m"):
            if tool in OTHER_METRIC or answer[key] is None or ours[key] is None:
                continue
            error = abs(answer[key] / ours[key] - 1)
            if error > AGREE_RATIO:
                sys.exit(f"{grid} {task}: {key} of {tool} differs: {answer[key]} against {ours[key]}")


def median_range(values):
    return statistics.median(values), min(values), max(values)


def table(grid, task, rounds):
    rows = []
    for tool in rounds[0]:
        times = [statistics.median(answers[tool]["runs_s"]) for answers in rounds]
        ratios = [
            statistics.median(answers[tool]["runs_s"]) / statistics.median(answers[OURS]["runs_s"])
            for answers in rounds
        ]
        middle, low, high = median_range(times)
        ratio = middle / statistics.median(
            [statistics.median(answers[OURS]["runs_s"]) for answers in rounds]
        )
        build = statistics.median([answers[tool]["build_s"] for answers in rounds])
        peak = max(answers[tool]["peak_mb"] for answers in rounds)
        cost = rounds[0][tool]["cost_m"]
        aim = AIMS.get((grid, task, tool))
        met = "" if aim is None else f"{aim}: {'met' if ratio >= aim else 'missed'}"
        answer = "another metric" if cost is None else f"{cost:,.1f}"
        graph = f"{build * 1e3:,.0f}" if build > 0 else ""
        rows.append(
            f"| {tool} | {middle * 1e3:,.1f} ({low * 1e3:,.1f}-{high * 1e3:,.1f}) | {graph} "
            f"| **{ratio:.2f}** ({min(ratios):.2f}-{max(ratios):.2f}) | {met} | {peak:,.0f} | {answer} |"
        )
    return rows


TITLES = {
    "dem": "Embedded terrain, 901 x 961 cells of 777 x 924 m",
    "square": "The same frictions over square cells of 777 m",
    "syn": "Synthetic terrain, 4096 x 4096 cells of 30 m",
}
TASKS = {
    "full8": "whole surface, 8 neighbours",
    "full16": "whole surface, 16 neighbours",
    "legs8": "three legs, 8 neighbours",
}


def headings(rounds):
    """What a state of a cell and a heading costs; no other tool searches them."""
    answers = [answers[OURS] for answers in rounds]
    states = 16 * 901 * 961
    ns = [statistics.median(answer["runs_s"]) / answer["settled_count"] * 1e9 for answer in answers]
    middle, low, high = median_range(ns)
    peak = max(answer["peak_mb"] for answer in answers) * 2**20 / states
    met = "met" if peak <= 6 else "missed"
    return [
        "",
        f"## {TITLES['dem']}: cells and sixteen headings",
        "Turgundi to Spin Boldak, turns of two headings at most, 500 m for each; none of the other tools has it. "
        f"{answers[0]['settled_count']:,} of {states:,} states settled, "
        f"**{middle:.0f} ns** each ({low:.0f}-{high:.0f}); the whole process holds "
        f"**{peak:.1f} B** a state (aim 6: {met}).",
    ]


def levels(rounds):
    """What a state of a cell and a level costs, leg by leg."""
    lines = [
        "",
        f"## {TITLES['dem']}: cells and height levels",
        "The legs of the study by `level_search`, each proven cheapest; the aim is "
        f"{LEVEL_AIM_NS} ns a state. None of the other tools has such a search.",
        "",
        "| leg | permille | levels, m | states | ms (least-greatest) | ns a state (least-greatest) | aim |",
        "| --- | --: | --: | --: | --: | --: | --- |",
    ]
    for legs in zip(*(answers[OURS]["legs"] for answers in rounds)):
        leg, states = legs[0], legs[0]["settled_count"]
        middle, low, high = median_range([statistics.median(one["runs_s"]) for one in legs])
        ns = [seconds / states * 1e9 for seconds in (middle, low, high)]
        lines.append(
            f"| {leg['leg']} | {leg['gradient_permille']:g} | {leg['level_step_m']:g} | {states:,} "
            f"| {middle * 1e3:,.1f} ({low * 1e3:,.1f}-{high * 1e3:,.1f}) "
            f"| **{ns[0]:.0f}** ({ns[1]:.0f}-{ns[2]:.0f}) | {'met' if ns[0] <= LEVEL_AIM_NS else 'missed'} |"
        )
    return lines


def whole_corridor(rounds):
    """The whole study by the command line: clock, not time of the processor, on all cores."""
    answers = [answers[OURS] for answers in rounds]
    middle, low, high = median_range([statistics.median(answer["runs_s"]) for answer in answers])
    peak = max(answer["peak_mb"] for answer in answers)
    met = "met" if middle <= CORRIDOR_AIM_S and peak <= CORRIDOR_AIM_MB else "missed"
    return [
        "",
        "The whole corridor with its certificates, by the clock of `corridor route --gradient 18 --level-step 4`: "
        f"**{middle:.2f} s** ({low:.2f}-{high:.2f}) in {peak:.0f} MB "
        f"(aims {CORRIDOR_AIM_S} s, {CORRIDOR_AIM_MB} MB: {met}).",
    ]


# Works that no other tool does, and how they are told.
OWN = {"headings": headings, "levels": levels, "corridor": whole_corridor}


def record(results, path):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), "")
    lines = [
        "# Surfaces beside other tools, November 2026",
        f"`benches/peers/run`, {datetime.date.today()}, {cpu}, {os.cpu_count()} processors, "
        f"{platform.system()} {platform.machine()}; load {os.getloadavg()[0]:.1f} at the end: "
        "times are those of the processor, and the ratios are what counts.",
        "",
        "Interleaved rounds: in each every tool runs once in a process of its own, one "
        "thread, once to warm up and three times measured (the large grid: once), and its median counts. "
        "Ratios are medians of the rounds over ours; in brackets the least and the greatest of the ratios "
        "within one round. Friction 1 + 20 x slope; an edge costs its length times the mean of its ends. "
        "Answers agree to 5e-6 at the end and in the mean over all cells, or the run stops.",
        "",
        "Fairness: no time holds the reading of files, but for GRASS, whose figure is user time (not the system's) of "
        "`r.cost` with its own raster files and its direction map (4 GB allowed, so that nothing is paged). The build "
        "of a graph stands beside and is in no ratio. JIT is warm. All tools can answer the way to any cell "
        "afterwards: the others keep parents, ours finds each from labels that agree exactly. dijkstra3d "
        "charges cells entered and knows no lengths: an anchor of speed, not the same answer. Legs: ours and "
        "those of Rust by A*, scikit-image by Dijkstra until the end is reached; ours and scikit-image reuse "
        "their memory. Peak memory is that of the whole process with its inputs.",
    ]
    for (grid, task), rounds in results.items():
        if not rounds:
            continue
        if task in OWN:
            lines += OWN[task](rounds)
            continue
        lines += [
            "",
            f"## {TITLES[grid]}: {TASKS[task]}",
            f"{len(rounds)} round{'s' if len(rounds) > 1 else ''}.",
            "",
            "| tool | ms (least-greatest) | graph, ms | times ours | aim | peak, MB | cost, m |",
            "| --- | --: | --: | --: | --- | --: | --: |",
            *table(grid, task, rounds),
        ]
        if (grid, task) == ("syn", "full8"):
            peak = lambda tool: max(answers[tool]["peak_mb"] for answers in rounds)
            share = peak("scikit-image") / peak(OURS)
            met = "met" if share >= 6 else "missed"
            lines += ["", f"Peak memory: 1/{share:.1f} of scikit-image's (aim 1/6: {met})."]
    open(path, "w").write("\n".join(lines) + "\n")


def main():
    work, count, large_count = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    write_grids(work, large_count > 0)
    results = {(grid, task): [] for grid, task, _ in LINES}
    for round_number in range(count):
        for grid, task, tools in LINES:
            if grid == "syn" and round_number >= large_count:
                continue
            answers = {tool: measure(tool, work, grid, task) for tool in tools}
            if task not in OWN:
                agree(grid, task, answers)
            results[grid, task].append(answers)
            print(f"round {round_number + 1}: {grid} {task}", file=sys.stderr, flush=True)
        json.dump([[*key, value] for key, value in results.items()], open(f"{work}/results.json", "w"))
        # Without the large grid it is no record. Written after each round: an early end keeps it.
        record(results, RECORD if large_count > 0 else f"{work}/quick.md")


main()
