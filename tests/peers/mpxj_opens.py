"""Whether MPXJ, which reads the files of most scheduling programs, finds in our files what we wrote.

Usage: python3 mpxj_opens.py FOLDER

FOLDER holds plan.xml, tasks.csv and links.csv, as `cargo run --example plan_for_other_programs --
FOLDER` writes them. Names, days, lengths, kilometres, kinds of links and lags of the XML, as MPXJ
reads them, must be those of the tables. Then MPXJ computes the dates itself, and writes the file
again as again.xml for our own reader.

Needs Java 17 and `pip install mpxj jpype1`; tried with MPXJ 16.10.0.
"""

import csv
import sys
from pathlib import Path

import jpype
import mpxj  # puts its Java libraries on the class path

UNITS = {"working-days": "d", "elapsed-days": "ed"}


def day(moment, is_evening):
    """The day of a moment; midnight ends the day before."""
    day = moment.toLocalDate()
    at_midnight = moment.toLocalTime().toSecondOfDay() == 0
    return str(day.minusDays(1) if is_evening and at_midnight else day)


def main(folder):
    jpype.startJVM()
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    project = reader.read(str(folder / "plan.xml"))
    days = jpype.JClass("org.mpxj.TimeUnit").DAYS
    with open(folder / "tasks.csv", newline="", encoding="utf-8") as file:
        tasks = list(csv.DictReader(file))
    with open(folder / "links.csv", newline="", encoding="utf-8") as file:
        links = list(csv.DictReader(file))

    wrong = []

    def same(what, theirs, ours):
        if str(theirs) != str(ours):
            wrong.append(f"{what}: MPXJ has {theirs}, the table {ours}")

    found = {str(task.getText(1)): task for task in project.getTasks() if not task.getSummary()}
    same("number of tasks", len(found), len(tasks))
    for row in tasks:
        task = found[row["id"]]
        what = row["id"]
        same(f"{what} name", task.getName(), row["name"] or row["id"])
        same(f"{what} summary", task.getParentTask().getText(1) or "", row["segment"])
        is_evening = row["kind"] != "start-milestone"
        is_morning = row["kind"] != "finish-milestone"
        same(f"{what} start", day(task.getStart(), not is_morning), row["early_start"])
        same(f"{what} finish", day(task.getFinish(), is_evening), row["early_finish"])
        same(f"{what} late finish", day(task.getLateFinish(), is_evening), row["late_finish"])
        same(f"{what} milestone", bool(task.getMilestone()), row["kind"] != "task")
        length = float(task.getDuration().getDuration())
        same(f"{what} days", length, float(-(-float(row["duration_days"]) // 1)))
        slack = task.getTotalSlack().convertUnits(days, project.getProjectProperties())
        same(f"{what} float", float(slack.getDuration()), float(row["total_float_days"]))
        for number, column in [(1, "km_from"), (2, "km_to"), (3, "quantity"), (4, "rate_per_shift")]:
            if row[column]:
                same(f"{what} {column}", float(task.getNumber(number)), float(row[column]))

    seen = 0
    ours = sorted((link["from"], link["to"], link["kind"], float(link["lag"]), UNITS[link["lag_unit"]])
                  for link in links)
    theirs = []
    for task in found.values():
        for relation in task.getPredecessors():
            lag = relation.getLag()
            ends = str(relation.getPredecessorTask().getText(1)), str(task.getText(1))
            kind = str(relation.getType())
            theirs.append((*ends, kind, float(lag.getDuration()), str(lag.getUnits())))
            seen += 1
    for pair in zip(sorted(theirs), ours):
        same("link", *pair)
    same("number of links", seen, len(links))

    # Its own scheduler, which follows Microsoft Project, from the same durations, links and calendars.
    starts = {name: (task.getStart(), task.getFinish()) for name, task in found.items()}
    jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")().schedule(
        project, project.getProjectProperties().getStartDate())
    moved = [name for name, task in found.items() if (task.getStart(), task.getFinish()) != starts[name]]
    same("tasks that MPXJ schedules on other days", moved, [])

    jpype.JClass("org.mpxj.mspdi.MSPDIWriter")().write(project, str(folder / "again.xml"))
    for line in wrong[:20]:
        print(line)
    print(f"{len(tasks)} tasks and {seen} links read by MPXJ, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
