//! Where along a step something changes its sign.

/// Halvings and chords until a place is known as well as numbers can tell.
const MOST_ROUNDS: usize = 100;

/// The trial at which a value first exceeds 0, of a step that ends above 0 and begins at or below
/// it: the trial at the place, or just beyond.
pub(super) fn first_crossing<T: Copy>(
    step: impl Fn(f64) -> T,
    value: impl Fn(&T) -> f64,
    end: f64,
) -> T {
    let mut last = step(end);
    let (mut low, mut high) = (0.0, end);
    let (mut below, mut above) = (0.0, value(&last));
    // A train that leaves a bound and returns begins on it: a place below it is sought first.
    let mut inside = 0.5 * end;
    for _ in 0..60 {
        let trial = step(inside);
        let here = value(&trial);
        if here < 0.0 {
            (low, below) = (inside, here);
            break;
        }
        (last, high, above) = (trial, inside, here);
        inside *= 0.5;
    }
    narrowed(step, value, (low, below), (high, above), last)
}

/// The trial at which a value passes through 0, between its values at the ends of a step.
pub(super) fn root<T: Copy>(
    step: impl Fn(f64) -> T,
    value: impl Fn(&T) -> f64,
    (from, to): (f64, f64),
    end: f64,
) -> T {
    let last = step(end);
    narrowed(step, value, (0.0, from), (end, to), last)
}

/// By chords that halve the value of an end which stays too long (Illinois).
fn narrowed<T: Copy>(
    step: impl Fn(f64) -> T,
    value: impl Fn(&T) -> f64,
    (mut low, mut at_low): (f64, f64),
    (mut high, mut at_high): (f64, f64),
    mut last: T,
) -> T {
    let mut side = 0;
    for _ in 0..MOST_ROUNDS {
        if !(high - low > 1e-13 * high.max(1e-3)) || at_high == 0.0 {
            break;
        }
        let chord = (low * at_high - high * at_low) / (at_high - at_low);
        let at = if chord > low && chord < high { chord } else { 0.5 * (low + high) };
        let trial = step(at);
        let here = value(&trial);
        if (here > 0.0) == (at_high > 0.0) {
            (high, at_high, last) = (at, here, trial);
            if side == 1 {
                at_low *= 0.5;
            }
            side = 1;
        } else {
            (low, at_low) = (at, here);
            if side == -1 {
                at_high *= 0.5;
            }
            side = -1;
        }
    }
    last
}
