# ---- the lease: one operation at a time. STATE/lease = TOKEN PLAN OPERATOR TTL BOOT-ID UPTIME-AT-RENEWAL STATE

# Sets LEASE_*. 0 read, 1 none, 2 damaged.
read_lease() {
  LEASE_TOKEN=0 LEASE_PLAN='' LEASE_OPERATOR='' LEASE_TTL=0 LEASE_BOOT='' LEASE_AT=0 LEASE_STATE=none
  [ -e "$STATE/lease" ] || return 1
  if get "$STATE/lease"; then
    # shellcheck disable=SC2086
    set -- $LINE
    if [ $# -eq 7 ] && is_number "$1" && is_number "$4"; then
      case $7 in
        held | released)
          LEASE_TOKEN=$1 LEASE_PLAN=$2 LEASE_OPERATOR=$3 LEASE_TTL=$4 LEASE_BOOT=$5 LEASE_STATE=$7
          lease_part=${6#*.}
          LEASE_AT=$((${6%.*} * 100 + 1$lease_part - 100))
          return 0
          ;;
      esac
    fi
  fi
  LEASE_STATE=damaged
  return 2
}

# Sets LEFT: hundredths of life left; 0 when it is over. A lease of another boot is over.
lease_left() {
  clock
  boot_id
  LEFT=0
  [ "$LEASE_STATE" = held ] && [ "$LEASE_BOOT" = "$BOOT" ] || return 0
  LEFT=$((LEASE_AT + LEASE_TTL * 100 - NOW))
  [ $LEFT -gt 0 ] || LEFT=0
}

# TOKEN: it is the lease's, and the lease is alive; else the call ends here.
compare_lease() {
  read_lease
  [ "$LEASE_STATE" != damaged ] || die $STALE "$STATE/lease is damaged: no token can be compared"
  if [ "$1" != "$LEASE_TOKEN" ] || [ "$LEASE_TOKEN" -eq 0 ]; then
    die $STALE "token $1 is not the lease's: that is $LEASE_TOKEN of $LEASE_PLAN by $LEASE_OPERATOR"
  fi
  lease_left
  [ $LEFT -gt 0 ] || die $EXPIRED "the lease of $LEASE_PLAN with token $1 is over ($LEASE_STATE)"
}

# TOKEN PLAN OPERATOR TTL STATE, as of now.
put_lease() {
  clock
  boot_id
  seconds "$NOW"
  put "$STATE/lease" "$1 $2 $3 $4 $BOOT $HUMAN $5"
}

# The lease's own short lock: a renewal must not wait for a script that runs under the other one.
lock_lease() {
  { command exec 8>>"$RUN/lease.lock"; } 2>/dev/null || die $FAILED "cannot open $RUN/lease.lock"
  flock -w 5 8 || die $TIMEOUT 'the lease is being written by another call'
}

lease_options() {
  opt_plan='' opt_operator='' opt_token='' opt_ttl=''
  while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || die $USAGE "$1 needs a value"
    case $1 in
      --plan) opt_plan=$2 ;;
      --operator) opt_operator=$2 ;;
      --token) opt_token=$2 ;;
      --ttl) opt_ttl=$2 ;;
      *) die $USAGE "lease: unknown option $1" ;;
    esac
    shift 2
  done
  need_number --token "$opt_token"
}

lease_new() { # take|raise OPTIONS
  new_kind=$1
  shift
  lease_options "$@"
  need_word --plan "$opt_plan"
  need_word --operator "$opt_operator"
  need_number --ttl "$opt_ttl"
  [ "$opt_ttl" -gt 0 ] || die $USAGE '--ttl: a lease lives at least a second'
  # A takeover does not wait for what the other operation still runs: that ends now.
  if [ "$new_kind" = take ]; then
    lock_or_die alone 10 15 "lease:$$"
  elif ! lock alone 10 15 "lease:$$"; then
    kill_holders all
    # A script outlives the call that started it when only that was killed, and holds the lock by itself.
    read_lease
    [ "$LEASE_TOKEN" -eq 0 ] || kill_run "$LEASE_TOKEN:"
    lock_or_die alone 3 15 "lease:$$"
  fi
  lock_lease
  read_lease
  [ "$LEASE_STATE" != damaged ] || die $FAILED "$STATE/lease is damaged: make sure that nobody works on this site, then remove it"
  [ "$opt_token" -gt "$LEASE_TOKEN" ] || die $STALE "token $opt_token is not above $LEASE_TOKEN"
  lease_left
  if [ "$new_kind" = take ] && [ $LEFT -gt 0 ] && [ "$LEASE_PLAN" != "$opt_plan" ]; then
    seconds "$LEFT"
    die $HELD "held by $LEASE_OPERATOR for $LEASE_PLAN, $HUMAN s left"
  fi
  put_lease "$opt_token" "$opt_plan" "$opt_operator" "$opt_ttl" held || exit $FAILED
  # Scripts that an older token started without the lock (rsync) may still run.
  [ "$LEASE_TOKEN" -eq 0 ] || kill_run "$LEASE_TOKEN:"
}

lease_renew() {
  lease_options "$@"
  lock_lease
  compare_lease "$opt_token"
  put_lease "$LEASE_TOKEN" "$LEASE_PLAN" "$LEASE_OPERATOR" "$LEASE_TTL" held || exit $FAILED
}

lease_release() { # --token N [--plan P]
  lease_options "$@"
  lock_or_die alone 10 15 "lease:$$"
  lock_lease
  read_lease
  [ "$opt_token" = "$LEASE_TOKEN" ] || die $STALE "token $opt_token is not the lease's: that is $LEASE_TOKEN"
  # Two plans that were made side by side have one token: the number alone does not say whose lease it is.
  [ -z "$opt_plan" ] || [ "$opt_plan" = "$LEASE_PLAN" ] ||
    die $STALE "token $opt_token of $opt_plan is not the lease's: that is $LEASE_TOKEN of $LEASE_PLAN by $LEASE_OPERATOR"
  [ "$LEASE_STATE" = held ] || return 0
  put_lease "$LEASE_TOKEN" "$LEASE_PLAN" "$LEASE_OPERATOR" 0 released || exit $FAILED
}
