"""Schedules a file of Microsoft Project by MPXJ, with the time of its thread."""

import jpype
import mpxj  # puts its Java libraries on the class path


class Plan:
    def __init__(self, path):
        jpype.startJVM()
        self.path = path
        self.reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")
        self.scheduler = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")
        threads = jpype.JClass("java.lang.management.ManagementFactory").getThreadMXBean()
        self.now_ns = threads.getCurrentThreadCpuTime
        self.read()

    def read(self):
        start = self.now_ns()
        self.project = self.reader().read(self.path)
        return self.now_ns() - start

    def schedule(self):
        start = self.now_ns()
        self.scheduler().schedule(self.project, self.project.getProjectProperties().getStartDate())
        return self.now_ns() - start

    def days(self):
        """By id: first and last day, and total float in days."""
        unit = jpype.JClass("org.mpxj.TimeUnit").DAYS
        properties = self.project.getProjectProperties()
        found = {}
        for task in self.project.getTasks():
            if task.getSummary():
                continue
            start, finish = task.getEarlyStart(), task.getEarlyFinish()
            # Midnight ends the day before.
            last = finish.toLocalDate()
            if finish.toLocalTime().toSecondOfDay() == 0:
                last = last.minusDays(1)
            slack = task.getTotalSlack().convertUnits(unit, properties).getDuration()
            found[str(task.getText(1))] = (str(start.toLocalDate()), str(last), float(slack))
        return found
