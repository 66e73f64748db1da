"""Runs our exact line and other programs on the same cases in interleaved rounds; writes the record.

WORKDIR ROUNDS. Answers are compared before any time counts. Times are those of the processor.
"""

import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
RECORD = f"{ROOT}/benches/record/2026-11-geometry-peers.md"
FEW = 100
STEP = 0.754877666246693
# The foot on chords of 12 m lies beside that on the curve by at most their sagitta at 300 m, and
# along it by what 50 m of offset make of half a chord's angle.
CHORD_M = 1.1


def ours(work, folder):
    binary = f"{folder}/rust/release/line-peers"
    found = json.loads(subprocess.check_output([binary, work, folder]))
    return found["ns"], np.array(found["answers"])


def shares(count):
    return np.arange(count) * STEP % 1.0


def timed(count, run):
    start = time.process_time()
    answers = run()
    return (time.process_time() - start) * 1e9 / count, np.array(answers)


def pyclothoids_element(folder):
    from pyclothoids import Clothoid

    curve = Clothoid.StandardParams(0.0, 0.0, 0.0, 0.0, 1 / 300 / 100, 100.0)
    places = (100.0 * shares(20_000)).tolist()

    def run():
        for s in places:
            curve.X(s), curve.Y(s)
        return [[curve.X(s), curve.Y(s)] for s in places[:10]]

    return timed(len(places), run)


