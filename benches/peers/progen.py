"""Project networks with resources by the design of PSPLIB, as `.rcp` files.

    python3 progen.py FOLDER JOBS REPLICATIONS

Kolisch, Sprecher, Drexl, Management Science 41, 1995, 1693-1703: arcs a job, share of the resources
that a job needs, and how far capacities lie from the least to the most that is ever of use. Three
jobs begin and three end; none has more than three predecessors or successors; no arc is redundant.
"""
import os
import random
import sys

RESOURCES = 4


def network(jobs, arcs_a_job, rnd):
    """Successors and predecessors of each job, or None if this try led nowhere."""
    count = jobs + 2
    first, last = {1, 2, 3}, {jobs - 2, jobs - 1, jobs}
    succ = [set() for _ in range(count)]
    pred = [set() for _ in range(count)]
    after, before, direct = [0] * count, [0] * count, [0] * count

    def add(i, j):
        succ[i].add(j)
        pred[j].add(i)
        direct[i] |= 1 << j
        later, earlier = after[j] | 1 << j, before[i] | 1 << i
        for one in range(count):
            if earlier >> one & 1:
                after[one] |= later
            if later >> one & 1:
                before[one] |= earlier

    def may(i, j):
        if i >= j or j in first or i in last or after[i] >> j & 1:
            return False
        later, earlier = after[j] | 1 << j, before[i] | 1 << i
        return not any(earlier >> one & 1 and direct[one] & later for one in range(count))

    for j in first:
        add(0, j)
    for j in range(4, jobs + 1):
        free = [i for i in range(1, j) if len(succ[i]) < 3 and may(i, j)]
        if not free:
            return None
        add(rnd.choice(free), j)
    for i in range(1, jobs - 2):
        if not succ[i]:
            free = [j for j in range(i + 1, jobs + 1) if len(pred[j]) < 3 and may(i, j)]
            if not free:
                return None
            add(i, rnd.choice(free))
    for i in last:
        add(i, jobs + 1)
    arcs, wanted = sum(map(len, succ)), round(arcs_a_job * count)
    pairs = [(i, j) for i in range(1, jobs - 2) for j in range(i + 1, jobs + 1)]
    rnd.shuffle(pairs)
    for i, j in pairs:
        if arcs < wanted and len(succ[i]) < 3 and len(pred[j]) < 3 and may(i, j):
            add(i, j)
            arcs += 1
    return (succ, pred) if arcs >= wanted else None


def instance(jobs, arcs_a_job, factor, strength, rnd):
    """Durations, needs, capacities, successors."""
    found = None
    while not found:
        found = network(jobs, arcs_a_job, rnd)
    succ, pred = found
    count = jobs + 2
    days = [0] + [rnd.randint(1, 10) for _ in range(jobs)] + [0]
    needed = {(j, rnd.randrange(RESOURCES)) for j in range(1, jobs + 1)}
    rest = [(j, k) for j in range(1, jobs + 1) for k in range(RESOURCES) if (j, k) not in needed]
    rnd.shuffle(rest)
    needed |= set(rest[: max(0, round(factor * jobs * RESOURCES) - len(needed))])
    needs = [[0] * RESOURCES for _ in range(count)]
    for j, k in sorted(needed):
        needs[j][k] = rnd.randint(1, 10)
    early = [0] * count
    for j in range(count):
        early[j] = max((early[i] + days[i] for i in pred[j]), default=0)
    capacities = []
    for k in range(RESOURCES):
        least = max(need[k] for need in needs)
        use = [0] * (early[-1] + 1)
        for j in range(count):
            for day in range(early[j], early[j] + days[j]):
                use[day] += needs[j][k]
        most = max(least, max(use))
        capacities.append(least + round(strength * (most - least)))
    return days, needs, capacities, succ


def main(folder, jobs, replications):
    """All combinations of the three measures."""
    os.makedirs(folder, exist_ok=True)
    rnd = random.Random(jobs)
    strengths = (0.1, 0.2, 0.3, 0.4, 0.5) if jobs >= 120 else (0.2, 0.5, 0.7, 1.0)
    plans = [
        (arcs, factor, strength)
        for arcs in (1.5, 1.8, 2.1)
        for factor in (0.25, 0.5, 0.75, 1.0)
        for strength in strengths
    ]
    for number, plan in enumerate(plans, 1):
        for again in range(1, replications + 1):
            days, needs, capacities, succ = instance(jobs, *plan, rnd)
            lines = [f"{jobs + 2} {RESOURCES}", " ".join(map(str, capacities))]
            for j in range(jobs + 2):
                to = [i + 1 for i in sorted(succ[j])]
                lines.append(" ".join(map(str, [days[j], *needs[j], len(to), *to])))
            with open(f"{folder}/g{jobs}{number:02}_{again:02}.rcp", "w") as file:
                file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
