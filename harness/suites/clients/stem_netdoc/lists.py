"""What is no tor's own document."""

import calendar

from lines import commas


def bandwidth_file(read, lines):
    lines.add("timestamp", calendar.timegm(read.timestamp.timetuple()))
    lines.add("version", read.version)
    lines.add("software", read.software)
    lines.add("software_version", read.software_version)
    lines.add("earliest_bandwidth", moment(read.earliest_bandwidth))
    lines.add("latest_bandwidth", moment(read.latest_bandwidth))
    lines.add("file_created", moment(read.created_at))
    lines.add("generator_started", moment(read.generated_at))
    lines.add("number_consensus_relays", read.consensus_size)
    lines.add("number_eligible_relays", read.eligible_count)
    lines.add("percent_eligible_relays", read.eligible_percent)
    lines.add("minimum_number_eligible_relays", read.min_count)
    lines.add("minimum_percent_eligible_relays", read.min_percent)
    lines.add("scanner_country", read.scanner_country)
    countries = read.destinations_countries
    lines.add("destinations_countries", countries and commas(countries))
    lines.add("time_to_report_half_network", read.time_to_report_half_network)
    recent = read.recent_stats
    lines.add("recent_consensus_count", recent.consensus_count)
    lines.add("recent_priority_list_count", recent.prioritized_relay_lists)
    lines.add("recent_priority_relay_count", recent.prioritized_relays)
    lines.add("recent_measurement_attempt_count", recent.measurement_attempts)
    lines.add("recent_measurement_failure_count", recent.measurement_failures)
    failures = recent.relay_failures
    lines.add("recent_measurements_excluded_error_count", failures.no_measurement)
    lines.add("recent_measurements_excluded_near_count", failures.insuffient_period)
    lines.add("recent_measurements_excluded_few_count", failures.insufficient_measurements)
    lines.add("recent_measurements_excluded_old_count", failures.stale)
    # Those without an attribute of their own.
    for key, value in read.header.items():
        if key not in lines:
            lines.add(key, value)
    for relay in read.measurements.values():
        for key, value in relay.items():
            lines.add(key, value)


def moment(time):
    return time and time.isoformat()


def exit_node(read, lines):
    lines.add("ExitNode", read.fingerprint)
    lines.add("Published", read.published)
    lines.add("LastStatus", read.last_status)
    for address, time in read.exit_addresses:
        lines.add("ExitAddress", address, time)
