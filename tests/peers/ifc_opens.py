"""Does IfcOpenShell find the lines of our IFC file sound, and where we do?

    ifc_opens.py FILE.ifc POINTS.csv

FILE.ifc and POINTS.csv are those of the example line_for_other_programs. The file is validated
against the schema and its rules. Its curves are evaluated at the distances of the table, by
IfcOpenShell and once more here from the numbers of the file: places and bearings in plan, heights
of the profile, heights of the middle of the track with its cant, tilts. Cants are computed from the
design, too, since curves of cants are disputed. Prints the largest differences; fails if one
exceeds its limit.

Needs: pip install ifcopenshell pytest
"""
import csv
import math
import sys

import ifcopenshell
import ifcopenshell.geom
import ifcopenshell.validate
from ifcopenshell import ifcopenshell_wrapper as wrapper

# IfcOpenShell integrates transitions to about 1.4e-6 m, and turns the track by angles where a cant
# passes by heights, which differs by some 5e-5 rad.
LIMITS = {
    "place_m": 2e-6, "bearing": 1e-8, "height_m": 2e-6, "gradient": 1e-8,
    "height_with_cant_m": 2e-6, "tilt": 6e-5, "computed_place_m": 1e-8, "design_cant_m": 1e-12,
}
GAUSS = [(0.5, 128 / 450)] + [
    (0.5 + 0.5 * side * math.sqrt(5 + sign * 2 * math.sqrt(10 / 7)) / 3, (322 - sign * 13 * math.sqrt(70)) / 1800)
    for sign in (-1, 1) for side in (-1, 1)
]

RAMPS = {
    "CONSTANTCANT": lambda t: 0.0,
    "LINEARTRANSITION": lambda t: t,
    "BLOSSCURVE": lambda t: t * t * (3 - 2 * t),
    "COSINECURVE": lambda t: 0.5 - 0.5 * math.cos(math.pi * t),
    "SINECURVE": lambda t: t - math.sin(math.tau * t) / math.tau,
    "HELMERTCURVE": lambda t: 2 * t * t if t < 0.5 else 1 - 2 * (1 - t) ** 2,
    "VIENNESEBEND": lambda t: 35 * t**4 - 84 * t**5 + 70 * t**6 - 20 * t**7,
}


def problems_of(file):
    """What breaks the schema or its rules."""
    logger = ifcopenshell.validate.json_logger()
    ifcopenshell.validate.validate(file, logger, express_rules=True)
    return [said["message"] for said in logger.statements if said["level"].lower() == "error"]


def turn_of(parent, length):
    """By how much a parent curve has turned at a distance, as the standard defines its terms."""
    def power(term, exponent):
        if term is None:
            return lambda s: 0.0
        each = math.copysign(1.0 / (exponent + 1) / abs(term) ** (exponent + 1), term)
        return lambda s: each * s ** (exponent + 1)
    kind = parent.is_a()
    if kind == "IfcLine":
        return lambda s: 0.0
    if kind == "IfcCircle":
        return lambda s: s / parent.Radius
    if kind == "IfcClothoid":
        return lambda s: math.copysign(s * s / (2 * parent.ClothoidConstant**2), parent.ClothoidConstant)
    if kind == "IfcCosineSpiral":
        line = parent.ConstantTerm
        return lambda s: (s / line if line else 0.0) + length / math.pi / parent.CosineTerm * math.sin(math.pi * s / length)
    if kind == "IfcSineSpiral":
        parts = [power(parent.ConstantTerm, 0), power(parent.LinearTerm, 1)]
        return lambda s: sum(part(s) for part in parts) - length / math.tau / parent.SineTerm * (
            math.cos(math.tau * s / length) - 1)
    names = ["Constant", "Linear", "Quadratic", "Cubic", "Quartic", "Quintic", "Sextic", "Septic"]
    parts = [power(getattr(parent, name + "Term", None), number) for number, name in enumerate(names)]
    return lambda s: sum(part(s) for part in parts)


