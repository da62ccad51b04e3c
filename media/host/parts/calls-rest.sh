# ---- calls: the rest

case $call in
  status | peer | guard | clone-watch)
    load_settings
    case "$call ${1:-}" in
      'status ') status_json ;;
      peer*) peer "${1:-}" ;;
      'guard loop') guard_loop ;;
      'guard ') guard_pass ;;
      clone-watch*) clone_watch "$1" "$2" ;;
      *) unknown_call "$@" ;;
    esac
    ;;
  clone | close | hold | reopen)
    enter_run
    case "$call ${1:-} $#" in
      'clone try 1') clone_try ;;
      'clone begin 1') clone_begin ;;
      'clone begun 2') clone_begun "$2" ;;
      'clone wait 3') clone_wait "$2" "$3" ;;
      'close  0') close_all ;;
      'close --hold 1') close_held ;;
      'hold --clear 1') rm -f "$STATE/hold" ;;
      'reopen  0') reopen ;;
      'reopen alone 1') reopen alone ;;
      *) unknown_call "$@" ;;
    esac
    ;;
  *) unknown_call "$@" ;;
esac
