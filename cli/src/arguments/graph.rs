//! What can be typed about the trains of a day.

use std::str::FromStr;

use clap::Args;

/// What is asked of a graph.
#[derive(Args, Debug)]
pub struct GraphChoice {
    /// Pairs of trains on the day; three in four of those that fit if absent.
    #[arg(long, value_name = "COUNT")]
    pub pairs: Option<u32>,
    /// Pairs of another train on the same day, such as te33a-passenger:16=2: its wagons (as many as
    /// loops and gradients allow without) and its pairs; te33a-passenger:16=2x5 counts a minute that
    /// it is late five times instead of as often as the rolling stock says. Can be given several times.
    #[arg(long = "with", value_name = "TRAIN[:WAGONS]=PAIRS[xWEIGHT]")]
    pub others: Vec<OtherTrains>,
    /// Hours in which every section is closed, such as 10:00-12:00.
    #[arg(long, value_name = "FROM-TO")]
    pub maintenance: Option<Hours>,
    /// Orders of priority that are tried.
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    pub tries: usize,
    /// Seed of their changes: the same gives the same graph.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// Trains of another kind on the same day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTrains {
    /// Id of the train.
    pub train: String,
    pub wagons: Option<u32>,
    pub pairs: u32,
    /// How often their delay counts; as the rolling stock says if absent.
    pub weight: Option<u32>,
}

impl FromStr for OtherTrains {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = "give a train and its pairs a day, such as te33a-passenger:16=2";
        let (train, numbers) = text.split_once('=').ok_or(form)?;
        let (train, wagons) =
            train.split_once(':').map_or((train, None), |(id, wagons)| (id, Some(wagons)));
        let (pairs, weight) =
            numbers.split_once('x').map_or((numbers, None), |(pairs, times)| (pairs, Some(times)));
        let count = |word: &str, what: &str| {
            let number = word.trim().parse::<u32>();
            number.map_err(|_| format!("\"{word}\" is no number of {what}; {form}"))
        };
        if train.trim().is_empty() {
            return Err(form.to_owned());
        }
        Ok(Self {
            train: train.trim().to_owned(),
            wagons: wagons.map(|word| count(word, "wagons")).transpose()?,
            pairs: count(pairs, "pairs")?,
            weight: weight.map(|word| count(word, "times that a delay counts")).transpose()?,
        })
    }
}

/// Hours of a day, seconds after midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub from_s: u32,
    pub to_s: u32,
}

impl FromStr for Hours {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let moment = |word: &str| -> Option<u32> {
            let (hour, minute) = word.trim().split_once(':')?;
            let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
            (hour < 24 && minute < 60 || (hour, minute) == (24, 0))
                .then_some(3600 * hour + 60 * minute)
        };
        let both = text.split_once('-').and_then(|(a, b)| Some((moment(a)?, moment(b)?)));
        match both {
            Some((from_s, to_s)) if from_s < to_s => Ok(Self { from_s, to_s }),
            _ => Err(format!(
                "\"{text}\" are no hours of a day; give the first and the last, such as 10:00-12:00"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_or_refused() {
        assert_eq!("10:00-12:30".parse(), Ok(Hours { from_s: 36_000, to_s: 45_000 }));
        assert_eq!("22:00-24:00".parse(), Ok(Hours { from_s: 79_200, to_s: 86_400 }));
        for wrong in ["", "10-12", "12:00-10:00", "10:00-25:00", "10:00-24:30", "10:60-12:00"] {
            assert!(wrong.parse::<Hours>().unwrap_err().contains("no hours"), "{wrong}");
        }
    }

    #[test]
    fn other_trains_are_read_or_refused() {
        let other = |wagons, pairs, weight| OtherTrains {
            train: "coal-16".to_owned(),
            wagons,
            pairs,
            weight,
        };
        assert_eq!("coal-16=2".parse(), Ok(other(None, 2, None)));
        assert_eq!("coal-16:40=2x3".parse(), Ok(other(Some(40), 2, Some(3))));
        for (wrong, told) in [
            ("", "such as te33a-passenger:16=2"),
            ("=2", "such as te33a-passenger:16=2"),
            ("coal", "such as te33a-passenger:16=2"),
            ("coal=", "\"\" is no number of pairs"),
            ("coal=-2", "\"-2\" is no number of pairs"),
            ("coal:x=2", "\"x\" is no number of wagons"),
            ("coal=2x", "\"\" is no number of times"),
        ] {
            let words = wrong.parse::<OtherTrains>().unwrap_err();
            assert!(words.contains(told), "{wrong}: {words}");
        }
    }
}
