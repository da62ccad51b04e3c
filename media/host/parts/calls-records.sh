# ---- calls: lease, operation, witness, role, flag, vip

# What an operation does: inside its `run`, with this host's settings.
enter_run() {
  load_settings
  need_run
  forget_operation_before
}

case $call in
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
    exit
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
    exit
    ;;
  witness)
    load_settings
    case "${1:-} $#" in
      'show 1') witness_show ;;
      'pending 3' | 'commit 3')
        lock_or_die alone 5 5 "witness:$$"
        case $1 in pending) witness_pending "$2" "$3" ;; *) witness_commit_by_run "$2" "$3" ;; esac
        ;;
      'withdraw 2')
        lock_or_die alone 5 5 "witness:$$"
        witness_withdraw "$2"
        ;;
      *) die $USAGE 'witness show | pending EPOCH HOST | commit EPOCH HOST | withdraw EPOCH' ;;
    esac
    exit
    ;;
  give-back)
    load_settings
    give_back "$1"
    exit
    ;;
  role | flag | vip)
    enter_run
    case "$call ${1:-} $#" in
      'role write 4') role_write "$2" "$3" "$4" ;;
      'role pending 2' | 'role pending 3') role_pending "$2" "${3:-}" ;;
      'flag set 2') flag_set "$2" ;;
      'flag drop 1') flag_drop ;;
      'flag give 3') flag_give "$2" "$3" ;;
      'vip wait 3') vip_wait "$2" "$3" ;;
      *) unknown_call "$@" ;;
    esac
    exit
    ;;
esac
