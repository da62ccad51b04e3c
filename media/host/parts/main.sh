# ---- calls

# The conditions of units are read by systemd alone, records by root alone.
[ -d "$RUN" ] || mkdir -p "$RUN" || die $FAILED "cannot make $RUN"
[ -d "$STATE" ] || mkdir -p "$STATE" || die $FAILED "cannot make $STATE"

[ $# -gt 0 ] || die $USAGE 'a call is needed: version, status, lease, run, role, flag, vip, mysql, clone, units, close, hold, reopen, operation, guard, witness, peer'
call=$1
shift
case $call in
  run) run_script "$@" ;;
  version) printf '%s\n' "$FORMAT" ;;
  lease)
    load_settings
    [ $# -gt 0 ] || die $USAGE 'lease take|raise|renew|release'
    verb=$1
    shift
    case $verb in
      take | raise) lease_new "$verb" "$@" ;;
      renew) lease_renew "$@" ;;
      release)
        lease_release "$@"
        end_operation || :
        ;;
      *) die $USAGE "lease: unknown call $verb" ;;
    esac
    ;;
  status | peer | guard | witness | give-back | clone-watch)
    load_settings
    case "$call ${1:-}" in
      'status ') status_json ;;
      peer*) peer "${1:-}" ;;
      'guard loop') guard_loop ;;
      'guard ') guard_pass ;;
      'witness show') witness_show ;;
      'witness pending' | 'witness commit')
        [ $# -eq 3 ] || die $USAGE "$call $1 EPOCH HOST"
        lock_or_die alone 5 5 "witness:$$"
        case $1 in pending) witness_pending "$2" "$3" ;; *) witness_commit_by_run "$2" "$3" ;; esac
        ;;
      'witness withdraw')
        [ $# -eq 2 ] || die $USAGE "$call $1 EPOCH"
        lock_or_die alone 5 5 "witness:$$"
        witness_withdraw "$2"
        ;;
      give-back*) give_back "$1" ;;
      clone-watch*) clone_watch "$1" "$2" ;;
      *) die $USAGE "unknown call: $call $*" ;;
    esac
    ;;
  operation)
    if [ "$*" = show ]; then
      operation_show
      exit
    fi
    need_run
    case "${1:-} $#" in
      'begin 7') operation_begin "$2" "$3" "$4" "$5" "$6" "$7" ;;
      'place 3') operation_place "$2" "$3" ;;
      *) die $USAGE 'operation begin PLAN OPERATION TARGET OPERATOR SINCE-MS PLACE | place PLAN PLACE | show' ;;
    esac
    ;;
  role | flag | vip | mysql | clone | units | close | hold | reopen)
    load_settings
    need_run
    forget_operation_before
    case "$call ${1:-} $#" in
      'role write 4') role_write "$2" "$3" "$4" ;;
      'role pending 2' | 'role pending 3') role_pending "$2" "${3:-}" ;;
      'flag set 2') flag_set "$2" ;;
      'flag drop 1') flag_drop ;;
      'flag give 3') flag_give "$2" "$3" ;;
      'vip wait 3') vip_wait "$2" "$3" ;;
      'mysql open 2') mysql_open "$2" ;;
      'mysql opened 2' | 'mysql opened 3') mysql_opened "$2" "${3:-}" ;;
      'mysql close 1') mysql_close patient ;;
      'mysql ready 2') mysql_ready "$2" ;;
      'mysql ask 3') mysql_ask "$2" "$3" ;;
      'mysql back 1') mysql_back ;;
      'clone try 1') clone_try ;;
      'clone begin 1') clone_begin ;;
      'clone begun 2') clone_begun "$2" ;;
      'clone wait 3') clone_wait "$2" "$3" ;;
      'units stop 1') units_stop ;;
      'units start 1') units_start ;;
      'units unmask 1') units_unmask ;;
      'close  0') close_all ;;
      'close --hold 1') close_held ;;
      'hold --clear 1') rm -f "$STATE/hold" ;;
      'reopen  0') reopen ;;
      *) die $USAGE "unknown call: $call $*" ;;
    esac
    ;;
  *) die $USAGE "unknown call: $call $*" ;;
esac
