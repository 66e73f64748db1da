"""Does a RailJSON file of ours meet the schema of OSRD, and do its ranges fit its track?

    railjson_valid.py FILE.json SCHEMA.json

SCHEMA.json is the schema of infrastructures that OSRD publishes. Prints all violations; fails if
there is one.

Needs: pip install jsonschema
"""
import json
import sys

import jsonschema


def main(path, schema_path):
    with open(path, encoding="utf-8") as file:
        infrastructure = json.load(file)
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    problems = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(infrastructure)]
    tracks = {track["id"]: track for track in infrastructure["track_sections"]}
    ranges = 0
    for track in tracks.values():
        for kind in ("slopes", "curves"):
            end = 0.0
            for part in track[kind]:
                ranges += 1
                if not end <= part["begin"] < part["end"] <= track["length"]:
                    problems.append(f"{kind} of {track['id']}: {part}")
                end = part["end"]
    for section in infrastructure["speed_sections"]:
        for part in section["track_ranges"]:
            ranges += 1
            if not 0 <= part["begin"] < part["end"] <= tracks[part["track"]]["length"]:
                problems.append(f"{section['id']}: {part}")
    for stop in infrastructure["buffer_stops"]:
        if not 0 <= stop["position"] <= tracks[stop["track"]]["length"]:
            problems.append(f"{stop['id']}: {stop}")
    for point in infrastructure["operational_points"]:
        for part in point["parts"]:
            if not 0 <= part["position"] <= tracks[part["track"]]["length"]:
                problems.append(f"{point['id']}: {part}")
    stops = {stop["id"] for stop in infrastructure["buffer_stops"]}
    for route in infrastructure["routes"]:
        ends = {route["entry_point"]["id"], route["exit_point"]["id"]}
        if len(ends) != 2 or not ends <= stops:
            problems.append(f"{route['id']}: {sorted(ends)}")
    for problem in problems[:20]:
        print(problem)
    print(f"{len(tracks)} track sections, {ranges} ranges, {len(problems)} problems")
    return 1 if problems or not tracks else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
