# ---- the guard of a host whose durable role is primary

keep_primary() {
  if [ "$PEER_EPOCH" = "$EPOCH" ] && [ "$PEER_ROLE" = primary ]; then
    note "SPLIT: $PEER is primary of epoch $EPOCH too. Closing; compare both databases, then decide"
    close_all >/dev/null
    return
  fi
  lease_ended
  if is_settled; then
    settled
    return
  fi
  if why_closed; then
    note "primary of epoch $EPOCH, not opening: $WHY"
    # What still stands of an open primary is left to self-fencing, unless it is certain that it must not stand.
    if [ "$FLAG" != "$EPOCH" ] || [ $MUST_CLOSE -eq 1 ]; then keep_closed; fi
    return
  fi
  say "primary of epoch $EPOCH, confirmed (peer $PEER_EPOCH $PEER_PRIMARY, witness $WITNESS_EPOCH $WITNESS_HOST): opening"
  guard_open || { say 'could not open: closing'; close_all >/dev/null; }
}

# Open already, as it should be. An operation that died half way leaves its mark `stopped`.
is_settled() { [ "$FLAG" = "$EPOCH" ] && [ ! -e "$RUN/stopped" ] && mysql_look && [ "$SUPER" = 0 ]; }

# The witness learns what it missed; files go out once the standby follows this epoch.
settled() {
  note "primary of epoch $EPOCH, open"
  SETTLED=1
  persist_reset
  # Whoever started the services may have been killed before.
  cron_back
  if [ $WITNESS_SEEN -eq 1 ] && { ! is_number "$WITNESS_EPOCH" || [ "$WITNESS_EPOCH" -lt "$EPOCH" ]; }; then
    say "telling the witness epoch $EPOCH (it has $WITNESS_EPOCH)"
    ASK_LIMIT=3
    ask_host "$WITNESS" "$WITNESS_ADDRESS" "confirm $EPOCH" 9>&-
  fi
  [ "$ENDED" -lt $MARGIN ] || sync_keep
}

# lsyncd deletes on its target what its source lacks. It starts, once after an opening, towards a standby that follows this
# epoch, and stops when the other host turns out to be something else. A standby that lost its power has lost files that were
# just brought, too, and lsyncd never hears of it: after every absence it goes over all of them.
sync_keep() {
  # No answer says nothing about its role.
  [ $PEER_SEEN -eq 1 ] || return 0
  if [ "$PEER_ROLE $PEER_EPOCH $PEER_PRIMARY" = "standby $EPOCH $SELF" ]; then
    if [ -e "$RUN/sync-again" ]; then
      say "$PEER was away: lsyncd goes over all files again"
      timeout -k 1 10 systemctl try-restart lsyncd
      rm -f "$RUN/sync-again"
    fi
    [ -e "$RUN/sync" ] || { sync_start && { true >"$RUN/sync"; } 2>/dev/null; }
  elif systemctl is-active --quiet lsyncd; then
    say "$PEER is no standby of epoch $EPOCH ('$PEER_EPOCH $PEER_ROLE $PEER_PRIMARY'): stopping lsyncd"
    sync_stop
  fi
}

# 0 and WHY when this primary is not to be opened, MUST_CLOSE when it is to be closed. What can't be read is a reason.
why_closed() {
  MUST_CLOSE=0
  if [ -e "$STATE/hold" ]; then
    MUST_CLOSE=1 WHY='it was closed by hand (clear it with: hold --clear)'
  elif [ "$ENDED" -lt $MARGIN ]; then
    WHY='a lease has just ended here'
  elif [ "$NEWEST" -gt "$EPOCH" ]; then
    WHY="epoch $NEWEST of $NEWEST_HOST is newer than its own record: resume or undo the operation that made it"
  elif ! confirmed; then
    WHY="nobody confirms it (peer $PEER_EPOCH $PEER_PRIMARY, witness $WITNESS_EPOCH $WITNESS_HOST)"
  elif [ "$PEER_LEASE" -gt 0 ]; then
    WHY="an operation holds a lease on $PEER"
  elif [ "$PEER_ACTIVE" != - ]; then
    MUST_CLOSE=1 WHY="$PEER has an active flag ($PEER_ACTIVE)"
  elif ! mysql_look; then
    WHY='MySQL does not answer'
    mysqld_return
  elif [ "$CHANNELS_HERE" -gt 0 ]; then
    MUST_CLOSE=1 WHY='a replication channel exists here'
  elif ! vip_here && vip_asked; then
    MUST_CLOSE=1 WHY="$ELSEWHERE"
  else
    return 1
  fi
}

vip_asked() {
  vip_elsewhere
  case $? in
    0) ELSEWHERE="another host answers for $VIP" ;;
    1) return 1 ;;
    *) ELSEWHERE="it can't be told whether another host answers for $VIP" ;;
  esac
}

