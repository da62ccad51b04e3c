# ---- asking the other two: one kept connection each, by a key that may do nothing else

# HOST ADDRESS COMMAND: what it answers, within ASK_LIMIT seconds.
ask_host() {
  timeout -k 1 "$ASK_LIMIT" ssh -F /dev/null -T -n -i "$STATE/ssh/id_ed25519" -o IdentitiesOnly=yes -o BatchMode=yes \
    -o UserKnownHostsFile="$STATE/ssh/known_hosts" -o GlobalKnownHostsFile=/dev/null -o HostKeyAlias="$1" \
    -o StrictHostKeyChecking=yes -o UpdateHostKeys=no -o ConnectTimeout=2 -o ServerAliveInterval=1 \
    -o ServerAliveCountMax=2 -o ControlMaster=auto -o ControlPath="$RUN/ssh-$1" -o ControlPersist=60 \
    -o LogLevel=ERROR -p "$SSH_PORT" "root@$2" "$3"
}

# A kept connection that gave no answer is left behind: it ends by itself, the next one is new. The other one remembers after
# how many seconds this host fences itself: a failover may have to wait for that.
ask_words() { # HOST ADDRESS
  ask_host "$1" "$2" "words $FENCE_SECONDS" 2>/dev/null || rm -f "$RUN/ssh-$1"
}

# Whom the witness named last, when that was no controller of this site: told once.
FOREIGN=''

# Sets PEER_SEEN PEER_EPOCH PEER_ROLE PEER_PRIMARY PEER_ACTIVE PEER_LEASE and WITNESS_SEEN WITNESS_EPOCH WITNESS_HOST.
# Both are asked at once. No answer, or one that can't be read, is no answer. Nor is that of a witness whose one record is
# another site's: its epoch says nothing here, it can confirm nobody, and an isolated primary is alone with it.
ask_others() { # LIMIT-SECONDS
  ASK_LIMIT=$1
  PEER_SEEN=0 PEER_EPOCH=- PEER_ROLE=none PEER_PRIMARY=- PEER_ACTIVE=- PEER_LEASE=0
  WITNESS_SEEN=0 WITNESS_EPOCH=- WITNESS_HOST=-
  # Nothing of it passes through a file: /run may be full.
  answers=$(
    exec 9>&-
    ask_words "$PEER" "$PEER_ADDRESS" &
    ask_words "$WITNESS" "$WITNESS_ADDRESS" &
    wait
  )
  # Two lines of nine words, in the order of their arrival.
  # shellcheck disable=SC2086
  set -- $answers
  while [ $# -ge 9 ] && [ "$1" = "$FORMAT" ]; do
    if [ "$2" = "$PEER" ] && is_number "$7"; then
      PEER_SEEN=1 PEER_EPOCH=$3 PEER_ROLE=$4 PEER_PRIMARY=$5 PEER_ACTIVE=$6 PEER_LEASE=$7
    elif [ "$2" = "$WITNESS" ]; then
      case $9 in
        "$SELF" | "$PEER" | -) WITNESS_SEEN=1 WITNESS_EPOCH=$8 WITNESS_HOST=$9 FOREIGN='' ;;
        "$FOREIGN") ;;
        *)
          FOREIGN=$9
          say "$WITNESS names $9 (epoch $8), no controller of this site: another site has that witness. It counts as silent"
          ;;
      esac
    fi
    shift 9
  done
}

# -> NEWEST NEWEST_HOST: the highest committed epoch that the other two know.
newest() {
  NEWEST=0 NEWEST_HOST=''
  if is_number "$PEER_EPOCH"; then NEWEST=$PEER_EPOCH NEWEST_HOST=$PEER_PRIMARY; fi
  if is_number "$WITNESS_EPOCH" && [ "$WITNESS_EPOCH" -gt "$NEWEST" ]; then
    NEWEST=$WITNESS_EPOCH NEWEST_HOST=$WITNESS_HOST
  fi
}

# One other of the three holds the same epoch, naming this host.
confirmed() {
  { [ "$PEER_EPOCH" = "$EPOCH" ] && [ "$PEER_PRIMARY" = "$SELF" ]; } ||
    { [ "$WITNESS_EPOCH" = "$EPOCH" ] && [ "$WITNESS_HOST" = "$SELF" ]; }
}

# Does another host answer for the VIP? 0 yes, 1 no, 2 it can't be told.
vip_elsewhere() {
  ip neigh del "$VIP" dev "$INTERFACE" 2>/dev/null
  # `use` makes the kernel ask by ARP. An iproute2 that doesn't know the word has a ping for it.
  if ! ip neigh replace "$VIP" dev "$INTERFACE" use 2>/dev/null; then
    command -v ping >/dev/null || return 2
    ping -n -c 2 -i 0.5 -W 1 -I "$INTERFACE" "$VIP" >/dev/null 2>&1 9>&- &
  fi
  elsewhere_tries=0
  # Two requests, a second apart: one may get lost.
  while [ $elsewhere_tries -lt 13 ]; do
    case "$(ip neigh show to "$VIP" dev "$INTERFACE" 2>/dev/null)" in
      *lladdr*) return 0 ;;
    esac
    elsewhere_tries=$((elsewhere_tries + 1))
    sleep 0.1
  done
  return 1
}
