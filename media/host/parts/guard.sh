# ---- the guard: keeps the host to its role. A guard that cannot tell stays closed.

# An operation that was stopped may wake up: after its lease's end the guard waits before it opens anything.
MARGIN=1000
# Hundredths of a second between two looks: a primary that is not open yet is in a hurry.
PACE=200 HURRY=50
NOTED='' FENCED=0 MET_EPOCH='' MET_AT=0
# The shortest question, in hundredths. A guard that was away for longer than the fencing time has no connection yet: it asks
# for a second before it closes a primary that nobody has left alone.
LEAST=100

# What is new goes to the journal, what stays the same doesn't.
note() {
  [ "$NOTED" = "$*" ] || say "$*"
  NOTED=$*
}

alive() { [ -z "${NOTIFY_SOCKET:-}" ] || systemd-notify "$@" 2>/dev/null; }

# -> SILENT: hundredths since peer or witness last answered in this epoch. Where neither ever did, as an operation made it a
# primary while it was cut off, it is counted from when this host was first seen open in it. Empty for one that is closed,
# and for one that a failover has opened `alone`: its peer has no power, no witness answers, and it is the last one there
# is. The file is for the next guard, when this one is killed.
silence() {
  SILENT=''
  clock
  if [ "$MET_EPOCH" != "$EPOCH" ]; then
    set --
    # shellcheck disable=SC2086
    ! get "$RUN/contact" || set -- $LINE
    if [ $# -eq 2 ] && [ "$1" = "$EPOCH" ] && is_number "$2"; then
      MET_EPOCH=$1 MET_AT=$2
    elif [ -e "$RUN/active" ] && [ ! -e "$RUN/alone" ]; then
      MET_EPOCH=$EPOCH MET_AT=$NOW
      put_run "$RUN/contact" "$EPOCH $NOW"
    else
      return 0
    fi
  fi
  SILENT=$((NOW - MET_AT))
}

# -> BUDGET: hundredths until self-fencing, empty when it is off or not due for this host.
fence_budget() {
  BUDGET=''
  [ "$FENCE_SECONDS" -gt 0 ] && [ "$ROLE" = primary ] || return 0
  silence
  [ -z "$SILENT" ] || BUDGET=$((FENCE_SECONDS * 100 - SILENT))
}

guard_pass() {
  SETTLED=0
  [ -d "$RUN" ] || mkdir -p "$RUN"
  read_role
  fence_budget
  # Never ask past the moment at which the answer would come too late. Once it is closed, there is time: a new connection
  # takes longer than the shortest question on a slow network, and it is the only way back.
  if [ -n "$BUDGET" ] && [ "$BUDGET" -lt 300 ] && [ $FENCED -eq 0 ]; then
    [ "$BUDGET" -gt $LEAST ] || BUDGET=$LEAST
    seconds "$BUDGET"
  else
    HUMAN=3
  fi
  LEAST=20
  clock
  pass_began=$NOW
  ask_others "$HUMAN"
  # Also under a lease: whoever holds it may start lsyncd before the standby is back.
  [ "$ROLE" != primary ] || [ $PEER_SEEN -eq 1 ] || [ -e "$RUN/sync-again" ] || { true >"$RUN/sync-again"; } 2>/dev/null
  if [ "$PEER_SEEN$WITNESS_SEEN" != 00 ]; then
    FENCED=0 MET_EPOCH=$EPOCH MET_AT=$pass_began
    put_run "$RUN/contact" "$EPOCH $pass_began"
    [ ! -e "$RUN/alone" ] || rm -f "$RUN/alone"
  else
    fence_budget
    if [ -n "$BUDGET" ] && [ "$BUDGET" -le 0 ]; then
      fence
      return
    fi
  fi
  lock alone 2 60 "guard:$$"
  if [ $? -eq 1 ]; then
    note "another action holds the lock: ${HOLDER:-unknown}"
    return
  fi
  guard_locked
  unlock
}

# Everything is read again under the lock; the answers are at most one pass old.
guard_locked() {
  take_back
  read_role
  read_lease
  lease_left
  read_flag
  newest
  adopt
  if [ "$NEWEST" -gt "$EPOCH" ] && [ "$NEWEST_HOST" != "$SELF" ]; then
    demote
  elif [ $LEFT -gt 0 ]; then
    note "lease of $LEASE_PLAN by $LEASE_OPERATOR: leaving $SELF alone"
    # Whatever the operation does with lsyncd, once it is over it is looked at anew.
    [ ! -e "$RUN/sync" ] || rm -f "$RUN/sync"
  elif [ "$ROLE" = primary ]; then
    keep_primary
  else
    keep_standby
  fi
}

# Peer and witness both name this host, the witness in a newer epoch: an operation was undone while it was away. An epoch that
# two of three hold counts, so it becomes this host's own; else it would stay closed for ever. The mark tells a primary that
# gave way to the undone epoch from a standby whose promotion died half way: that one is left to its operator.
adopt() {
  [ $LEFT -eq 0 ] && [ "$NEWEST" -gt "$EPOCH" ] || return 0
  # One that came back as a standby and had the undone epoch is one still: in the epoch of the undo, which it has.
  adopt_role=$PEER_ROLE
  [ "$PEER_EPOCH $PEER_ROLE" != "$NEWEST returned" ] || adopt_role=standby
  adopt_untold || [ "$WITNESS_EPOCH $WITNESS_HOST $adopt_role $PEER_PRIMARY" = "$NEWEST $SELF standby $SELF" ] || return 0
  if [ "$PEER_EPOCH" != "$NEWEST" ]; then
    case $ROLE in
      # It never took the epoch that this host gave way to.
      standby) [ "$PEER_EPOCH" -lt "$EPOCH" ] || return 0 ;;
      # Nor did it that of the undo: it does not reach the witness, or its guard is dead. It is closed in an epoch that this host
      # knows, and nobody is about to make anything else of it.
      *) [ "$PEER_EPOCH" -le "$EPOCH" ] && [ "$PEER_ACTIVE $PEER_LEASE" = '- 0' ] || return 0 ;;
    esac
  fi
  case $ROLE in
    primary) ;;
    standby) [ "$PRIMARY" = "$PEER" ] && [ -e "$STATE/returned" ] || return 0 ;;
    *) return 0 ;;
  esac
  say "$PEER and $WITNESS name $SELF in epoch $NEWEST, its own record says '$EPOCH $ROLE': taking theirs"
  put "$STATE/role" "$NEWEST primary $SELF" || return 0
  rm -f "$STATE/returned"
  EPOCH=$NEWEST ROLE=primary PRIMARY=$SELF
}

