#!/usr/bin/env bash
# The program under test: says which tor this is, and how far it got.
set -euo pipefail

exec 3<>"/dev/tcp/${TOR_CONTROL_HOST:-127.0.0.1}/${TOR_CONTROL_PORT:-9051}"
send() { printf '%s\r\n' "$1" >&3; }

# tor closes at a wrong password: whoever sends more before it has read the answer may lose that.
send "AUTHENTICATE \"${TOR_CONTROL_PASSWD:-}\""
IFS= read -r -u 3 line
if [[ $line != 250* ]]; then
    echo "the password is wrong" >&2
    exit 1
fi

send "GETINFO version status/bootstrap-phase"
send "QUIT"
while IFS= read -r -u 3 line; do
    line=${line%$'\r'}
    case $line in
        250-version=*) echo "tor ${line#*=}" ;;
        250-status/bootstrap-phase=*)
            progress=${line#*PROGRESS=}
            echo "${progress%% *} % of the way" ;;
    esac
done