# -> ENDED: hundredths since the lease's end. One of an earlier boot is counted from this boot on, with its whole
# life: its operator may still be there.
lease_ended() {
  clock
  boot_id
  case $LEASE_STATE in
    none) ENDED=$MARGIN ;;
    damaged) ENDED=0 ;;
    *)
      # A guard's own raise leaves nobody behind who could wake up.
      if [ "$LEASE_PLAN $LEASE_STATE" = 'guard released' ]; then
        ENDED=$MARGIN
      elif [ "$LEASE_BOOT" = "$BOOT" ]; then
        ENDED=$((NOW - LEASE_AT - LEASE_TTL * 100))
      elif [ "$LEASE_STATE" = released ]; then
        ENDED=$MARGIN
      else
        # Field 22 of /proc/1/stat: when init started, in hundredths since the kernel did.
        read -r boot_stat </proc/1/stat
        # shellcheck disable=SC2086
        set -- ${boot_stat##*)}
        ENDED=$((NOW - ${20} - LEASE_TTL * 100))
      fi
      ;;
  esac
}

guard_open() {
  lease_up || return 1
  persist_reset
  open_all || return 1
  sync_keep
  say "open: primary of epoch $EPOCH"
}

# What a crash or self-fencing has closed behind the opening, under the lease of the run that opened it: its guard leaves the
# host alone as long as that lives. By the same rules as the guard's own opening. `alone`: the caller has no lease on the peer, so
# that whoever has one there may be about to open it.
reopen() { # [alone]
  read_role
  [ "$ROLE" = primary ] || die $REFUSED "the role record says '$EPOCH $ROLE $PRIMARY': this host is no primary"
  read_flag
  if is_settled && vip_here; then
    units_start
    return
  fi
  ask_others 3
  newest
  if [ "$PEER_EPOCH" = "$EPOCH" ] && [ "$PEER_ROLE" = primary ]; then
    die $REFUSED "SPLIT: $PEER is primary of epoch $EPOCH too. Compare both databases, then decide"
  fi
  # The lease on the peer is that of the same run, and its own has not ended.
  ENDED=$MARGIN
  [ "${1:-}" = alone ] || BOTH_LEASED=1 PEER_LEASE=0
  ! why_closed || die $REFUSED "primary of epoch $EPOCH, not opening: $WHY"
  say "primary of epoch $EPOCH, closed since it was opened: opening again"
  open_all
}

# Flag, then VIP and SNAT, then asked once more, then MySQL, then the units. No VIP, no cmon.
BOTH_LEASED=0
open_all() {
  rm -f "$RUN/sync"
  flag_set "$EPOCH" || return 1
  vip_wait held 8000 || { vrrp_anew && vip_wait held 5000; } || return 1
  alive WATCHDOG=1
  ask_others 3
  newest
  if [ "$NEWEST" -gt "$EPOCH" ] || ! confirmed || [ "$PEER_ACTIVE" != - ]; then
    say "no longer confirmed (peer $PEER_EPOCH $PEER_PRIMARY $PEER_ACTIVE, witness $WITNESS_EPOCH $WITNESS_HOST)"
    return 1
  fi
  if [ $BOTH_LEASED -eq 0 ] && [ "$PEER_LEASE" -gt 0 ]; then
    say "an operation has begun on $PEER meanwhile"
    return 1
  fi
  (mysql_open "$EPOCH") || return 1
  alive WATCHDOG=1
  units_start || say 'cmon does not run: the host stays open'
}

# A keepalived that runs and doesn't follow the flag: it hangs, or found no room for a watch when it started ("Unable to
# monitor track files", keepalived 2.3.4) and never looks again. It holds no address: nothing is lost by a new one.
vrrp_anew() {
  ! vip_here || return 0
  say 'keepalived does not follow the flag: starting it anew'
  systemctl kill --signal=KILL keepalived 2>/dev/null
  alive WATCHDOG=1
  timeout -k 1 10 systemctl restart keepalived >/dev/null 2>&1
}

guard_loop() {
  alive --ready
  while :; do
    guard_pass
    alive WATCHDOG=1
    if [ "$ROLE" = primary ] && [ "$SETTLED" -eq 0 ]; then guard_wait=$HURRY; else guard_wait=$PACE; fi
    fence_budget
    if [ -n "$BUDGET" ] && [ $FENCED -eq 0 ] && [ "$BUDGET" -lt $guard_wait ]; then guard_wait=$BUDGET; fi
    [ "$guard_wait" -ge 10 ] || guard_wait=10
    seconds "$guard_wait"
    sleep "$HUMAN"
  done
}
