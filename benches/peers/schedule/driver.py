"""Schedules a network by MPXJ, simulates one by NumPy and both by us; writes the record.

WORKDIR ROUNDS. Answers are compared before any time counts. Times are those of the processor.
"""

import csv
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys

import numpy

from mpxj_schedule import Plan
from numpy_simulation import BLOCK, Simulation

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
RECORD = f"{ROOT}/benches/record/2026-11-schedule-peers.md"
# Rounds that MPXJ runs before any counts: its programs are compiled as they run.
WARM = 10
# Of two percentiles of 100,000 plans each: four standard errors and a half.
MOST_APART = 0.003


def same_days(folder, plan):
    """Ends with what differs, if any day or float does."""
    theirs, wrong, count = plan.days(), [], 0
    with open(f"{folder}/dates.csv", newline="") as file:
        for row in csv.DictReader(file):
            ours = (row["start"], row["finish"], float(row["float_days"]))
            count += 1
            if theirs[row["id"]] != ours:
                wrong.append(f"{row['id']}: MPXJ has {theirs[row['id']]}, we {ours}")
    print(*wrong[:10], sep="\n")
    if wrong or count != len(theirs):
        raise SystemExit(f"{len(wrong)} of {count} activities differ, MPXJ has {len(theirs)}")
    return count


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2])
    program = f"{folder}/rust/release/schedule-peers"
    subprocess.check_call([program, "write", folder])
    plan = Plan(f"{folder}/plan.xml")
    plan.schedule()
    count = same_days(folder, plan)
    with open(f"{folder}/simulated.json") as file:
        case = json.load(file)
    simulation = Simulation(case)
    ours = lambda: json.loads(subprocess.check_output([program, "time", folder]))
    own = ours()
    days, _ = simulation.finishes(1)
    apart = [own[f"p{share}_days"] / numpy.percentile(days, share) - 1.0 for share in (50, 80)]
    print(f"P50 and P80 {apart[0]:+.3%} and {apart[1]:+.3%} apart")
    if not max(map(abs, apart)) <= MOST_APART:
        raise SystemExit("percentiles are too far apart")
    for _ in range(WARM):
        plan.read()
        plan.schedule()
    found = {name: [] for name in ("read", "scheduled", "numpy")}
    own = []
    for seed in range(rounds):
        own.append(ours())
        found["read"].append(plan.read())
        found["scheduled"].append(plan.schedule())
        found["numpy"].append(simulation.finishes(seed + 2)[1])

    def rows():
        for what, key, peer, times in [
            (f"XML of {count:,} tasks read", "read_ns", "MPXJ", found["read"]),
            ("the same scheduled: from activities and links to dates and floats",
             "compiled_and_dated_ns", "MPXJ", found["scheduled"]),
            ("the same, laid out before", "dated_ns", "MPXJ", found["scheduled"]),
            (f"{case['iterations']:,} plans of {case['activities']:,} activities", "simulated_ns",
             "NumPy", found["numpy"]),
        ]:
            times_of_ours = [one[key] for one in own]
            middle, peers = statistics.median(times_of_ours), statistics.median(times)
            fastest, peers_fastest = min(times_of_ours), min(times)
            yield (f"| {what} | {middle / 1e6:,.2f} ms | {peer} {peers / 1e6:,.1f} ms | "
                   f"{peers / middle:,.0f} | {peers_fastest / fastest:,.0f} |")

    text = f"""# Schedules beside other programs, {datetime.date.today():%B %Y}

`benches/peers/schedule/run`: {rounds} interleaved rounds, times of the processor (of the thread, for MPXJ and ours), medians; ratios of medians, and of the fastest rounds. MPXJ 16.10.0 by JPype after {WARM} rounds to warm up, `MicrosoftScheduler`; NumPy {numpy.__version__}, Python {platform.python_version()}; {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f} at the end. Ours on one thread.

Answers were compared before times counted: first day, last day and total float of all {count:,} activities (three calendars with holidays, three kinds of links, lags) are the same in MPXJ; P50 and P80 of {case['iterations']:,} simulated plans are {apart[0]:+.2%} and {apart[1]:+.2%} from those of NumPy, which draws other numbers.

| work | railcorridor | other | ratio | of the fastest |
| --- | --: | --: | --: | --: |
{chr(10).join(rows())}

Links between activities of different calendars run from finish to start, without lags. With other links and lags there too, 1,505 of the 10,000 activities differed in a day or in their float; which program is right there was not settled. MPXJ's model is richer than what it schedules by: it reads resources and assignments too. NumPy's program draws durations and adds them up, {BLOCK:,} plans at once, and keeps the finish alone; ours counts in how many plans each activity is critical, what each moves the finish by, and the percentiles of it.
"""
    with open(RECORD, "w") as record:
        record.write(text)
    print(text)


main()
