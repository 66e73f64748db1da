"""Runs a train over the same line by ALTRIOS and by us in interleaved rounds; writes the record.

WORKDIR ROUNDS. Answers are compared before any time counts. Times are those of the processor.
"""

import datetime
import json
import os
import platform
import statistics
import subprocess
import sys

import altrios_run

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
RECORD = f"{ROOT}/benches/record/2026-11-run-peers.md"
REFERENCE = f"{ROOT}/tests/reference/operation/run_700km_2000seg.json"
# ALTRIOS counts whole seconds, lets power rise over 25 s, brakes by force and stops a little short;
# what its train does is read off its own steps.
MOST_APART = 0.005


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2])
    corridor = altrios_run.Corridor(REFERENCE, folder)
    train = corridor.same_train()
    case = f"{folder}/case.json"
    with open(case, "w") as file:
        json.dump(train, file)
    ours = lambda: json.loads(subprocess.check_output([f"{folder}/rust/release/train-peers", case]))
    own, (_, theirs) = ours(), corridor.walked()
    state = theirs["state"]
    time_s, work_j = state["time_seconds"], state["energy_whl_out_pos_joules"]
    apart = [own["running_s"] / time_s - 1.0, own["traction_j"] / work_j - 1.0]
    print(f"ours {own['running_s']:.1f} s, {own['traction_j'] / 1e9:.2f} GJ; "
          f"ALTRIOS {time_s:.0f} s, {work_j / 1e9:.2f} GJ")
    if not abs(apart[0]) <= MOST_APART:
        raise SystemExit(f"times are {apart[0]:.2%} apart")
    ns, peer_ns = [], []
    for _ in range(rounds):
        ns.append(ours()["ns"])
        peer_ns.append(corridor.walked()[0])
    ratio = statistics.median(peer_ns) / statistics.median(ns)
    text = f"""# Runs of trains beside ALTRIOS, {datetime.date.today():%B %Y}

`benches/peers/train/run`: {rounds} interleaved rounds, times of the processor, medians. ALTRIOS 1.1.0 (its core is Rust), Python {platform.python_version()}; {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f} at the end.

The line of `run_700km_2000seg.json` as {altrios_run.LINKS} links, {(train['end_m'] - train['length_m']) / 1e3:.1f} km of it; {altrios_run.CARS} cars `Unit_Loaded` and {altrios_run.LOCOMOTIVES} default locomotives, {train['mass_kg'] / 1e3:,.0f} t. Answers were compared before times counted.

| program | time of a run | ratio | running time | work of the pull | steps |
| --- | --: | --: | --: | --: | --: |
| railcorridor `run` | {statistics.median(ns) / 1e6:.3f} ms | 1 | {own['running_s']:,.1f} s | {own['traction_j'] / 1e9:.2f} GJ | {own['steps']:,} |
| ALTRIOS `walk_timed_path`, no history | {statistics.median(peer_ns) / 1e6:.1f} ms | {ratio:.0f} | {time_s:,.0f} s | {work_j / 1e9:.2f} GJ | {state['i']:,} |
| apart | | | {apart[0]:+.2%} | {apart[1]:+.2%} | |

ALTRIOS cannot be given our train, so ours is given that of ALTRIOS: mass, turning wheels, length, rolling resistance as its own state has them; greatest pull, power, braking and air resistance as its steps show them. What stays different: ALTRIOS steps by whole seconds at first order, lets the power rise slowly, brakes by a force and not by a deceleration, and simulates engine, generator and motors of each locomotive, which we do not. Building its network, its estimated times and the dispatch of the train are not counted.
"""
    with open(RECORD, "w") as record:
        record.write(text)
    print(text)


main()
