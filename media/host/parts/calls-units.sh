# ---- calls: units

if [ "$call" = units ]; then
  enter_run
  case "${1:-} $#" in
    'stop 1') units_stop ;;
    'start 1') units_start ;;
    'unmask 1') units_unmask ;;
    *) unknown_call "$@" ;;
  esac
  exit
fi