def ifcopenshell_element(folder):
    import ifcopenshell
    import ifcopenshell.geom
    from ifcopenshell import ifcopenshell_wrapper as wrapper

    file = ifcopenshell.file(schema="IFC4X3_ADD2")
    create = file.create_entity
    metre = create("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
    radian = create("IfcSIUnit", UnitType="PLANEANGLEUNIT", Name="RADIAN")
    create("IfcProject", GlobalId=ifcopenshell.guid.new(),
           UnitsInContext=create("IfcUnitAssignment", Units=[metre, radian]))
    origin = create("IfcCartesianPoint", Coordinates=(0.0, 0.0))
    east = create("IfcDirection", DirectionRatios=(1.0, 0.0))
    place = create("IfcAxis2Placement2D", Location=origin, RefDirection=east)
    clothoid = create("IfcClothoid", Position=place, ClothoidConstant=(100.0 * 300.0) ** 0.5)
    length = lambda value: create("IfcLengthMeasure", value)
    segment = create("IfcCurveSegment", Transition="CONTINUOUS", Placement=place,
                     SegmentStart=length(0.0), SegmentLength=length(100.0), ParentCurve=clothoid)
    curve = create("IfcCompositeCurve", Segments=[segment], SelfIntersect=False)
    settings = ifcopenshell.geom.settings()
    shape = wrapper.map_shape(settings, curve)
    evaluator = wrapper.function_item_evaluator(settings, shape)
    places = (100.0 * shares(2_000)).tolist()

    def run():
        for s in places:
            evaluator.evaluate(s)
        answers = [np.array(evaluator.evaluate(s)) for s in places[:10]]
        return [[m[0][3], m[1][3]] for m in answers]

    return timed(len(places), run)


def chords(folder):
    import shapely

    return shapely.LineString(np.fromfile(f"{folder}/chords.f64").reshape(-1, 2))


def shapely_locate(folder):
    import shapely

    line = chords(folder)
    points = [shapely.Point(at) for at in np.fromfile(f"{folder}/places.f64").reshape(-1, 2)[:FEW]]

    def run():
        feet = [line.interpolate(line.project(point)) for point in points]
        return [[foot.x, foot.y] for foot in feet]

    return timed(FEW, run)


def pyclothoids_nearest(folder):
    """One clothoid alone, so without a search for the element."""
    from pyclothoids import Clothoid

    curve = Clothoid.StandardParams(0.0, 0.0, 0.0, 0.0, 1 / 300 / 100, 100.0)
    beside = [(curve.X(s) - 10.0 * np.sin(curve.Theta(s)), curve.Y(s) + 10.0 * np.cos(curve.Theta(s)))
              for s in (100.0 * shares(5_000)).tolist()]
    if not hasattr(curve, "Projection"):
        return None
    return timed(len(beside), lambda: [curve.Projection(*at) for at in beside][:0])


# Work, ours first; how far answers may lie apart, metres (nothing: not compared).
LINES = [
    ("a place on one clothoid, in no order", "element", None,
     [("pyclothoids", pyclothoids_element, 1e-9), ("IfcOpenShell", ifcopenshell_element, 5e-6)], 15),
    ("a place along one clothoid, from end to end", "along", None, [], 15),
    ("a place anywhere on 4,000 elements", "anywhere", None, [], 60),
    ("the nearest place of 4,000 elements", "nearest", None,
     [("Shapely, chords", shapely_locate, CHORD_M),
      ("geo closest_point, chords", lambda folder: ours("geo-closest", folder), CHORD_M),
      ("geo line_locate_point, chords", lambda folder: ours("geo-locate", folder), None)], 500),
    ("building 4,000 elements with their index", "build", None, [], 10_000_000),
]


def agree(name, left, right, most_m):
    apart_m = np.abs(left[:len(right)] - right[:len(left)]).max()
    print(f"{name}: answers at most {apart_m:.2e} m apart")
    if not apart_m <= most_m:
        raise SystemExit(f"{name}: answers lie {apart_m} m apart, more than {most_m}")
    return apart_m


def main():
    folder, rounds = sys.argv[1], int(sys.argv[2])
    subprocess.check_call([f"{folder}/rust/release/line-peers", "write", folder])
    times, apart = {}, {}
    for title, work, _, peers, _ in LINES:
        answers = ours(work, folder)[1]
        for name, run, most_m in peers:
            if most_m is not None:
                apart[title, name] = agree(f"{title}, {name}", answers, run(folder)[1], most_m)
    for _ in range(rounds):
        for title, work, _, peers, _ in LINES:
            times.setdefault((title, ""), []).append(ours(work, folder)[0])
            for name, run, _ in peers:
                times.setdefault((title, name), []).append(run(folder)[0])
    rows = []
    for title, _, _, peers, aim_ns in LINES:
        own, own_least = both(times[title, ""])
        aim = "" if aim_ns is None else words(aim_ns)
        rows.append(f"| {title} | railcorridor | {words(own)} | {words(own_least)} | 1 | 1 | | {aim} |")
        for name, _, most_m in peers:
            median, least = both(times[title, name])
            ratios = f"{median / own:,.1f} | {least / own_least:,.1f}"
            far = f"{apart[title, name]:.1e} m" if (title, name) in apart else "-"
            rows.append(f"| | {name} | {words(median)} | {words(least)} | {ratios} | {far} | |")
    table = "\n".join(rows)
    print(table)
    versions = subprocess.check_output([sys.executable, "-m", "pip", "freeze"], text=True).split()
    wanted = [v for v in versions if v.split("==")[0].lower() in ("shapely", "ifcopenshell", "pyclothoids", "numpy")]
    text = f"""# The exact line beside other programs, {datetime.date.today():%B %Y}

`benches/peers/line/run`: {rounds} interleaved rounds, times of the processor: medians, and the fastest, which say what is left when nothing else runs. {', '.join(wanted)}, geo 0.33.1, Python {platform.python_version()}; {os.cpu_count()} cores, {platform.machine()}, load {os.getloadavg()[0]:.1f} at the end. Answers were compared before times counted: on one clothoid by coordinates; the nearest place by where the foot lies, which on chords of 12 m is not where it lies on the curve.

| what | program | median | fastest | ratio of medians | of the fastest | answers apart | aim |
| --- | --- | --: | --: | --: | --: | --: | --: |
{table}

Python's programs pay for the call from Python, about a tenth of a microsecond. Shapely and geo search 100,000 chords one by one; ours searches the exact elements by an index. IfcOpenShell is asked for one curve of a single segment.
"""
    with open(RECORD, "w") as record:
        record.write(text)


def both(times):
    return statistics.median(times), min(times)


def words(ns):
    for unit, size in (("ms", 1e6), ("us", 1e3)):
        if ns >= size:
            return f"{ns / size:.3g} {unit}"
    return f"{ns:.3g} ns"


main()
