"""Simulates finishes of a network with NumPy, as one would write it by hand."""

import time

import numpy

# Iterations together: their durations and finishes stay in the cache of a core.
BLOCK = 1_000


class Simulation:
    def __init__(self, case):
        self.case = case
        self.before = [[] for _ in range(case["activities"])]
        for before, after in case["links"]:
            self.before[after].append(before)

    def finishes(self, seed):
        """Days to the finish by iteration, and the time of the process that they took, ns."""
        start = time.process_time_ns()
        random = numpy.random.Generator(numpy.random.Philox(seed))
        low, mode, high = self.case["triangle"]
        count = self.case["activities"]
        finishes = numpy.empty((count, BLOCK))
        last = []
        for _ in range(self.case["iterations"] // BLOCK):
            days = random.triangular(low, mode, high, (count, BLOCK))
            for activity, before in enumerate(self.before):
                finish = finishes[activity]
                finish[:] = days[activity]
                if len(before) == 1:
                    finish += finishes[before[0]]
                elif before:
                    finish += numpy.maximum(finishes[before[0]], finishes[before[1]])
            last.append(finishes.max(axis=0))
        return numpy.concatenate(last), time.process_time_ns() - start
