# ---- status: what this host's records say, as one line of JSON for tools, as words for a guard

json_named() { if read_named "$1"; then json="{\"epoch\":$NAMED_EPOCH,\"primary\":\"$NAMED_HOST\"}"; else json=null; fi; }

status_json() {
  if read_role; then
    json_role="{\"epoch\":$EPOCH,\"role\":\"$ROLE\",\"primary\":\"$PRIMARY\"}"
  else
    json_role=null
  fi
  json_named "$STATE/witness"
  json_witness=$json
  # A pending epoch that was reached is no longer pending.
  if [ "$NAMED_EPOCH" -gt "$EPOCH" ]; then json_reached=$NAMED_EPOCH; else json_reached=$EPOCH; fi
  json_named "$STATE/pending"
  [ "$NAMED_EPOCH" -gt "$json_reached" ] || json=null
  json_pending=$json
  read_flag
  json_active=null
  case $FLAG in '' | '?') ;; *) json_active=$FLAG ;; esac
  json_lease=null
  read_lease
  case $LEASE_STATE in
    held | released)
      lease_left
      seconds "$LEFT"
      json_lease="{\"token\":$LEASE_TOKEN,\"plan\":\"$LEASE_PLAN\",\"operator\":\"$LEASE_OPERATOR\",\"remainingSeconds\":$HUMAN,\"state\":\"$LEASE_STATE\"}"
      ;;
  esac
  json_operation=null
  if operation_of_lease; then
    json_operation="{\"plan\":\"$OP_PLAN\",\"operation\":\"$OP_NAME\",\"target\":\"$OP_TARGET\",\"operator\":\"$OP_OPERATOR\",\"sinceMs\":$OP_SINCE,\"place\":\"$OP_PLACE\"}"
  fi
  json_failover=null
  if read_failover; then json_failover="{\"plan\":\"$FAILOVER_PLAN\",\"sinceMs\":$FAILOVER_SINCE}"; fi
  json_returned=false
  [ ! -e "$STATE/returned" ] || json_returned=true
  json_clone=false
  [ ! -e "$STATE/clone" ] || json_clone=true
  json_held=false
  [ ! -e "$STATE/hold" ] || json_held=true
  printf '{"version":%s,"self":"%s","role":%s,"pending":%s,"witness":%s,"active":%s,"lease":%s,"operation":%s,"failover":%s,"returned":%s,"clone":%s,"held":%s}\n' \
    "$FORMAT" "$SELF" "$json_role" "$json_pending" "$json_witness" "$json_active" "$json_lease" "$json_operation" \
    "$json_failover" "$json_returned" "$json_clone" "$json_held"
}

# `returned` for the role of a standby that was a primary and came back to a newer epoch: it may have files and
# transactions that nobody else has.
# FORMAT SELF EPOCH ROLE PRIMARY ACTIVE LEASE-HUNDREDTHS WITNESS-EPOCH WITNESS-HOST, `-` for none.
status_words() {
  if ! read_role; then EPOCH=- PRIMARY=-; fi
  if [ "$ROLE" = standby ] && [ -e "$STATE/returned" ]; then ROLE=returned; fi
  read_flag
  read_lease
  lease_left
  if ! read_named "$STATE/witness"; then NAMED_EPOCH=- NAMED_HOST=-; fi
  printf '%s %s %s %s %s %s %s %s %s\n' "$FORMAT" "$SELF" "$EPOCH" "$ROLE" "$PRIMARY" "${FLAG:--}" "$LEFT" \
    "$NAMED_EPOCH" "$NAMED_HOST"
}

# Forced command of a guard's key: it may read the status, and the guard of HOST may tell the witness that HOST is the
# primary of a newer epoch (which the witness missed while it was away). Nothing else, whatever was asked.
peer() { # [HOST]
  set -f
  # shellcheck disable=SC2086
  set -- "${1:-}" ${SSH_ORIGINAL_COMMAND:-}
  case ${2:-} in
    words)
      # When that guard asked last, by our uptime, and its fencing time: a failover sees by it whether it lives, and relies on it.
      is_number "${3:-}" || set -- "$1" "$2" ''
      [ -z "${1:-}" ] || { clock && printf '%s\n' "$NOW${3:+ $3}" >"$RUN/asked-$1"; } 2>/dev/null
      status_words
      ;;
    confirm)
      [ "${1:+$SELF}" = "$WITNESS" ] || die $REFUSED 'only the witness keeps what a primary confirms'
      lock_or_die alone 2 5 "witness:$$"
      witness_commit "${3:-}" "$1"
      ;;
    *) status_json ;;
  esac
}
