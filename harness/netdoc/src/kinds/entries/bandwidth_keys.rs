//! The keys of bandwidth files.

use crate::forms::Form;
use crate::rules::{Argument, Place, Rule, Rules, Section, Times};

const INT: &[Argument] = &[Argument::one("Int", Form::Number)];
const FLAG: &[Argument] = &[Argument::one("bool", Form::Flag)];
const TIME: &[Argument] = &[Argument::one("DateTime", Form::IsoTime)];
const VALUE: &[Argument] = &[Argument::one("Value", Form::Word)];
const RATIO: &[Argument] = &[Argument::one("ratio", Form::Float)];

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
pub(super) static RULES: Rules = Rules::new(&[
    // Section 2.2. The first and the last line have no key.
    Section::new("header", Times::Exactly, &[
        Rule::exactly_once("timestamp").at(Place::First).takes(&[Argument::one("Timestamp", Form::Number)]),
        // Since 1.1.0.
        Rule::at_most_once("version").at(Place::Second).takes(&[Argument::one("version_number", Form::Dotted)]).needs(&["terminator"]),
        Rule::at_most_once("software").takes(VALUE),
        Rule::at_most_once("software_version").takes(VALUE),
        Rule::at_most_once("file_created").takes(TIME),
        Rule::at_most_once("generator_started").takes(TIME),
        Rule::at_most_once("earliest_bandwidth").takes(TIME),
        Rule::at_most_once("latest_bandwidth").takes(TIME),
        // Since 1.2.0.
        Rule::at_most_once("number_eligible_relays").takes(INT),
        Rule::at_most_once("minimum_percent_eligible_relays").takes(INT),
        Rule::at_most_once("number_consensus_relays").takes(INT),
        Rule::at_most_once("percent_eligible_relays").takes(INT),
        Rule::at_most_once("minimum_number_eligible_relays").takes(INT),
        Rule::at_most_once("scanner_country").takes(VALUE),
        Rule::at_most_once("destinations_countries").takes(&[Argument::one("CountryCodeList", Form::List(&Form::Word))]),
        // Since 1.4.0; the third up to 1.5.0.
        Rule::at_most_once("recent_consensus_count").takes(INT),
        Rule::at_most_once("recent_priority_list_count").takes(INT),
        Rule::at_most_once("recent_measurement_attempt_count").takes(INT),
        Rule::at_most_once("recent_priority_relay_count").takes(INT),
        Rule::at_most_once("recent_measurement_failure_count").takes(INT),
        Rule::at_most_once("recent_measurements_excluded_error_count").takes(INT),
        Rule::at_most_once("recent_measurements_excluded_near_count").takes(INT),
        Rule::at_most_once("recent_measurements_excluded_old_count").takes(INT),
        Rule::at_most_once("recent_measurements_excluded_few_count").takes(INT),
        Rule::at_most_once("time_to_report_half_network").takes(INT),
        Rule::at_most_once("tor_version").takes(&[Argument::one("version_number", Form::Dotted)]).needs(&["terminator"]),
        // Since 1.7.0.
        Rule::at_most_once("mu").takes(RATIO),
        Rule::at_most_once("muf").takes(RATIO),
        // Since 1.8.0.
        Rule::at_most_once("dirauth_nickname").takes(&[Argument::one("nickname", Form::Nickname)]),
        Rule::at_most_once("terminator").at(Place::Last).takes(&[Argument::one("Terminator", Form::OneOf(&["=====", "===="]))]),
    ]),
    // Sections 2.3 and 2.4.2.
    Section::new("relay line", Times::Any, &[
        // The dollar sign may be missing since 1.9.0.
        Rule::exactly_once("node_id").takes(&[Argument::one("hexdigest", Form::NodeId)]),
        Rule::at_most_once("master_key_ed25519").takes(&[Argument::one("MasterKey", Form::Base64(32))]),
        Rule::exactly_once("bw").takes(&[Argument::one("Bandwidth", Form::Number)]),
        Rule::at_most_once("nick").takes(&[Argument::one("nickname", Form::Nickname)]),
        Rule::at_most_once("rtt").takes(INT),
        Rule::at_most_once("time").takes(TIME),
        Rule::at_most_once("success").takes(INT),
        Rule::at_most_once("error_circ").takes(INT),
        Rule::at_most_once("error_stream").takes(INT),
        Rule::at_most_once("error_destination").takes(INT),
        Rule::at_most_once("error_second_relay").takes(INT),
        Rule::at_most_once("error_misc").takes(INT),
        Rule::at_most_once("bw_mean").takes(INT),
        Rule::at_most_once("bw_median").takes(INT),
        Rule::at_most_once("desc_bw_avg").takes(INT),
        Rule::at_most_once("desc_bw_obs_last").takes(INT),
        Rule::at_most_once("desc_bw_obs_mean").takes(INT),
        Rule::at_most_once("desc_bw_bur").takes(INT),
        Rule::at_most_once("consensus_bandwidth").takes(INT),
        Rule::at_most_once("consensus_bandwidth_is_unmeasured").takes(&[Argument::one("Bool", Form::OneOf(&["True", "False"]))]),
        // The first as the specification has it, the second as sbws writes it.
        Rule::at_most_once("relay_in_recent_consensus_count").takes(INT),
        Rule::at_most_once("relay_recent_consensus_count").takes(INT),
        Rule::at_most_once("relay_recent_priority_list_count").takes(INT),
        Rule::at_most_once("relay_recent_measurement_attempt_count").takes(INT),
        Rule::at_most_once("relay_recent_measurement_failure_count").takes(INT),
        Rule::at_most_once("relay_recent_measurements_excluded_error_count").takes(INT),
        Rule::at_most_once("relay_recent_measurements_excluded_near_count").takes(INT),
        Rule::at_most_once("relay_recent_measurements_excluded_old_count").takes(INT),
        Rule::at_most_once("relay_recent_measurements_excluded_few_count").takes(INT),
        Rule::at_most_once("under_min_report").takes(FLAG),
        Rule::at_most_once("unmeasured").takes(FLAG),
        Rule::at_most_once("vote").takes(FLAG),
        Rule::at_most_once("xoff_recv").takes(INT),
        Rule::at_most_once("xoff_sent").takes(INT),
        // Since 1.7.0.
        Rule::at_most_once("r_strm").takes(RATIO),
        Rule::at_most_once("r_strm_filt").takes(RATIO),
        // Torflow's.
        Rule::at_most_once("measured_at").takes(INT),
        Rule::at_most_once("updated_at").takes(INT),
        Rule::at_most_once("pid_error").takes(RATIO),
        Rule::at_most_once("pid_error_sum").takes(RATIO),
        Rule::at_most_once("pid_bw").takes(INT),
        Rule::at_most_once("pid_delta").takes(RATIO),
        Rule::at_most_once("circ_fail").takes(RATIO),
        Rule::at_most_once("scanner").takes(VALUE),
    ]),
]);
