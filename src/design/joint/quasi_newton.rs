//! The least of a smooth function of some dozens of variables: the method of Broyden, Fletcher,
//! Goldfarb and Shanno.

/// A function to be minimised.
pub(super) trait Smooth {
    /// Its value at a place; infinite where it has none.
    fn value(&mut self, at: &[f64]) -> f64;

    /// Its gradient at the place where its value was asked for last.
    fn gradient(&mut self) -> Vec<f64>;
}

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// After so many steps.
    pub(super) steps: u32,
    /// When three steps in a row gain less than this each.
    pub(super) gain: f64,
}

/// The longest step of one variable at once.
const MOST_STEP: f64 = 4.0;

/// The first step, while nothing is known of the second derivatives.
const FIRST_STEP: f64 = 0.3;

/// A way downhill, with what its steps have shown of the second derivatives.
#[derive(Default)]
pub(super) struct Descent {
    inverse: Option<Inverse>,
}

impl Descent {
    /// Goes downhill from a place, in place; the value there.
    pub(super) fn descend(
        &mut self,
        function: &mut impl Smooth,
        at: &mut Vec<f64>,
        effort: Effort,
    ) -> f64 {
        let mut value = function.value(at);
        if !value.is_finite() {
            return value;
        }
        let mut gradient = function.gradient();
        let mut idle = 0;
        for _ in 0..effort.steps {
            let (step, slope) = self.step(&gradient);
            let Some((next, next_value)) = search_line(function, at, value, &step, slope) else {
                // What is known of the second derivatives may be worn out; once more without.
                if self.inverse.take().is_some() {
                    continue;
                }
                break;
            };
            let next_gradient = function.gradient();
            let moved: Vec<f64> = next.iter().zip(at.iter()).map(|(a, b)| a - b).collect();
            let turned: Vec<f64> =
                next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
            self.learn(&moved, &turned);
            idle = if value - next_value < effort.gain { idle + 1 } else { 0 };
            (*at, value, gradient) = (next, next_value, next_gradient);
            if idle == 3 {
                break;
            }
        }
        value
    }

    /// The step to take, and how fast the value falls along it.
    fn step(&mut self, gradient: &[f64]) -> (Vec<f64>, f64) {
        if let Some(inverse) = &self.inverse {
            let step: Vec<f64> = inverse.times(gradient).iter().map(|part| -part).collect();
            let slope = dot(&step, gradient);
            if slope < 0.0 {
                return (step, slope);
            }
            self.inverse = None;
        }
        let share = FIRST_STEP / norm(gradient).max(f64::MIN_POSITIVE);
        let step: Vec<f64> = gradient.iter().map(|part| -share * part).collect();
        let slope = dot(&step, gradient);
        (step, slope)
    }

    fn learn(&mut self, moved: &[f64], turned: &[f64]) {
        let curvature = dot(moved, turned);
        if !(curvature > 1e-8 * norm(moved) * norm(turned)) {
            return;
        }
        let fresh = || Inverse::scaled(moved.len(), curvature / dot(turned, turned));
        self.inverse.get_or_insert_with(fresh).update(moved, turned, curvature);
    }
}

/// A place along a step where the function is enough lower, found by halving and by parabolas.
fn search_line(
    function: &mut impl Smooth,
    at: &[f64],
    value: f64,
    step: &[f64],
    slope: f64,
) -> Option<(Vec<f64>, f64)> {
    let longest = step.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
    let mut share = if longest > MOST_STEP { MOST_STEP / longest } else { 1.0 };
    for _ in 0..25 {
        let next: Vec<f64> = at.iter().zip(step).map(|(a, part)| a + share * part).collect();
        let next_value = function.value(&next);
        if next_value <= value + 1e-4 * share * slope {
            return Some((next, next_value));
        }
        // The least of the parabola through both values and the slope.
        let least = -0.5 * slope * share / (next_value - value - slope * share);
        share *= if next_value.is_finite() { least.clamp(0.1, 0.5) } else { 0.4 };
    }
    None
}

/// The inverse of the second derivatives, as far as steps have shown them.
struct Inverse {
    size: usize,
    rows: Vec<f64>,
}

impl Inverse {
    fn scaled(size: usize, factor: f64) -> Self {
        let entry = |number: usize| if number.is_multiple_of(size + 1) { factor } else { 0.0 };
        Self { size, rows: (0..size * size).map(entry).collect() }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.rows.chunks(self.size.max(1)).map(|row| dot(row, vector)).collect()
    }

    fn update(&mut self, moved: &[f64], turned: &[f64], curvature: f64) {
        let image = self.times(turned);
        let factor = (1.0 + dot(turned, &image) / curvature) / curvature;
        for ((row, m), i) in self.rows.chunks_mut(self.size.max(1)).zip(moved).zip(&image) {
            for ((entry, n), j) in row.iter_mut().zip(moved).zip(&image) {
                *entry += factor * m * n - (i * n + m * j) / curvature;
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 100 (y - x^2)^2 + (1 - x)^2, least at (1, 1) at the end of a bent valley.
    #[derive(Default)]
    struct Valley {
        at: [f64; 2],
    }

    impl Smooth for Valley {
        fn value(&mut self, at: &[f64]) -> f64 {
            self.at = [at[0], at[1]];
            let [x, y] = self.at;
            100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2)
        }

        fn gradient(&mut self) -> Vec<f64> {
            let [x, y] = self.at;
            vec![-400.0 * x * (y - x * x) - 2.0 * (1.0 - x), 200.0 * (y - x * x)]
        }
    }

    #[test]
    fn the_end_of_a_bent_valley_is_found() {
        let mut at = vec![-1.2, 1.0];
        let value = Descent::default().descend(
            &mut Valley::default(),
            &mut at,
            Effort { steps: 200, gain: 1e-18 },
        );
        assert!(value < 1e-12, "{value} at {at:?}");
        assert!((at[0] - 1.0).abs() < 1e-5 && (at[1] - 1.0).abs() < 1e-5, "{at:?}");
    }
}
