//! Which ways carry a profile whose heights are known: the cheapest one at each station, in runs
//! that are long enough.

use super::{CheapestProfile, HeightCost, ProfileProblem, Structure, Works};

/// A profile with the cheapest ways under its levels, where the problem it was found for had one
/// cost in place of all ways; `None` if some height can be built by none of them, or only by a
/// structure shorter than it may be.
pub(super) fn carried(
    profile: CheapestProfile,
    problem: &ProfileProblem,
    bound_usd: f64,
) -> Option<CheapestProfile> {
    let count = profile.levels_m.len();
    let height_m =
        |station: usize| Some(profile.levels_m.get(station)? - problem.ground_m.get(station)?);
    let cost = |station: usize, works: Works| {
        let set = problem.cost_sets.get(*problem.cost_set.get(station)?)?;
        let ways = set.ways.iter().filter(|way| way.works == works);
        let costs = ways.filter_map(|way: &HeightCost| way.cost_usd_per_m(height_m(station)?));
        costs.reduce(f64::min)
    };
    const ALL: [Works; 3] = [Works::Earthworks, Works::Bridge, Works::Tunnel];
    let mut works = Vec::with_capacity(count);
    for station in 0..count {
        let known = ALL.into_iter().filter_map(|works| Some((works, cost(station, works)?)));
        works.push(known.min_by(|a, b| a.1.total_cmp(&b.1))?.0);
    }
    // A structure that is too short is a cut or a fill after all, if that stands.
    for structure in runs(&works, &problem.distances_m) {
        let least_m = match structure.works {
            Works::Bridge => problem.least_bridge_m,
            Works::Tunnel => problem.least_tunnel_m,
            Works::Earthworks => 0.0,
        };
        if structure.to_m - structure.from_m >= least_m {
            continue;
        }
        for (station, works) in works.iter_mut().enumerate() {
            let at_m = *problem.distances_m.get(station)?;
            if structure.from_m <= at_m && at_m <= structure.to_m {
                cost(station, Works::Earthworks)?;
                *works = Works::Earthworks;
            }
        }
    }
    let mut cost_usd = 0.0;
    for (station, weight_m) in problem.weights_m().into_iter().enumerate() {
        cost_usd += weight_m * cost(station, *works.get(station)?)?;
    }
    let structures = runs(&works, &problem.distances_m);
    Some(CheapestProfile { works, structures, cost_usd, bound_usd, ..profile })
}

/// Stations in a row with one structure, from midway before the first to midway behind the last.
fn runs(works: &[Works], distances_m: &[f64]) -> Vec<Structure> {
    let at = |station: usize| distances_m.get(station).copied();
    let edge_m = |station: usize| match (station.checked_sub(1).and_then(at), at(station)) {
        (Some(before_m), Some(at_m)) => 0.5 * (before_m + at_m),
        (None, Some(at_m)) => at_m,
        (before_m, None) => before_m.unwrap_or_default(),
    };
    let mut structures: Vec<Structure> = Vec::new();
    let mut is_open = false;
    for (station, works) in works.iter().enumerate() {
        let to_m = edge_m(station + 1);
        match structures.last_mut() {
            Some(last) if is_open && last.works == *works => last.to_m = to_m,
            _ if *works != Works::Earthworks => {
                structures.push(Structure { works: *works, from_m: edge_m(station), to_m });
            }
            _ => {}
        }
        is_open = *works != Works::Earthworks;
    }
    structures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_midway_between_stations() {
        use Works::{Bridge, Earthworks, Tunnel};
        let works = [Earthworks, Tunnel, Tunnel, Bridge, Earthworks, Bridge];
        let found = runs(&works, &[0.0, 100.0, 200.0, 300.0, 400.0, 500.0]);
        let expected = [(Tunnel, 50.0, 250.0), (Bridge, 250.0, 350.0), (Bridge, 450.0, 500.0)];
        let found: Vec<_> = found.iter().map(|of| (of.works, of.from_m, of.to_m)).collect();
        assert_eq!(found, expected);
    }
}
