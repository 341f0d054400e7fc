//! How bandwidth is weighed for each position in a circuit (dir-spec section 3.8.3).

/// The weights of the positions in a circuit, as a consensus has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BandwidthWeights {
    /// All are this. In a small network they have to be: with computed ones, relays that are guard
    /// and exit are often weighed by 0 in the middle, and where all weights are 0 tor chooses as
    /// if they were the same.
    Same(i32),
    /// Computed of the relays, by the parameter `bwweightscale`.
    Computed,
}

/// The bandwidth of the relays that can be something in a circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sums {
    /// Of those with Guard, not Exit.
    guard: i128,
    /// Of those with neither.
    middle: i128,
    /// Of those with Exit, not Guard.
    exit: i128,
    /// Of those with both.
    both: i128,
}

/// The weights that are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weights {
    wgg: i128,
    wgd: i128,
    wmg: i128,
    wme: i128,
    wmd: i128,
    wee: i128,
    wed: i128,
}

impl Default for Sums {
    /// Since method 26 nothing is divided by 0.
    fn default() -> Self {
        Self {
            guard: 1,
            middle: 1,
            exit: 1,
            both: 1,
        }
    }
}

impl Sums {
    /// Adds a relay: its flags, and how it is weighed.
    pub(super) fn add(&mut self, flags: &[String], bandwidth: u32) {
        let has = |flag: &str| flags.iter().any(|one| one == flag);
        let is_exit = has("Exit") && !has("BadExit");
        let sum = match (has("Guard"), is_exit) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.guard,
            (false, true) => &mut self.exit,
            (false, false) => &mut self.middle,
        };
        *sum += i128::from(bandwidth);
    }

    /// The weights, of which this is 1.
    fn weights(self, scale: i128) -> Weights {
        let Self {
            guard: g,
            middle: m,
            exit: e,
            both: d,
        } = self;
        let total = g + m + e + d;
        match (3 * e < total, 3 * g < total) {
            (false, false) => {
                let wee = scale * (e + g + m) / (3 * e);
                let wmg = scale * (2 * g - e - m) / (3 * g);
                Weights {
                    wgg: scale - wmg,
                    wgd: scale / 3,
                    wmg,
                    wme: scale - wee,
                    wmd: scale / 3,
                    wee,
                    wed: scale / 3,
                }
            }
            (true, true) => self.both_scarce(scale),
            (exit_is_scarce, _) if 3 * (e.min(g) + d) < total => {
                // What is not scarce helps in the middle, unless it is needed more there.
                let helps = |own: i128| match own < m {
                    true => 0,
                    false => scale * (own - m) / (2 * own),
                };
                let all_to = |is_it: bool| if is_it { scale } else { 0 };
                let wme = if exit_is_scarce { 0 } else { helps(e) };
                let wmg = if exit_is_scarce { helps(g) } else { 0 };
                Weights {
                    wgg: scale - wmg,
                    wgd: all_to(!exit_is_scarce),
                    wmg,
                    wme,
                    wmd: 0,
                    wee: scale - wme,
                    wed: all_to(exit_is_scarce),
                }
            }
            (true, false) => {
                let wed = scale * (d - 2 * e + g + m) / (3 * d);
                let wgg = scale * (g + m) / (2 * g);
                Weights {
                    wgg,
                    wgd: (scale - wed) / 2,
                    wmg: scale - wgg,
                    wme: 0,
                    wmd: (scale - wed) / 2,
                    wee: scale,
                    wed,
                }
            }
            (false, true) => {
                let wgd = scale * (d - 2 * g + e + m) / (3 * d);
                let wee = scale * (e + m) / (2 * e);
                Weights {
                    wgg: scale,
                    wgd,
                    wmg: 0,
                    wme: scale - wee,
                    wmd: (scale - wgd) / 2,
                    wee,
                    wed: (scale - wgd) / 2,
                }
            }
        }
    }

    /// Case 2 of the specification.
    fn both_scarce(self, scale: i128) -> Weights {
        let Self {
            guard: g,
            middle: m,
            exit: e,
            both: d,
        } = self;
        let nothing_moved = Weights {
            wgg: scale,
            wgd: 0,
            wmg: 0,
            wme: 0,
            wmd: 0,
            wee: scale,
            wed: 0,
        };
        if e.min(g) + d < e.max(g) {
            return match e < g {
                true => Weights {
                    wed: scale,
                    ..nothing_moved
                },
                false => Weights {
                    wgd: scale,
                    ..nothing_moved
                },
            };
        }
        let wed = scale * (d - 2 * e + 4 * g - 2 * m) / (3 * d);
        let balanced = Weights {
            wee: scale * (e - g + m) / e,
            wme: scale * (g - m) / e,
            wed,
            wmd: (scale - wed) / 2,
            wgd: (scale - wed) / 2,
            ..nothing_moved
        };
        if balanced.are_within(scale) {
            return balanced;
        }
        let wed = scale * (d - 2 * e + g + m) / (3 * d);
        // Below 0 where there is too much in the middle.
        let wmd = (scale * (d - 2 * m + g + e) / (3 * d)).max(0);
        Weights {
            wed,
            wmd,
            wgd: scale - wed - wmd,
            ..nothing_moved
        }
    }

    /// What a consensus says, each weight in its order. `None` where too much is in the middle for
    /// any weights to be right: tor then has no such line.
    pub(super) fn line(self, scale: i32) -> Option<String> {
        let scale = i128::from(scale.max(1));
        let weights = self.weights(scale);
        let [wgg, wgd, wmg, wme, wmd, wee, wed] = weights.all();
        let all = [
            wmd, wme, wmg, scale, scale, scale, wed, wee, wed, wee, scale, wgd, wgg, wgg, scale,
            wmd, wme, wmg, scale,
        ];
        weights.are_within(scale).then(|| line(all))
    }
}

