# ---- calls: run, version. A shell reads a script command by command, so each group of calls stands right behind the parts it needs and
# ends there: to parse the whole takes more than half of a call's time, and an outage has thirty calls.

# The conditions of units are read by systemd alone, records by root alone.
[ -d "$RUN" ] || mkdir -p "$RUN" || die $FAILED "cannot make $RUN"
[ -d "$STATE" ] || mkdir -p "$STATE" || die $FAILED "cannot make $STATE"

[ $# -gt 0 ] || die $USAGE 'a call is needed: version, status, lease, run, role, flag, vip, mysql, clone, units, close, hold, reopen, operation, guard, witness, peer'
call=$1
shift
unknown_call() { die $USAGE "unknown call: $call $*"; }
case $call in
  run)
    run_script "$@"
    exit
    ;;
  version)
    printf '%s\n' "$FORMAT"
    exit
    ;;
esac
