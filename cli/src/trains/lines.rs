//! The lines that trains run on, and the train that is asked about.

use railcorridor::model::{CORRIDOR, Date, Rails, RollingStock, Study};
use railcorridor::operation::TrackRules;
use railcorridor::operation::service::{
    LineService, ServiceChoice, ServiceLine, line_service, no_wagon_finding, stall_finding,
};
use railcorridor::operation::traffic::DayUse;
use railcorridor::report::{self, Table};
use railcorridor::{Error, Finding, Stall, geometry};

use crate::arguments::{Search, Show, TrainChoice, TunnelAir};
use crate::output::Failure;
use crate::watch::Watch;
use crate::{commands, design, ground, line, route};

/// A segment's line, or all of them as one.
pub struct Line {
    pub gradient_permille: f64,
    /// What each segment of it was laid out for: less where a flatter line is cheaper.
    pub laid_out_for_permille: Vec<f64>,
    pub name: String,
    /// Of a bill, or of a band.
    pub cost_musd: [f64; 2],
    pub line: ServiceLine,
    /// As it would be built.
    pub exact: Option<geometry::Line>,
}

/// All that a command on trains begins with.
pub struct Asked {
    pub study: Study,
    pub day: Date,
    pub lines: Vec<Line>,
}

impl Asked {
    /// Lines of each gradient: those of the segments, then all as one if they follow one another.
    pub fn new(choice: &TrainChoice, search: &Search, show: &Show) -> Result<Self, Failure> {
        if search.alternatives.is_some() || search.figures {
            return Err(Failure::usage(
                "trains run on the cheapest way: leave out --alternatives, --figures",
            ));
        }
        if choice.design.lines.is_some() {
            return Err(Failure::usage("--lines are written by corridor design; leave them out"));
        }
        let (study, day) = commands::study_and_day(show)?;
        let is_tied = choice.design.from_bearing.or(choice.design.to_bearing).is_some();
        if is_tied && !choice.designed {
            let words = "--from-bearing, --to-bearing are those of designed lines: add --designed";
            return Err(Failure::usage(words));
        }
        let study = design::only(study, choice.design.segment.as_deref())?;
        let study = design::tied(study, &choice.design);
        let gradients = match &search.sweep {
            Some(list) => list.0.clone(),
            None => vec![route::gradient(&study, search)?],
        };
        let own = if choice.designed {
            designed(&study, choice, search, show, &gradients)?
        } else {
            searched(&study, choice, search, show, &gradients)?
        };
        let mut lines = Vec::new();
        for own in own {
            let as_one = as_one(&study, &own)?;
            lines.extend(own.into_iter().chain(as_one));
        }
        Ok(Self { study, day, lines })
    }

    /// The line that trains run through from end to end: all segments as one, or the only one.
    pub fn whole(&self) -> Result<&Line, Failure> {
        self.lines.last().ok_or_else(|| Failure::usage("the study has no segments"))
    }
}

fn rules(study: &Study, choice: &TrainChoice) -> Result<TrackRules, Failure> {
    let mut place_speeds = line::standard(&choice.design.standard)?.speeds;
    place_speeds.extend(study.speeds.iter().cloned());
    let [tunnel_permille, tunnel_permille_per_m] = match choice.tunnel_air {
        TunnelAir::Permille(permille) => [permille, 0.0],
        TunnelAir::ByLength => [0.0, tunnel_law(choice)?],
    };
    Ok(TrackRules {
        speed_kmh: choice.speed,
        tunnel_permille,
        tunnel_permille_per_m,
        place_speeds,
        station_m: choice.loop_length,
        ..TrackRules::default()
    })
}

/// What the file of rolling stock says of the air in tunnels, permille a metre.
fn tunnel_law(choice: &TrainChoice) -> Result<f64, Failure> {
    let stock = rolling_stock(choice)?;
    let law = stock.resistance.tunnel.as_ref();
    law.map(|law| law.n_per_kn_per_m).ok_or_else(|| {
        let words = format!(
            "--tunnel-air length: the rolling stock {} has no [resistance.tunnel]",
            stock.id
        );
        Failure::Usage(words)
    })
}

/// Lines as they would be built, gradient by gradient.
fn designed(
    study: &Study,
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
    gradients: &[f64],
) -> Result<Vec<Vec<Line>>, Failure> {
    let rules = rules(study, choice)?;
    let (_, designs) = design::by_gradient(study, &choice.design, search, show, gradients)?;
    let mut all = Vec::new();
    for gradient_permille in gradients {
        let mut lines = Vec::new();
        for design in designs.iter().filter(|one| one.gradient_permille == *gradient_permille) {
            let track = &design.track;
            let [from, to] = design::ends(study, &track.segment);
            let musd = track.bill.total_usd() / 1e6;
            lines.push(Line {
                gradient_permille: *gradient_permille,
                laid_out_for_permille: vec![design.laid_out_for_permille],
                name: report::sentence(&study.subject_name(&track.segment)),
                cost_musd: [musd, musd],
                line: ServiceLine::of_track(track, [&from, &to], &rules)?,
                exact: Some(track.line.clone()),
            });
        }
        all.push(lines);
    }
    Ok(all)
}

