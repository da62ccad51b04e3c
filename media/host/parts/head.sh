#!/bin/sh
# clustercontrol-ha: the one program of a host that changes its role, lease, VIP flag and MySQL's read-only state.
# Calls, files and exit codes: docs/host-helper.md. Built from media/host/parts; format version below.
# POSIX sh with flock, timeout, setsid, ip, iptables, systemctl, mysql, ssh as Debian and RHEL ship them.
# No subshell where a builtin does: about fifteen of these calls run inside an outage of a tenth of a second.
set -u
FORMAT=1
LC_ALL=C
export LC_ALL
HOME=${HOME:-/root}
export HOME
case $0 in */*) PATH=${0%/*}:${PATH:-} ;; esac
PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 077
ME=$0
STATE=${CLUSTERCONTROL_HA_STATE:-/var/lib/clustercontrol-ha}
SETTINGS=${CLUSTERCONTROL_HA_SETTINGS:-/etc/default/clustercontrol-ha}
RUN=${CLUSTERCONTROL_HA_RUNTIME:-/run/clustercontrol-ha}

# Exit codes, the same as in docs/host-helper.md.
FAILED=1 USAGE=2 REFUSED=64 HELD=75 STALE=76 EXPIRED=77 TIMEOUT=124

say() { printf 'clustercontrol-ha: %s\n' "$*" >&2; }

# CODE REASON...: the reason on stderr, the code to the caller.
die() {
  die_code=$1
  shift
  say "$*"
  exit "$die_code"
}

# A number as records hold it: decimal, no sign, no leading zero (the shell would read that as octal).
is_number() {
  case $1 in
    '' | *[!0-9]* | 0?* | ????????????????*) return 1 ;;
  esac
}

# A word that fits a record of space separated words.
is_word() {
  case $1 in
    '' | *[!A-Za-z0-9._@:+,/=-]*) return 1 ;;
  esac
}

need_number() { is_number "$2" || die $USAGE "$1: '$2' is not a number"; }
need_word() { is_word "$2" || die $USAGE "$1: '$2' may hold letters, digits and ._@:+,/=- only"; }

# Settings are data. A line that is not NAME=value of a known name is ignored.
SELF='' PEER='' PEER_ADDRESS='' WITNESS='' WITNESS_ADDRESS='' VIP='' INTERFACE='' FENCE_SECONDS=15
UNITS='cmon cmon-cloud cmon-ssh cmon-events cmon-proxy kuber-proxy'
MYSQL_SOCKET='' MYSQL_DEFAULTS='' SSH_PORT=22
load_settings() {
  while IFS='=' read -r set_name set_value; do
    case $set_value in
      \"*\") set_value=${set_value#\"} set_value=${set_value%\"} ;;
      \'*\') set_value=${set_value#\'} set_value=${set_value%\'} ;;
    esac
    case $set_name in
      SELF) SELF=$set_value ;;
      PEER) PEER=$set_value ;;
      PEER_ADDRESS) PEER_ADDRESS=$set_value ;;
      WITNESS) WITNESS=$set_value ;;
      WITNESS_ADDRESS) WITNESS_ADDRESS=$set_value ;;
      VIP) VIP=$set_value ;;
      INTERFACE) INTERFACE=$set_value ;;
      UNITS) UNITS=$set_value ;;
      FENCE_SECONDS) FENCE_SECONDS=$set_value ;;
      MYSQL_SOCKET) MYSQL_SOCKET=$set_value ;;
      MYSQL_DEFAULTS) MYSQL_DEFAULTS=$set_value ;;
      SSH_PORT) SSH_PORT=$set_value ;;
    esac
  done 2>/dev/null <"$SETTINGS"
  [ -n "$SELF" ] || read -r SELF </proc/sys/kernel/hostname
  case $FENCE_SECONDS in off | '') FENCE_SECONDS=0 ;; esac
  is_number "$FENCE_SECONDS" || FENCE_SECONDS=15
}
