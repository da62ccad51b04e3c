#!/bin/sh
# keepalived's notify script: what leaves the holder of the VIP for others carries the VIP as its source.
# keepalived runs notify scripts at the same time and calls them for STOP and DELETED too (measured: SNAT without a VIP
# in 11 of 12 quick flips). So: one at a time, and the address that is there decides, not the argument.
# Arguments: INSTANCE|GROUP NAME STATE PRIORITY. VIP, INTERFACE and PEER_ADDRESS come from the helper's settings.
set -u
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
SETTINGS=/etc/default/clustercontrol-ha
RUN=/run/clustercontrol-ha
CHAIN=CMON_SNAT

VIP='' INTERFACE='' PEER_ADDRESS=''
while IFS='=' read -r name value; do
  case $name in
    VIP) VIP=$value ;;
    INTERFACE) INTERFACE=$value ;;
    PEER_ADDRESS) PEER_ADDRESS=$value ;;
  esac
done <"$SETTINGS"
if [ -z "$VIP" ] || [ -z "$INTERFACE" ]; then
  echo "manage_snat: VIP or INTERFACE is not set in $SETTINGS" >&2
  exit 1
fi

say_state() { printf '%s\n' "$2" >"$RUN/$1.new.$$" && mv -fT "$RUN/$1.new.$$" "$RUN/$1"; }

case ${3:-} in '' | *[!A-Z]*) ;; *) say_state vrrp_state "$3" ;; esac
exec 9>>"$RUN/snat.lock"
flock -w 10 9 || exit 1

here() { [ -n "$(ip -4 -o addr show dev "$INTERFACE" to "$VIP/32")" ]; }

# Our hook, however often it stands there, and the rule of the documented script, as lines that take them away.
removals() {
  iptables -w 5 -t nat -S POSTROUTING | while read -r verb rest; do
    case "$verb $rest" in
      "-A POSTROUTING -o $INTERFACE -j $CHAIN" | "-A POSTROUTING -o $INTERFACE -j SNAT --to-source $VIP")
        printf '%s\n' "-D $rest"
        ;;
    esac
  done
}

# One transaction: there is no moment with half of the rules. Left alone are VRRP itself (a rewritten source breaks the
# checksum of version 3), multicast, the other controller (replication, files), and connections that began without SNAT.
put_rules() {
  {
    echo '*nat'
    echo ":$CHAIN - [0:0]"
    removals
    echo "-A $CHAIN -p vrrp -j RETURN"
    echo "-A $CHAIN -d 224.0.0.0/4 -j RETURN"
    [ -z "$PEER_ADDRESS" ] || echo "-A $CHAIN -d $PEER_ADDRESS -j RETURN"
    echo "-A $CHAIN -p tcp ! --syn -j RETURN"
    echo "-A $CHAIN -j SNAT --to-source $VIP"
    echo "-A POSTROUTING -o $INTERFACE -j $CHAIN"
    echo COMMIT
  } | iptables-restore -w 5 --noflush
}

drop_rules() {
  {
    echo '*nat'
    echo ":$CHAIN - [0:0]"
    removals
    echo "-X $CHAIN"
    echo COMMIT
  } | iptables-restore -w 5 --noflush
}

# The address may move while the rules change: then once more.
tries=0 seen=''
while [ $tries -lt 5 ]; do
  tries=$((tries + 1))
  if here; then put_rules && here && seen=held && break; else drop_rules && ! here && seen=absent && break; fi
done
[ -n "$seen" ] || exit 1
say_state snat "$seen"