/// The cheapest ways of the search, gradient by gradient.
fn searched(
    study: &Study,
    choice: &TrainChoice,
    search: &Search,
    show: &Show,
    gradients: &[f64],
) -> Result<Vec<Vec<Line>>, Failure> {
    let rules = rules(study, choice)?;
    let zones = ground::zones(study, show, search)?;
    let mut all = Vec::new();
    for gradient_permille in gradients {
        let asked = route::options(*gradient_permille, search, &zones);
        let (_, routes) = ground::search(study, search, &asked, &Watch::new(search.time_limit)?)?;
        let mut lines = Vec::new();
        for route in routes {
            let [from, to] = design::ends(study, &route.segment);
            let spacing_m = 1000.0 * choice.design.loops;
            let band = route.figures.cost;
            lines.push(Line {
                gradient_permille: *gradient_permille,
                laid_out_for_permille: vec![*gradient_permille],
                name: report::sentence(&study.subject_name(&route.segment)),
                cost_musd: [band.low_musd, band.high_musd],
                line: ServiceLine::of_route(&route, [&from, &to], spacing_m, &rules)?,
                exact: None,
            });
        }
        all.push(lines);
    }
    Ok(all)
}

/// All segments as one line, if there are several and each begins where the one before ends.
fn as_one(study: &Study, lines: &[Line]) -> Result<Option<Line>, Failure> {
    let chain = study.segments.windows(2).all(|pair| pair[0].to == pair[1].from);
    let (true, [first, _, ..]) = (chain, lines) else { return Ok(None) };
    let all: Vec<ServiceLine> = lines.iter().map(|line| line.line.clone()).collect();
    let sum = |place: usize| lines.iter().map(|line| line.cost_musd[place]).sum();
    Ok(Some(Line {
        gradient_permille: first.gradient_permille,
        laid_out_for_permille: lines
            .iter()
            .flat_map(|line| line.laid_out_for_permille.iter().copied())
            .collect(),
        name: report::sentence(&study.subject_name(CORRIDOR)),
        cost_musd: [sum(0), sum(1)],
        line: ServiceLine::joined(CORRIDOR, &all)?,
        exact: None,
    }))
}

/// The built-in file, or another.
pub fn rolling_stock(choice: &TrainChoice) -> Result<RollingStock, Failure> {
    Ok(match &choice.stock {
        Some(file) => RollingStock::from_path(file)?,
        None => RollingStock::builtin().clone(),
    })
}

/// What the arguments say of the train.
pub fn service_choice<'a>(
    choice: &TrainChoice,
    stock: &'a RollingStock,
) -> Result<ServiceChoice<'a>, Failure> {
    let mut service = ServiceChoice::of_train(stock, &choice.train)?;
    if let (Some(count), Some(group)) = (choice.locomotives, service.set.locomotives.first_mut()) {
        group.count = count;
    }
    let closed_s = (60.0 * choice.closed).round();
    if !(0.0..86_400.0).contains(&closed_s) {
        return Err(Failure::usage("--closed are minutes of a day: from 0 to less than 1,440"));
    }
    service.wagons = choice.wagons;
    service.load_ratio = [choice.load_there, choice.load_back];
    service.rails = if choice.jointed { Rails::Jointed } else { Rails::Welded };
    service.adhesion_share = choice.adhesion;
    service.loop_m = choice.loop_length;
    service.day = DayUse { closed_s: closed_s as u32, reliability_share: choice.reliability };
    service.path_use_share = choice.path_use;
    service.days_per_year = choice.days;
    Ok(service)
}

/// What each line does for the train, or where it stalls.
pub struct Services {
    pub done: Vec<(String, LineService)>,
    pub stalls: Vec<(String, Box<Stall>)>,
    pub findings: Vec<Finding>,
}

impl Services {
    /// One train on several lines.
    pub fn new<'a>(
        lines: impl Iterator<Item = &'a Line>,
        choice: &ServiceChoice<'_>,
    ) -> Result<Self, Failure> {
        Self::all(lines.map(|line| (line, choice)))
    }

    /// Several trains on one line.
    pub fn of_trains<'a, 's: 'a>(
        line: &Line,
        choices: impl Iterator<Item = &'a ServiceChoice<'s>>,
    ) -> Result<Self, Failure> {
        Self::all(choices.map(|choice| (line, choice)))
    }

    fn all<'a, 's: 'a>(
        pairs: impl Iterator<Item = (&'a Line, &'a ServiceChoice<'s>)>,
    ) -> Result<Self, Failure> {
        let (mut done, mut stalls, mut findings) = (Vec::new(), Vec::new(), Vec::new());
        for (line, choice) in pairs {
            match line_service(&line.line, choice) {
                Ok(service) => {
                    findings.extend(service.capacity.findings.iter().cloned());
                    findings.extend(no_wagon_finding(&service, choice.loop_m));
                    done.push((line.name.clone(), service));
                }
                Err(Error::Stalled(stall)) => {
                    findings.push(stall_finding(&line.line.id, &stall));
                    stalls.push((line.name.clone(), stall));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Self { done, stalls, findings })
    }

    pub fn named(&self) -> Vec<(String, &LineService)> {
        self.done.iter().map(|(name, service)| (name.clone(), service)).collect()
    }

    /// What is told of every question: trains that stall, what does not fit.
    pub fn warnings(&self) -> Vec<Table> {
        let others: Vec<Finding> =
            self.findings.iter().filter(|one| one.rule != "train-stalls").cloned().collect();
        let stalls = report::stalls_table(&self.named_stalls());
        stalls.into_iter().chain(report::train_findings_table(&others)).collect()
    }

    fn named_stalls(&self) -> Vec<(String, &Stall)> {
        self.stalls.iter().map(|(name, stall)| (name.clone(), &**stall)).collect()
    }
}