# The operation was undone while the witness was away, too: the peer alone knows that epoch, as this host's standby. All three
# name this host and differ in the number only; it would hold the address for a moment and give it back, again and again.
adopt_untold() {
  [ "$ROLE $PEER_EPOCH $PEER_ROLE $PEER_PRIMARY" = "primary $NEWEST standby $SELF" ] && [ "$PEER_LEASE" -eq 0 ] &&
    [ "$WITNESS_HOST" = "$SELF" ] && [ "$WITNESS_EPOCH" -le "$EPOCH" ]
}

# A newer epoch names another host. Closing comes first: it must not fail for want of disk.
demote() {
  if [ -n "$FLAG" ] || [ "$ROLE" = primary ]; then
    say "epoch $NEWEST of $NEWEST_HOST is newer than '$EPOCH $ROLE' here: closing, becoming its standby"
    lease_up
    close_all >/dev/null
  fi
  # Files that only this host has would be deleted by lsyncd: the mark keeps it off until a rejoin.
  [ "$ROLE" = standby ] || { true >"$STATE/returned"; } 2>/dev/null
  put "$STATE/role" "$NEWEST standby $NEWEST_HOST"
}

# An operation that is older than what the guard does now gets 76 from here on.
lease_up() {
  # A renewal that has compared its token before writes it back behind this one. Closing does not wait for a lock, though.
  if { command exec 8>>"$RUN/lease.lock"; } 2>/dev/null; then
    flock -w 2 8 || say 'the lease is being written by another call: raising it all the same'
    read_lease
  fi
  up_code=1
  if [ "$LEASE_STATE" != damaged ]; then
    put_lease "$((LEASE_TOKEN + 1))" guard "$SELF" 0 released
    up_code=$?
  fi
  exec 8>&-
  [ $up_code -eq 0 ] || return 1
  [ "$LEASE_TOKEN" -eq 0 ] || kill_run "$LEASE_TOKEN:"
}

fence() {
  # Closed by it and opened by somebody since, who is as cut off: it is closed again.
  if [ $FENCED -eq 1 ] && [ ! -e "$RUN/active" ] && { ! mysql_look || [ "$SUPER" = 1 ]; }; then return 0; fi
  say "neither $PEER nor $WITNESS answered for $FENCE_SECONDS s: closing this primary of epoch $EPOCH"
  lock alone 1 60 "guard:$$"
  if [ $? -eq 1 ]; then
    kill_holders all
    lock alone 2 60 "guard:$$"
    [ $? -ne 1 ] || say 'closing without the lock: its holder does not end'
  fi
  read_lease
  lease_up
  if close_all >/dev/null; then FENCED=1; fi
  unlock
}

keep_standby() {
  # The conditions keep a standby's units down; an operation that died left its own stop behind.
  [ ! -e "$RUN/stopped" ] || units_unmask
  if [ "$NEWEST" -gt "$EPOCH" ]; then
    note "epoch $NEWEST names $SELF, its own record says '$EPOCH $ROLE': staying closed; resume or undo the operation"
  elif [ "$ROLE" != standby ]; then
    note "role record: $ROLE. Staying closed"
  else
    note "standby of $PRIMARY, epoch $EPOCH"
  fi
  keep_closed
}

# Nothing active runs, MySQL takes no writes, whatever the reason for being closed.
keep_closed() {
  if [ -n "$FLAG" ]; then
    say 'a flag without the role for it: dropping it'
    flag_drop
  fi
  # shellcheck disable=SC2086
  case " $(systemctl is-active $UNITS lsyncd | tr '\n' ' ')" in
    *' active '* | *' activating '* | *' reloading '*)
      say 'units of a primary run here: closing'
      close_all >/dev/null
      ;;
  esac
  stray_names
  if stray >/dev/null; then
    say "processes of a primary run here ($(stray | tr '\n' ' ')): killing"
    units_gone
  fi
  [ -z "$VIP" ] || ! vip_here || vip_evict
  if mysql_look; then
    [ "$SUPER" = 1 ] || { say 'MySQL takes writes here: closing' && mysql_close >/dev/null; }
    persist_reset
  else
    mysqld_return
  fi
}

persist_reset() {
  [ "${BAD:-0}" -gt 0 ] || return 0
  say 'read_only was persisted OFF: resetting'
  sql 3 'RESET PERSIST IF EXISTS super_read_only; RESET PERSIST IF EXISTS read_only'
}
