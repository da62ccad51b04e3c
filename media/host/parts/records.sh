# ---- records: one line each, replaced by rename, on disk before the call returns

# FILE TEXT: durable. A full disk or a half written file leaves the old record in place.
put() {
  put_new=$1.new
  if [ -e "$1.next" ] && { read -r put_back <"$1.next"; } 2>/dev/null && [ "$put_back" = "$2" ] &&
    mv -fT "$1.next" "$1" && sync "${1%/*}"; then
    return 0
  fi
  if printf '%s\n' "$2" 2>/dev/null >"$put_new" && sync -d "$put_new" && read -r put_back <"$put_new" &&
    [ "$put_back" = "$2" ] && mv -fT "$put_new" "$1" && sync "${1%/*}"; then
    return 0
  fi
  rm -f "$put_new"
  say "cannot write $1 (disk full or read-only?); the record on it is unchanged"
  return 1
}

# FILE TEXT: the same for /run, where nothing outlives the boot.
put_run() {
  put_new=$1.new.$$
  if printf '%s\n' "$2" 2>/dev/null >"$put_new" && mv -fT "$put_new" "$1"; then
    return 0
  fi
  rm -f "$put_new"
  say "cannot write $1 (is /run full?)"
  return 1
}

# FILE TEXT: what an operation is about to put there, on disk ahead of its outage. Without it, `put` writes it itself.
put_ahead() {
  { printf '%s\n' "$2" >"$1.next" && sync -d "$1.next"; } 2>/dev/null || rm -f "$1.next"
}

# FILE -> LINE; 1 when there is none, an empty one, or one without its line end (half written).
get() {
  LINE=''
  [ -e "$1" ] || return 1
  { read -r LINE <"$1"; } 2>/dev/null && [ -n "$LINE" ]
}

# Sets EPOCH ROLE PRIMARY of this host. 0 read, 1 none, 2 damaged (then it acts as a standby of epoch 0).
read_role() {
  EPOCH=0 ROLE=none PRIMARY=''
  [ -e "$STATE/role" ] || return 1
  if get "$STATE/role"; then
    # shellcheck disable=SC2086 # a record of words
    set -- $LINE
    if [ $# -eq 3 ] && is_number "$1" && is_word "$3"; then
      case $2 in
        primary | standby)
          EPOCH=$1 ROLE=$2 PRIMARY=$3
          return 0
          ;;
      esac
    fi
  fi
  ROLE=damaged
  return 2
}

# FILE -> NAMED_EPOCH NAMED_HOST, for records of `EPOCH HOST`. 1 none, 2 damaged.
read_named() {
  NAMED_EPOCH=0 NAMED_HOST=''
  [ -e "$1" ] || return 1
  if get "$1"; then
    # shellcheck disable=SC2086
    set -- $LINE
    if [ $# -eq 2 ] && is_number "$1" && is_word "$2"; then
      NAMED_EPOCH=$1 NAMED_HOST=$2
      return 0
    fi
  fi
  return 2
}

# -> FLAG: the epoch in the active flag, empty when there is no flag, `?` for one that says something else.
read_flag() {
  FLAG=''
  [ -e "$RUN/active" ] || return 1
  if get "$RUN/active" && is_number "$LINE"; then FLAG=$LINE; else FLAG='?'; fi
}

role_write() { # EPOCH primary|standby HOST
  need_number epoch "$1"
  need_word host "$3"
  case $2 in
    primary) [ "$3" = "$SELF" ] || die $REFUSED "primary of epoch $1 is $3, this host is $SELF" ;;
    standby) [ "$3" != "$SELF" ] || die $REFUSED "epoch $1 names $SELF as primary: it is no standby of it" ;;
    *) die $USAGE "role: '$2' is neither primary nor standby" ;;
  esac
  read_role
  [ "$1" -ge "$EPOCH" ] || die $REFUSED "epoch $1 is older than this host's epoch $EPOCH"
  [ "$1" -ne "$EPOCH" ] || [ "$ROLE" = damaged ] || [ -z "$PRIMARY" ] || [ "$PRIMARY" = "$3" ] ||
    die $REFUSED "epoch $1 names $PRIMARY here, not $3: an epoch is never used twice"
  ! read_named "$STATE/pending" || [ "$1" -ge "$NAMED_EPOCH" ] ||
    die $REFUSED "epoch $1 is older than the pending epoch $NAMED_EPOCH"
  if read_flag && [ "$FLAG" != '?' ] && [ "$1" -lt "$FLAG" ]; then
    die $REFUSED "epoch $1 is older than the active flag's epoch $FLAG"
  fi
  put "$STATE/role" "$1 $2 $3" || return
  [ ! -e "$STATE/returned" ] || rm -f "$STATE/returned"
  # Whoever makes it primary wants it open: a hold that an earlier operation left would close it at its next boot.
  if [ "$2" = primary ] && [ -e "$STATE/hold" ]; then rm -f "$STATE/hold"; fi
}

