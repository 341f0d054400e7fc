# Waits for the end of the process that owns the folder $1, kills every process
# that is left there, and removes the folder. Stdin is a pipe that the owner holds.
#
# In the folder each fixture has one of its own. There `pid` has the number of
# its process and process group, `socket` the path of a socket that it made
# elsewhere, and `file` the path of a file, with its number; any may be missing.
# Where there is a file `command`, processes name the folder in their environment.
# A folder with a file `keep` is kept.

trap '' HUP INT QUIT TERM

# Nobody writes: this returns when the owner is gone.
read -r _

# Kills the process group of folder $1, unless its number went to a process that
# does not name the folder.
kill_group_of() {
    pid=
    read -r pid <"$1/pid"
    [ -n "$pid" ] || return
    # At once: from a process that is just dying `read` would get the beginning.
    command_line=$(cat "/proc/$pid/cmdline")
    case $command_line in
    '' | *"$1/"*) kill -9 "-$pid" ;;
    esac
}

# Kills the processes that name folder $1 in their environment: until there are
# none, for one may just have started another.
kill_command_of() {
    [ -e "$1/command" ] || return
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        named=$(grep -lsF "TOR_HARNESS_COMMAND_OF=$1/" /proc/[0-9]*/environ)
        [ -n "$named" ] || return
        for process in $named; do
            process=${process#/proc/}
            kill -9 "${process%/environ}"
        done
    done
}

is_ours() {
    [ -d "$1" ] && [ -O "$1" ] && [ ! -L "$1" ]
}

# Whether the file $1 has the number $2.
is_number() {
    # The words of one line, of which the first is meant.
    # shellcheck disable=SC2046
    set -- "$2" $(ls -di "$1")
    [ "$1" = "${2-}" ]
}

# Removes the file that folder $1 names, unless another is in its place. One may
# come at any time: what is there is moved aside, looked at, and put back.
remove_file_of() {
    [ -e "$1/file" ] || return
    { IFS= read -r file && read -r number; } <"$1/file"
    is_number "$file" "$number" && mv "$file" "$file.$$" || return
    is_number "$file.$$" "$number" || ln "$file.$$" "$file"
    rm -f "$file.$$"
}

remove() {
    socket=
    read -r socket <"$1/socket"
    [ -z "$socket" ] || rm -f "$socket"
    remove_file_of "$1"
    [ -e "$1/keep" ] || rm -rf "$1"
}

# What is just being started or killed may still write: then once more.
for _ in 1 2 3 4 5; do
    # Where the folder went with its last fixture, another user may have made
    # one of that name since.
    is_ours "$1" || break
    for folder in "$1"/*; do
        ! is_ours "$folder" || { kill_group_of "$folder"; kill_command_of "$folder"; }
    done
    for folder in "$1"/*; do
        ! is_ours "$folder" || remove "$folder"
    done
    rmdir "$1" || sleep 0.05
done
