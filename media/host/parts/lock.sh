# ---- the lock, around one short action. Scripts of one operation share it; whoever changes the lease, and the guard,
# have it alone. Held on descriptor 9, which the action's children inherit, so that it lasts as long as they do even when
# this process is killed. Each holder leaves its deadline in RUN/holder.PID: an action that outlives it (a stopped process, a
# hung mount) is killed by the next one that needs the lock, and so is a holder that was stopped before it wrote one.

# share|alone WAIT-SECONDS ACTION-SECONDS ID. 1: not had. 2: had, but without a deadline on record, as /run is full.
lock() {
  HOLDER=''
  { command exec 9>>"$RUN/lock"; } 2>/dev/null || return 1
  if [ "$1" = share ]; then lock_kind=-s; else lock_kind=-x; fi
  if ! flock $lock_kind -w "$2" 9; then
    kill_holders overdue || return 1
    say 'the lock was held past its deadline, or without one: its holder was killed'
    flock $lock_kind -w 2 9 || return 1
  fi
  # Alone: whatever other holders left is history.
  if [ $lock_kind = -x ]; then
    for lock_file in "$RUN"/holder.*; do
      [ ! -e "$lock_file" ] || rm -f "$RUN"/holder.*
      break
    done
  fi
  clock
  { printf '%s %s %s\n' "$$" "$4" "$((NOW + $3 * 100 + 200))" >"$RUN/holder.$$"; } 2>/dev/null || return 2
}

unlock() { exec 9>&-; }

# The lock for a call of its own, or the end of it.
lock_or_die() {
  lock "$@"
  case $? in
    1) die $TIMEOUT "another action holds the lock on this host: ${HOLDER:-unknown}" ;;
    2) die $FAILED "cannot write in $RUN (is /run full?)" ;;
  esac
}

# overdue|all: kills holders whose deadline has passed or was never written, or every one. 1 when there was none to kill;
# HOLDER is one left.
kill_holders() {
  HOLDER='' kill_any=1
  for kill_record in "$RUN"/holder.*; do
    get "$kill_record" || continue
    # shellcheck disable=SC2086
    set -- "$1" $LINE
    if [ $# -ne 4 ] || ! is_number "$2" || ! is_number "$4"; then continue; fi
    if [ "$2" -eq $$ ] || [ ! -e "/proc/$2" ]; then continue; fi
    clock
    if [ "$1" = overdue ] && [ "$NOW" -le "$4" ]; then
      HOLDER="process $2, $3"
      continue
    fi
    kill_run "$3"
    # The number may belong to another program by now.
    holder_command=''
    { read -r holder_command <"/proc/$2/cmdline"; } 2>/dev/null
    case $holder_command in *clustercontrol-ha*) kill -9 "$2" 2>/dev/null ;; esac
    rm -f "$kill_record"
    kill_any=0
  done
  # Children of a holder that is within its time hold it, too, and have no record of their own: then it is waited for.
  if [ "$1" = all ] || [ "$kill_any$HOLDER" = 1 ]; then kill_unrecorded "$1"; fi
  return $kill_any
}

# overdue|all: kills whoever has the lock by the kernel's word and no deadline to come: stopped between getting it and writing
# the record, or left behind by a caller that was killed. Such a record comes within milliseconds: a second look makes sure.
kill_unrecorded() {
  unrecorded_holders "$1"
  [ -n "$FOUND" ] || return 0
  kill_first=$FOUND
  if [ "$1" = overdue ]; then
    sleep 1
    unrecorded_holders overdue
  fi
  for kill_pid in $FOUND; do
    case "$kill_first " in *" $kill_pid "*) kill -9 "$kill_pid" 2>/dev/null && kill_any=0 ;; esac
  done
}

# overdue|all -> FOUND. proc(5), fdinfo: the locks that are held through a descriptor, and none that is waited for.
unrecorded_holders() {
  FOUND=''
  clock
  # shellcheck disable=SC2013 # paths of /proc hold no blanks
  for found_file in $(grep -lsF FLOCK /proc/[0-9]*/fdinfo/9); do
    found_pid=${found_file#/proc/}
    found_pid=${found_pid%%/*}
    [ "$found_pid" -ne $$ ] || continue
    [ "$(readlink "/proc/$found_pid/fd/9")" = "$RUN/lock" ] || continue
    # The guard goes on without a record where /run is full, and has a watchdog of its own.
    ! grep -qsF clustercontrol-ha-guard.service "/proc/$found_pid/cgroup" || continue
    # The deadline of a script is its caller's.
    found_caller=$({ tr '\0' '\n' <"/proc/$found_pid/environ"; } 2>/dev/null | sed -n 's/^CLUSTERCONTROL_HA_CALLER=[0-9]*:\([0-9]*\):.*/\1/p')
    for found_owner in $found_pid $found_caller; do
      get "$RUN/holder.$found_owner" || continue
      found_deadline=${LINE##* }
      if [ "$1" = overdue ] && is_number "$found_deadline" && [ "$NOW" -le "$found_deadline" ]; then continue 2; fi
    done
    FOUND="$FOUND $found_pid"
  done
}

# ID (or its beginning): kills every process that a `run` with it started, also those that left its process group.
kill_run() {
  # shellcheck disable=SC2013 # paths of /proc hold no blanks
  for kill_file in $(grep -lsaF "CLUSTERCONTROL_HA_CALLER=$1" /proc/[0-9]*/environ); do
    kill_pid=${kill_file#/proc/}
    kill_pid=${kill_pid%/environ}
    [ "$kill_pid" -eq $$ ] || kill -9 "$kill_pid" 2>/dev/null
  done
  return 0
}
