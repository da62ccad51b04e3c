# ---- calls: mysql

if [ "$call" = mysql ]; then
  enter_run
  case "${1:-} $#" in
    'open 2') mysql_open "$2" ;;
    'opened 2' | 'opened 3') mysql_opened "$2" "${3:-}" ;;
    'close 1') mysql_close patient ;;
    'ready 2') mysql_ready "$2" ;;
    'ask 3') mysql_ask "$2" "$3" ;;
    'back 1') mysql_back ;;
    *) unknown_call "$@" ;;
  esac
  exit
fi
