# ---- run: the only way in for an operation. Comparison and action are in one hold of the lock.

run_script() { # --token N [--timeout S] [--unlocked] -- SCRIPT
  run_token='' run_timeout=30 run_locked=1
  while [ $# -gt 0 ]; do
    case $1 in
      --token | --timeout)
        [ $# -gt 1 ] || die $USAGE "$1 needs a value"
        if [ "$1" = --token ]; then run_token=$2; else run_timeout=$2; fi
        shift 2
        ;;
      --unlocked)
        run_locked=0
        shift
        ;;
      --)
        shift
        break
        ;;
      *) die $USAGE "run: unknown option $1" ;;
    esac
  done
  [ $# -eq 1 ] || die $USAGE 'run: one script after --'
  need_number --token "$run_token"
  run_timeout=${run_timeout%.*}
  need_number --timeout "$run_timeout"
  [ "$run_timeout" -gt 0 ] || die $USAGE '--timeout: at least a second'
  run_id=$run_token:$$:$run_locked
  if [ "$run_timeout" -lt 10 ]; then run_wait=$run_timeout; else run_wait=10; fi
  lock_or_die share "$run_wait" "$run_timeout" "$run_token:$$:"
  compare_lease "$run_token"
  [ $run_locked -eq 1 ] || unlock
  # A plain command needs no shell: to start one takes a millisecond, for each step of an outage.
  # shellcheck disable=SC2086 # words without quotes and patterns
  case $1 in
    '' | [!/]* | *[!A-Za-z0-9_@%+=:,./\ -]*) set -- sh -c "$1" ;;
    *) set -- $1 ;;
  esac
  # `timeout` makes a process group of its own: its end is the end of all that stayed in it.
  exec 3<&0
  CLUSTERCONTROL_HA_CALLER=$run_id timeout -k 1 "$run_timeout" "$@" <&3 3<&- &
  run_pid=$!
  exec 3<&-
  trap 'kill -9 "-$run_pid" 2>/dev/null; kill_run "$run_token:$$:"; exit 143' HUP INT TERM
  wait "$run_pid"
  run_code=$?
  kill -9 "-$run_pid" 2>/dev/null
  clock_start=$NOW
  clock
  case $run_code in
    124) ;;
    137) [ $((NOW - clock_start)) -ge $((run_timeout * 100)) ] || exit 137 ;;
    *) exit $run_code ;;
  esac
  kill_run "$run_token:$$:"
  die $TIMEOUT "the script ran longer than $run_timeout s and was killed"
}

# A call that works only inside `run`: its token is compared again, and without a lock around it, it takes one.
need_run() {
  need_caller=${CLUSTERCONTROL_HA_CALLER:-}
  need_token=${need_caller%%:*}
  is_number "$need_token" || die $REFUSED 'this call works only inside: clustercontrol-ha run --token N -- SCRIPT'
  case $need_caller in *:1) ;; *) lock_or_die share 10 30 "$need_token:$$:" ;; esac
  compare_lease "$need_token"
}
