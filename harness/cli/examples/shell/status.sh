#!/usr/bin/env bash
# The program under test: says which tor this is, and how far it got.
set -euo pipefail

exec 3<>"/dev/tcp/${TOR_CONTROL_HOST:-127.0.0.1}/${TOR_CONTROL_PORT:-9051}"
printf 'AUTHENTICATE "%s"\r\nGETINFO version status/bootstrap-phase\r\nQUIT\r\n' "${TOR_CONTROL_PASSWD:-}" >&3

while IFS= read -r -u 3 line; do
    line=${line%$'\r'}
    case $line in
        515*) echo "the password is wrong" >&2; exit 1 ;;
        250-version=*) echo "tor ${line#*=}" ;;
        250-status/bootstrap-phase=*)
            progress=${line#*PROGRESS=}
            echo "${progress%% *} % of the way" ;;
    esac
done