impl Weights {
    /// All, in the order of the fields.
    fn all(self) -> [i128; 7] {
        let Self {
            wgg,
            wgd,
            wmg,
            wme,
            wmd,
            wee,
            wed,
        } = self;
        [wgg, wgd, wmg, wme, wmd, wee, wed]
    }

    fn are_within(self, scale: i128) -> bool {
        let mut all = self.all().into_iter();
        all.all(|weight| (0..=scale).contains(&weight))
    }
}

/// The line where all weights are this.
pub(super) fn all_the_same(weight: i32) -> String {
    line([weight.into(); 19])
}

/// All weights with their names, in order.
fn line(weights: [i128; 19]) -> String {
    const NAMES: [&str; 19] = [
        "Wbd", "Wbe", "Wbg", "Wbm", "Wdb", "Web", "Wed", "Wee", "Weg", "Wem", "Wgb", "Wgd", "Wgg",
        "Wgm", "Wmb", "Wmd", "Wme", "Wmg", "Wmm",
    ];
    let all = NAMES.iter().zip(weights);
    let pairs: Vec<_> = all
        .map(|(name, weight)| format!("{name}={weight}"))
        .collect();
    pairs.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expects these weights of these sums, in the order of the fields, at a scale of 10000.
    #[track_caller]
    fn check(sums: [i128; 4], expected: [i128; 7]) {
        let [guard, middle, exit, both] = sums;
        let sums = Sums {
            guard,
            middle,
            exit,
            both,
        };
        let found = sums.weights(10_000);
        let [wgg, wgd, wmg, wme, wmd, wee, wed] = found.all();
        assert_eq!(found.all(), expected, "{sums:?}");
        assert!(found.are_within(10_000), "{found:?}");
        // Nothing is lost: what is divided rounds down.
        for parts in [wgg + wmg, wee + wme, wgd + wmd + wed] {
            assert!((9_998..=10_000).contains(&parts), "{found:?}");
        }
    }

    #[test]
    fn each_case_is_that_of_the_specification() {
        // 1: neither is scarce.
        check(
            [400, 200, 400, 100],
            [8334, 3333, 1666, 1667, 3333, 8333, 3333],
        );
        // 2a: both are, exits more; guards more.
        check([30, 100, 10, 5], [10_000, 0, 0, 0, 0, 10_000, 10_000]);
        check([10, 100, 30, 5], [10_000, 10_000, 0, 0, 0, 10_000, 0]);
        // 2b: balanced; too much in the middle for that; still more.
        check([30, 25, 20, 70], [10_000, 2619, 0, 2500, 2619, 7500, 4761]);
        check([25, 30, 25, 70], [10_000, 3572, 0, 0, 2857, 10_000, 3571]);
        check([30, 70, 30, 60], [10_000, 4445, 0, 0, 0, 10_000, 5555]);
        // 3a: guards are scarce, exits help; exits are, guards need not help.
        check([10, 100, 200, 10], [10_000, 10_000, 0, 2500, 0, 7500, 0]);
        check([200, 300, 10, 10], [10_000, 0, 0, 0, 0, 10_000, 10_000]);
        // 3b: guards are scarce; exits are.
        check(
            [50, 50, 150, 150],
            [10_000, 5555, 0, 3334, 2222, 6666, 2222],
        );
        check(
            [150, 50, 50, 150],
            [6666, 2222, 3334, 0, 2222, 10_000, 5555],
        );
    }

    #[test]
    fn there_need_not_be_any() {
        let too_much = Sums {
            guard: 30,
            middle: 200,
            exit: 30,
            both: 20,
        };
        assert_eq!(too_much.line(10_000), None);
    }

    /// What tor 0.4.9 says of its relays in a private network, in a recorded consensus.
    #[test]
    fn the_line_is_that_of_tor() {
        let mut sums = Sums::default();
        let flags = |flags: &str| flags.split(' ').map(String::from).collect::<Vec<_>>();
        sums.add(&flags("Exit Fast Guard"), 700);
        for bandwidth in [0, 500, 400, 600, 2, 1] {
            sums.add(&flags("Fast Guard"), bandwidth);
        }
        assert_eq!(
            sums.line(10_000).unwrap(),
            "Wbd=0 Wbe=0 Wbg=4996 Wbm=10000 Wdb=10000 Web=10000 Wed=10000 Wee=10000 Weg=10000 \
             Wem=10000 Wgb=10000 Wgd=0 Wgg=5004 Wgm=5004 Wmb=10000 Wmd=0 Wme=0 Wmg=4996 Wmm=10000"
        );
    }
}