class Plan:
    """Places along a composite curve, computed from the numbers of the file."""

    def __init__(self, curve):
        self.segments, self.starts = [], [0.0]
        for segment in curve.Segments:
            self.segments.append(segment)
            self.starts.append(self.starts[-1] + abs(segment.SegmentLength.wrappedValue))

    def at(self, distance):
        # At a joint the segment before it, as IfcOpenShell does.
        number = max(n for n, start in enumerate(self.starts[:-1]) if start < distance or n == 0)
        segment = self.segments[number]
        length = segment.SegmentLength.wrappedValue
        way = math.copysign(1.0, length)
        turn = turn_of(segment.ParentCurve, abs(length))
        start, run = segment.SegmentStart.wrappedValue, distance - self.starts[number]
        first = turn(start)
        panels = 4
        x = y = 0.0
        for panel in range(panels):
            for share, weight in GAUSS:
                angle = turn(start + way * run * (panel + share) / panels) - first
                x += weight * run / panels * math.cos(angle)
                y += weight * run / panels * math.sin(angle)
        (x0, y0), (cosine, sine) = segment.Placement.Location.Coordinates, segment.Placement.RefDirection.DirectionRatios
        return x0 + x * cosine - y * sine, y0 + x * sine + y * cosine


def cant_of(layout, at):
    """The cant that the design says at a distance."""
    segments = [part.DesignParameters for part in layout.IsNestedBy[0].RelatedObjects]
    within = [part for part in segments if part.StartDistAlong <= at and part.HorizontalLength > 0]
    part = within[-1]
    ends = [part.StartCantRight - part.StartCantLeft]
    ends.append((part.EndCantRight or 0.0) - (part.EndCantLeft or 0.0))
    share = min(1.0, (at - part.StartDistAlong) / part.HorizontalLength)
    return ends[0] + (ends[1] - ends[0]) * RAMPS[part.PredefinedType](share)


def main(path, table):
    file = ifcopenshell.open(path)
    errors = problems_of(file)
    for error in errors[:20]:
        print(error)
    conversion = file.by_type("IfcMapConversion")[0]
    settings = ifcopenshell.geom.settings()

    def curve(kind):
        entity = file.by_type(kind, include_subtypes=False)[0]
        return wrapper.function_item_evaluator(settings, wrapper.map_shape(settings, entity))

    plan, profile = curve("IfcCompositeCurve"), curve("IfcGradientCurve")
    track = curve("IfcSegmentedReferenceCurve")
    layout = file.by_type("IfcAlignmentCant")[0]
    computed = Plan(file.by_type("IfcCompositeCurve", include_subtypes=False)[0])
    worst = {}

    def differ(what, number, at):
        """Larger than before, in shares of its limit?"""
        share = abs(number) / LIMITS[what]
        if what not in worst or share > worst[what][0]:
            worst[what] = (share, abs(number), at)

    with open(table, newline="", encoding="utf-8") as rows:
        points = [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(rows)]
    for point in points:
        at, cant = point["distance_m"], point["cant_m"]
        x = point["easting_m"] - conversion.Eastings
        y = point["northing_m"] - conversion.Northings
        own_x, own_y = computed.at(at)
        differ("computed_place_m", math.hypot(own_x - x, own_y - y), at)
        there = plan.evaluate(at)
        differ("place_m", math.hypot(there[0][3] - x, there[1][3] - y), at)
        turned = there[1][0] * math.cos(point["bearing_rad"]) - there[0][0] * math.sin(point["bearing_rad"])
        differ("bearing", turned, at)
        there = profile.evaluate(at)
        differ("height_m", there[2][3] - point["height_m"], at)
        differ("gradient", there[2][0] / math.hypot(there[0][0], there[1][0]) - point["gradient_ratio"], at)
        there = track.evaluate(at)
        differ("height_with_cant_m", there[2][3] - point["height_m"] - 0.5 * abs(cant), at)
        differ("tilt", there[2][1] + cant / layout.RailHeadDistance, at)
        differ("design_cant_m", cant_of(layout, at) - cant, at)
    bad = [what for what, (share, _, _) in worst.items() if not share <= 1.0]
    for what, (share, most, at) in worst.items():
        print(f"{what}: {most:.2e} at {at:.1f} m, {100 * share:.0f} % of its limit")
    print(f"{len(points)} places, {len(errors)} errors of validation, too large: {bad or 'none'}")
    return 1 if errors or bad or not points else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
