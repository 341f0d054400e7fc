#!/usr/bin/env bash
# Tests of a shell script, each with a tor of its own; no tor is installed. Exit status: how many failed.
set -uo pipefail
cd "$(dirname "$0")"
passed=0 failed=0

# expect NAME OUTPUT COMMAND...: the command says this, where * stands for anything.
expect() {
    local name=$1 expected=$2 got
    shift 2
    got=$("$@" 2>&1)
    # shellcheck disable=SC2053 # a pattern is what is meant
    if [[ $got == $expected ]]; then
        passed=$((passed + 1)) && echo "ok: $name"
    else
        failed=$((failed + 1)) && printf 'failed: %s\nexpected: %s\ngot: %s\n' "$name" "$expected" "$got"
    fi
}

expect "a tor that has just started" $'tor 0.4.*\n0 % of the way' \
    tor-harness mock -- ./status.sh
expect "a tor with a password" $'tor 0.4.*' \
    tor-harness mock --auth password=secret -- ./status.sh
expect "a wrong password" "the password is wrong" \
    tor-harness mock --auth password=secret -- env TOR_CONTROL_PASSWD=sesame ./status.sh
expect "a tor that is stuck" $'tor 0.4.9.11\n45 % of the way' \
    tor-harness mock --script stuck.toml -- ./status.sh
expect "a script that asks for nothing is found out" "*GETINFO version status/bootstrap-phase: expected 1 time, came 0*" \
    tor-harness mock --script stuck.toml -- true

echo "$passed passed, $failed failed"
exit "$failed"
