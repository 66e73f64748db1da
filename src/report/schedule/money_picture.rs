//! How much is spent by when, and where simulated plans end: time and money at once.

use jiff::civil::Date;

use super::amount_frame::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, amount_px, legend, rule};
use super::costs::Spent;
use super::risk_tables::day_of;
use super::time_axis::TimeAxis;
use crate::report::picture::Picture;
use crate::report::svg::{Svg, round_step_m};
use crate::report::words::month;
use crate::schedule::{Dates, RiskOutcome};
use crate::stages::Plan;
use crate::unit::{grouped, money_words};

/// So many simulated plans are drawn, the first ones.
const DOTS: usize = 600;

/// Money spent by date as planned, and the last opening and the cost of simulated plans, each a dot:
/// those in time and within their money at P80 lie left of and below the cross. Without costs nothing.
#[must_use]
pub fn money_picture(
    status_day: Date,
    plan: &Plan,
    dates: &Dates<'_>,
    outcome: &RiskOutcome,
) -> Option<Picture> {
    let chart = Chart::new(status_day, plan, dates, outcome)?;
    let mut svg = Svg::default();
    chart.axis.years_on_top(&mut svg, TOP, BOTTOM);
    chart.amounts(&mut svg);
    chart.dots(&mut svg, outcome);
    svg.polyline("planned", "", &chart.planned());
    chart.cross(&mut svg, plan, outcome);
    chart.axis.status_day(&mut svg, status_day, TOP, BOTTOM);
    money_legend(&mut svg);
    let title = "How much is spent by when".to_owned();
    let words = format!(
        "Million US dollars upwards; time from {} to {} to the right.",
        chart.axis.first(),
        chart.axis.last()
    );
    let both = outcome.joint_share(outcome.finish.days.p80, outcome.cost_usd?.p80);
    let caption = format!(
        "Million US dollars. Planned: what each activity costs evenly from its early start to its \
         early finish, at likely rates and times. Each dot is one of the first {} simulated plans: \
         when its last opening is, and what it has cost by then. The cross is drawn at the P80 of \
         both; {} % of all simulated plans end left of it and below.",
        grouped(chart.dots.into(), 0),
        grouped(100.0 * both, 0)
    );
    Some(Picture {
        id: "money".to_owned(),
        svg: svg.finish("s-curve", "money", (WIDTH, HEIGHT), &title, &words),
        title,
        caption,
    })
}

struct Chart<'a> {
    axis: TimeAxis,
    spent: Spent<'a>,
    most_usd: f64,
    /// The day that days of the simulation count from.
    start: Date,
    dots: u32,
}

impl<'a> Chart<'a> {
    fn new(
        status_day: Date,
        plan: &'a Plan,
        dates: &Dates<'_>,
        outcome: &RiskOutcome,
    ) -> Option<Self> {
        let drawn = outcome.finish_days.iter().zip(&outcome.costs_usd).take(DOTS);
        let (mut last_days, mut most_usd, mut dots) = (0.0_f64, plan.cost_usd(), 0);
        for (days, usd) in drawn {
            last_days = last_days.max(f64::from(*days));
            most_usd = most_usd.max(*usd);
            dots += 1;
        }
        outcome.cost_usd?;
        let start = plan.network.start;
        let last = day_of(start, last_days).unwrap_or(start).max(dates.finish()).max(status_day);
        let axis = TimeAxis::between(start.min(status_day), last, LEFT, WIDTH - RIGHT);
        Some(Self { axis, spent: Spent::new(plan, dates), most_usd, start, dots })
    }

    fn y(&self, usd: f64) -> f64 {
        amount_px(usd, self.most_usd)
    }

    /// Millions at the left, at round numbers.
    fn amounts(&self, svg: &mut Svg) {
        let step_usd = round_step_m(self.most_usd, 1e6, 6.0);
        let mut usd = 0.0;
        while usd <= self.most_usd {
            rule(svg, self.y(usd), "label", &grouped(usd / 1e6, 0));
            usd += step_usd;
        }
    }

    fn dots(&self, svg: &mut Svg, outcome: &RiskOutcome) {
        for (days, usd) in outcome.finish_days.iter().zip(&outcome.costs_usd).take(DOTS) {
            let x = self.axis.days_after_px(self.start, f64::from(*days));
            svg.circle("plan", (x, self.y(*usd)), 1.6);
        }
    }

    fn planned(&self) -> Vec<(f64, f64)> {
        let corners = self.spent.corners();
        let at = |day: Date| (self.axis.morning_px(day), self.y(self.spent.before(day)));
        corners.into_iter().map(at).collect()
    }

    /// P80 of time and of money, in lines and in words where no curve runs.
    fn cross(&self, svg: &mut Svg, plan: &Plan, outcome: &RiskOutcome) {
        let Some(cost_usd) = &outcome.cost_usd else { return };
        let x = self.axis.days_after_px(self.start, outcome.finish.days.p80);
        let y = self.y(cost_usd.p80);
        svg.polyline("median", "", &[(x, TOP), (x, BOTTOM)]);
        svg.polyline("median", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
        let [_, p50, p80, _] = outcome.finish.dates;
        let mut below = TOP + 22.0;
        for line in [
            format!("As planned {}", money_words("USD", plan.cost_usd())),
            format!("P50: {}, opening {}", money_words("USD", cost_usd.p50), month(p50)),
            format!("P80: {}, opening {}", money_words("USD", cost_usd.p80), month(p80)),
        ] {
            // Over the line of P80, or under it where that is too high for words.
            let shift = if y < TOP + 70.0 { y - TOP + 4.0 } else { 0.0 };
            svg.text("words", (LEFT + 12.0, below + shift), "start", &line);
            below += 17.0;
        }
    }
}

fn money_legend(svg: &mut Svg) {
    let classes = [
        ("planned", "as planned"),
        ("plan", "where a simulated plan ends"),
        ("median", "P80 of time and of money"),
    ];
    legend(svg, &classes, |svg, class, (x, y)| {
        let is_dot = class == "plan";
        if is_dot {
            svg.circle(class, (x + 14.0, y), 2.4);
        }
        is_dot
    });
}
