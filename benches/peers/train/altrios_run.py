"""The reference line of 700 km and a train of ALTRIOS on it, by ALTRIOS itself."""

import bisect
import json
import statistics
import time

import altrios
import yaml

LINKS = 70
CARS = 30
LOCOMOTIVES = 2


class Corridor:
    """A line of segments (start, permille, limit) as links of equal length, and one train on it."""

    def __init__(self, reference, folder):
        with open(reference) as file:
            line = json.load(file)["line"]
        keys = ("start_m", "resistance_permille", "speed_limit_mps")
        self.segments = [[segment[key] for key in keys] for segment in line["segments"]]
        self.end_m = line["end_m"]
        self.starts_m = [segment[0] for segment in self.segments] + [self.end_m]
        self.heights_m = [0.0]
        for (start_m, permille, _), end_m in zip(self.segments, self.starts_m[1:]):
            self.heights_m.append(self.heights_m[-1] + permille / 1e3 * (end_m - start_m))
        self.network = self.written(folder)
        self.simulation, self.path = self.dispatched(folder)

    def number(self, at_m):
        return min(bisect.bisect_right(self.starts_m, at_m) - 1, len(self.segments) - 1)

    def height_m(self, at_m):
        number = self.number(at_m)
        start_m, permille, _ = self.segments[number]
        return self.heights_m[number] + permille / 1e3 * (at_m - start_m)

    def link(self, number):
        """Link 0 is none, as ALTRIOS wants it."""
        length_m = self.end_m / LINKS
        from_m, to_m = (number - 1) * length_m, number * length_m
        places_m, limits = [], []
        if number > 0:
            inside = [at_m for at_m in self.starts_m if from_m + 1e-6 < at_m < to_m - 1e-6]
            places_m = [from_m, *inside, to_m]
            for start_m, end_m in zip(places_m, places_m[1:]):
                limit_mps = self.segments[self.number(0.5 * (start_m + end_m))][2]
                if limits and limits[-1]["speed_meters_per_second"] == limit_mps:
                    limits[-1]["offset_end_meters"] = end_m - from_m
                    continue
                limits.append({"offset_start_meters": start_m - from_m,
                               "offset_end_meters": end_m - from_m,
                               "speed_meters_per_second": limit_mps})
        speeds = {"speed_limits": limits, "speed_params": [], "is_head_end": False}
        ends_m = [0.0, length_m] if number > 0 else []
        return {
            "idx_curr": number, "idx_flip": 0, "idx_next_alt": 0, "idx_prev_alt": 0,
            "idx_next": number + 1 if 0 < number < LINKS else 0, "idx_prev": max(number - 1, 0),
            "length_meters": length_m if number > 0 else 0.0,
            "elevs": [{"offset_meters": at_m - from_m, "elev_meters": self.height_m(at_m)}
                      for at_m in places_m],
            "headings": [{"offset_meters": at_m, "heading_radians": 0.0} for at_m in ends_m],
            "speed_set": speeds if number > 0 else None,
            "cat_power_limits": [], "link_idxs_lockout": [],
        }

    def written(self, folder):
        bounds = {"max_grade": 0.06, "max_curv_radians_per_meter": 0.0086,
                  "max_heading_step_radians": 0.24, "max_elev_step_meters": 0.0}
        path = f"{folder}/network.yaml"
        with open(path, "w") as file:
            yaml.safe_dump([bounds, [self.link(number) for number in range(LINKS + 1)]], file)
        return altrios.Network.from_file(path)

    def dispatched(self, folder):
        places = f"{folder}/places.csv"
        with open(places, "w") as file:
            file.write("Location ID,Link Index,Offset (m),Is Front End,Grid Emissions Region,"
                       "Electricity Price Region,Liquid Fuel Price Region\n"
                       f"A,1,0,FALSE,x,x,x\nB,{LINKS},0,FALSE,x,x,x\n")
        cars = altrios.resources_root() / "rolling_stock/Unit_Loaded.yaml"
        config = altrios.TrainConfig(
            rail_vehicles=[altrios.RailVehicle.from_file(cars)],
            n_cars_by_type={"Unit_Loaded": CARS},
            train_length_meters=None, train_mass_kilograms=None)
        builder = altrios.TrainSimBuilder(
            train_id="0", origin_id="A", destination_id="B", train_config=config,
            loco_con=altrios.Consist([altrios.Locomotive.default()] * LOCOMOTIVES))
        simulation = builder.make_speed_limit_train_sim(
            location_map=altrios.import_locations(places), save_interval=None)
        simulation.set_save_interval(None)
        times, _ = altrios.make_est_times(simulation, self.network)
        trains = altrios.SpeedLimitTrainSimVec([simulation])
        return simulation, altrios.run_dispatch(self.network, trains, [times], False, False)[0]

    def walked(self, save_interval=None):
        """A walk along the line: nanoseconds of the processor, and what it leaves."""
        simulation = self.simulation.copy()
        simulation.set_save_interval(save_interval)
        start = time.process_time()
        simulation.walk_timed_path(network=self.network, timed_path=self.path)
        ns = (time.process_time() - start) * 1e9
        return ns, simulation.to_pydict()

    def same_train(self):
        """Our train by what ALTRIOS's did: masses and laws as it has them, the rest from its steps."""
        _, after = self.walked(1)
        state, history, law = after["state"], after["history"], after["train_res"]["Strap"]
        speeds, powers = history["speed_meters_per_second"], history["pwr_whl_out_watts"]
        power_w = max(powers)
        steps = zip(speeds, powers)
        force_n = max(power / speed for speed, power in steps if speed > 2.0)
        changes = [after - before for before, after in zip(speeds, speeds[1:])]
        braking_mps2 = statistics.median(-change for change in changes if change < -0.2)
        aero = zip(history["res_aero_newtons"][1:], changes, speeds)
        steady = [force / speed**2 for force, change, speed in aero
                  if speed > 15.0 and abs(change) < 1e-6]
        weight_n = state["weight_static_newtons"]
        rolling_n = law["bearing"]["force_newtons"] + law["rolling"]["ratio"] * weight_n
        mass_kg = state["mass_static_kilograms"]
        first_m, end_m = state["length_meters"], state["offset_meters"]
        inside = [[max(start, first_m), permille, limit]
                  for (start, permille, limit), to in zip(self.segments, self.starts_m[1:])
                  if to > first_m and start < end_m]
        return {
            "mass_kg": mass_kg, "length_m": state["length_meters"],
            "rotating_mass_ratio": 1.0 + state["mass_rot_kilograms"] / mass_kg,
            "resistance_n": [rolling_n, 0.0, statistics.median(steady)],
            "force_n": force_n, "power_w": power_w, "braking_mps2": braking_mps2,
            "speed_max_mps": max(speeds), "gravity_mps2": weight_n / mass_kg,
            "segments": inside, "end_m": end_m,
        }
