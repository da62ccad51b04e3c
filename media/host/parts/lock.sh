# ---- the lock: one short action at a time. Held on descriptor 9, which the action's children inherit, so that it
# lasts as long as they do even when this process is killed. Each holder leaves its deadline: an action that outlives it
# (a stopped process, a hung mount) is killed by the next one that wants the lock.

# WAIT-SECONDS ACTION-SECONDS ID
lock() {
  { command exec 9>>"$RUN/lock"; } 2>/dev/null || die $FAILED "cannot open $RUN/lock (no $RUN, or /run full)"
  if ! flock -w "$1" 9; then
    overdue || return 1
    say 'the lock was held past its deadline: its holder was killed'
    flock -w 2 9 || return 1
  fi
  clock
  { printf '%s %s %s\n' "$$" "$3" "$((NOW + $2 * 100 + 200))" >"$RUN/holder"; } 2>/dev/null ||
    die $FAILED "cannot write $RUN/holder (is /run full?)"
}

unlock() { exec 9>&-; }

# The lock for a call of its own, or the end of it.
lock_or_die() { lock "$1" "$2" "$3" || die $TIMEOUT "another action holds the lock on $SELF: ${LINE:-holder unknown}"; }

# Kills the holder when its deadline has passed. 1: it is within its time.
overdue() {
  get "$RUN/holder" || return 1
  # shellcheck disable=SC2086
  set -- $LINE
  [ $# -eq 3 ] && is_number "$3" || return 1
  clock
  [ "$NOW" -gt "$3" ] || return 1
  kill_holder
}

# Kills the holder now, whatever its deadline.
kill_holder() {
  get "$RUN/holder" || return 1
  # shellcheck disable=SC2086
  set -- $LINE
  [ $# -eq 3 ] && is_number "$1" || return 1
  kill_run "$2"
  if [ "$1" -ne $$ ] && { read -r holder_command <"/proc/$1/cmdline"; [ -n "$holder_command" ]; } 2>/dev/null; then
    case $holder_command in *clustercontrol-ha*) kill -9 "$1" 2>/dev/null ;; esac
  fi
  return 0
}

# ID (or its beginning): kills every process that a `run` with it started, also those that left its process group.
kill_run() {
  # shellcheck disable=SC2013 # paths of /proc hold no blanks
  for kill_file in $(grep -lsaF "CLUSTERCONTROL_HA_CALLER=$1" /proc/[0-9]*/environ); do
    kill_pid=${kill_file#/proc/}
    kill_pid=${kill_pid%/environ}
    [ "$kill_pid" -eq $$ ] || kill -9 "$kill_pid" 2>/dev/null
  done
}