role_pending() { # EPOCH HOST | --clear
  if [ "$1" = --clear ]; then
    rm -f "$STATE/pending" "$STATE/role.next" && sync "$STATE"
    return
  fi
  need_number epoch "$1"
  need_word host "${2:-}"
  read_role
  [ "$1" -gt "$EPOCH" ] || die $REFUSED "epoch $1 is not above this host's epoch $EPOCH"
  put "$STATE/pending" "$1 $2" || return
  if [ "$2" = "$SELF" ]; then put_ahead "$STATE/role" "$1 primary $2"; else put_ahead "$STATE/role" "$1 standby $2"; fi
}

# The witness keeps the newest committed epoch, and beside it one that is under way.
witness_commit() { # EPOCH HOST
  need_number epoch "$1"
  need_word host "$2"
  read_named "$STATE/witness"
  [ $? -ne 2 ] || die $FAILED "$STATE/witness is damaged: read it, compare with both controllers, then write it anew"
  [ "$1" -ne "$NAMED_EPOCH" ] || [ "$2" != "$NAMED_HOST" ] || return 0
  [ "$1" -gt "$NAMED_EPOCH" ] || die $REFUSED "epoch $1 of $2 is not above the witness's epoch $NAMED_EPOCH of $NAMED_HOST"
  put "$STATE/witness" "$1 $2"
}

# No lease fences the witness: who undoes a failover takes its epoch away from a promoter that sleeps, and may wake up in the
# midst of committing it. A guard's own word of its epoch (`confirm`) is not meant.
witness_withdraw() { # EPOCH
  need_number epoch "$1"
  if get "$STATE/withdrawn" && is_number "$LINE" && [ "$LINE" -ge "$1" ]; then return 0; fi
  put "$STATE/withdrawn" "$1"
}

witness_commit_by_run() { # EPOCH HOST
  need_number epoch "$1"
  if get "$STATE/withdrawn" && is_number "$LINE" && [ "$1" -le "$LINE" ]; then
    read_named "$STATE/witness"
    [ "$NAMED_EPOCH $NAMED_HOST" = "$1 $2" ] || die $REFUSED "epoch $1 was withdrawn: its operation was undone by somebody else. Make a new plan"
  fi
  witness_commit "$1" "$2"
}

witness_pending() { # EPOCH HOST
  need_number epoch "$1"
  need_word host "$2"
  read_named "$STATE/witness"
  [ "$1" -gt "$NAMED_EPOCH" ] || die $REFUSED "epoch $1 is not above the witness's epoch $NAMED_EPOCH of $NAMED_HOST"
  put "$STATE/pending" "$1 $2" || return
  put_ahead "$STATE/witness" "$1 $2"
}

witness_show() {
  read_named "$STATE/witness" || return 1
  printf '%s %s\n' "$NAMED_EPOCH" "$NAMED_HOST"
}
