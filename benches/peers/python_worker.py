"""One Python tool on one grid: TOOL FOLDER WORK REPEATS; prints one line of JSON.

Times are those of the processor, since other jobs may run beside.
"""

import json
import sys
import time

import numpy as np


def read(folder):
    grid = json.load(open(f"{folder}/grid.json"))
    ratio = np.fromfile(f"{folder}/friction.f32", "<f4").reshape(grid["rows"], grid["cols"])
    return grid, ratio


def skimage(grid, ratio, work):
    from skimage.graph import MCP_Geometric

    start = time.process_time()
    graph = MCP_Geometric(ratio.astype(float), sampling=(grid["dy_m"], grid["dx_m"]))
    build_s = time.process_time() - start
    places = [tuple(place) for place in grid["places"]]
    if work == "legs8":

        def run():
            total = 0.0
            for first, last in zip(places, places[1:]):
                costs, _ = graph.find_costs([first], [last])
                graph.traceback(last)
                total += costs[last]
            return total, None

        return build_s, run

    def run():
        costs, _ = graph.find_costs([places[0]])
        return costs[places[-1]], costs

    return build_s, run


def scipy(grid, ratio, work):
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    start = time.process_time()
    rows, cols = ratio.shape
    ratio = ratio.astype(float)
    index = np.arange(rows * cols, dtype=np.int32).reshape(rows, cols)
    froms, tos, costs = [], [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = (slice(0, rows - down), slice(max(0, -right), cols - max(0, right)))
        b = (slice(down, rows), slice(max(0, right), cols - max(0, -right)))
        length = np.hypot(down * grid["dy_m"], right * grid["dx_m"])
        froms.append(index[a].ravel())
        tos.append(index[b].ravel())
        costs.append((0.5 * length * (ratio[a] + ratio[b])).ravel())
    joined = (np.concatenate(froms), np.concatenate(tos))
    graph = coo_array((np.concatenate(costs), joined), shape=(rows * cols,) * 2).tocsr()
    # Both directions, as the edges are the same both ways.
    graph = (graph + graph.T).tocsr()
    build_s = time.process_time() - start
    first, last = (index[tuple(grid["places"][place])] for place in (0, -1))

    def run():
        costs, _ = dijkstra(graph, indices=first, return_predecessors=True)
        return costs[last], costs

    return build_s, run


def xarray_spatial(grid, ratio, work):
    import xarray
    from xrspatial import cost_distance

    rows, cols = ratio.shape
    sources = np.zeros((rows, cols))
    sources[tuple(grid["places"][0])] = 1.0
    axes = {"y": np.arange(rows) * grid["dy_m"], "x": np.arange(cols) * grid["dx_m"]}
    raster = xarray.DataArray(sources, dims=("y", "x"), coords=axes)
    friction = xarray.DataArray(ratio.astype(float), dims=("y", "x"), coords=axes)
    # Compiles.
    cost_distance(raster[:8, :8].copy(), friction[:8, :8].copy())

    def run():
        costs = cost_distance(raster, friction).values
        return costs[tuple(grid["places"][-1])], costs

    return 0.0, run


def dijkstra3d(grid, ratio, work):
    import dijkstra3d as tool

    field = np.asfortranarray(ratio)

    def run():
        # Costs of the cells entered, without lengths: the same work, another answer.
        tool.parental_field(field, tuple(grid["places"][0]))
        return None, None

    return 0.0, run


def peak_mb():
    """Of this process alone: getrusage counts the one that started it too."""
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


TOOLS = {
    "scikit-image": skimage,
    "scipy": scipy,
    "xarray-spatial": xarray_spatial,
    "dijkstra3d": dijkstra3d,
}


def main():
    tool, folder, work, repeats = sys.argv[1:]
    build_s, run = TOOLS[tool](*read(folder), work)
    run_s = []
    # Once to warm up, but on large grids.
    for count in range(int(repeats) + 1):
        start = time.process_time()
        cost, costs = run()
        if count > 0 or repeats == "0":
            run_s.append(time.process_time() - start)
    answer = {
        "build_s": build_s,
        "runs_s": run_s,
        "cost_m": None if cost is None else float(cost),
        "mean_m": None if costs is None else float(np.mean(costs)),
        "peak_mb": peak_mb(),
    }
    print(json.dumps(answer))


main()
