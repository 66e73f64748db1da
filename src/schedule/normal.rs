//! The normal distribution.

/// The value that a standard normal variable stays below with a probability, 0 to 1.
///
/// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37 (1988), PPND16: relative error about 1e-16. Infinite at 0 and 1.
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    let q = probability - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * quotient(r, &CENTRE);
    }
    let tail = if q < 0.0 { probability } else { 1.0 - probability };
    if tail <= 0.0 {
        return q * f64::INFINITY;
    }
    let r = (-tail.ln()).sqrt();
    q.signum() * if r <= 5.0 { quotient(r - 1.6, &MIDDLE) } else { quotient(r - 5.0, &FAR) }
}

/// The density of a standard normal variable.
pub(super) fn normal_density(value: f64) -> f64 {
    (-0.5 * value * value).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The probability of less than a value of 0 or less.
pub(super) fn normal_probability(value: f64) -> f64 {
    // The quantile is good to the last digits, so it is turned round by halving its logarithm.
    let (mut low, mut high) = (-80.0, 0.5_f64.ln());
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if normal_quantile(f64::exp(middle)) < value {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::exp(high)
}

/// Numerator and denominator of a rational function, from the highest power down.
type Rational = [[f64; 8]; 2];

fn quotient(r: f64, of: &Rational) -> f64 {
    let [over, under] = of.map(|powers| powers.iter().fold(0.0, |sum, power| sum * r + power));
    over / under
}

#[expect(clippy::excessive_precision, reason = "as published")]
const CENTRE: Rational = [
    [
        2.509_080_928_730_122_6e3,
        3.343_057_558_358_812_8e4,
        6.726_577_092_700_870_1e4,
        4.592_195_393_154_987_1e4,
        1.373_169_376_550_946_1e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ],
    [
        5.226_495_278_852_854_6e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271_1e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751_1e3,
        6.871_870_074_920_579_1e2,
        4.231_333_070_160_091_1e1,
        1.0,
    ],
];

#[expect(clippy::excessive_precision, reason = "as published")]
const MIDDLE: Rational = [
    [
        7.745_450_142_783_414_1e-4,
        2.272_384_498_926_918_5e-2,
        2.417_807_251_774_506_1e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691_4,
        4.630_337_846_156_545_3,
        1.423_437_110_749_683_6,
    ],
    [
        1.050_750_071_644_416_8e-9,
        5.475_938_084_995_344_9e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_7e-1,
        6.897_673_349_851_000_0e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_758_9,
        1.0,
    ],
];

#[expect(clippy::excessive_precision, reason = "as published")]
const FAR: Rational = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_3e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114_3,
        6.657_904_643_501_103_7,
    ],
    [
        2.044_263_103_389_939_7e-15,
        1.421_511_758_316_445_8e-7,
        1.846_318_317_510_054_6e-5,
        7.868_691_311_456_132_5e-4,
        1.487_536_129_085_061_4e-2,
        1.369_298_809_227_358_0e-1,
        5.998_322_065_558_879_3e-1,
        1.0,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_another_library() {
        // statistics.NormalDist().inv_cdf of Python 3.
        for (probability, value) in [
            (1e-9, -5.997_807_015_007_686_5),
            (1e-5, -4.264_890_793_922_825_6),
            (0.01, -2.326_347_874_040_840_8),
            (0.074_99, -1.439_602_118_239_316_2),
            (0.08, -1.405_071_560_309_632_2),
            (0.3, -0.524_400_512_708_040_7),
            (0.5, 0.0),
            (0.9, 1.281_551_565_544_600_8),
            (0.975, 1.959_963_984_540_053_6),
            (0.999, 3.090_232_306_167_813),
        ] {
            let found = normal_quantile(probability);
            assert!((found - value).abs() <= 4e-15 * value.abs(), "{probability}: {found}");
            if value < 0.0 {
                assert!((normal_probability(value) / probability - 1.0).abs() < 1e-12);
            }
        }
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!((normal_density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-16);
    }
}
