# ---- questions to MySQL, every one with a bound

# root's option files and MYSQL_DEFAULTS say who logs in, never where: a `host=` in them would have another server opened or
# closed. It wins over --socket, makes --protocol=socket end with error 2047, and loses to --host=localhost, as port=, protocol=
# and MYSQL_HOST do (measured, 9.7).

# SECONDS SQL [OPTION...]: root by the socket, or the account in MYSQL_DEFAULTS. 124 when it took too long.
sql() {
  sql_limit=$1
  sql_text=$2
  shift 2
  set -- --connect-timeout=2 --batch --skip-column-names --execute="$sql_text" "$@"
  [ -z "$MYSQL_SOCKET" ] || set -- --protocol=socket --host=localhost --socket="$MYSQL_SOCKET" "$@"
  [ -z "$MYSQL_DEFAULTS" ] || set -- --defaults-extra-file="$MYSQL_DEFAULTS" "$@"
  timeout -k 1 "$sql_limit" mysql "$@" </dev/null
}

# Starting a client takes 10 ms, a tenth of an outage. So an operation starts some before it, each of which waits for one
# question of `mysql close`, `mysql open` or `mysql ask` and ends with the answer, or unasked after a minute. Whoever finds
# none, or gets no good answer, asks by a new one. They bear the token as all that a script starts, and die when that is raised.
READY=$RUN/mysql-ready
mysql_ready() { # COUNT
  case $1 in [1-9]) ;; *) die $USAGE "mysql ready: '$1' is not a number of clients from 1 to 9" ;; esac
  rm -rf "$READY" && mkdir "$READY" || return
  ready_count=$1
  while [ "$ready_count" -gt 0 ]; do
    ready_client "$READY/$ready_count" || return
    ready_count=$((ready_count - 1))
  done
}

ready_client() { # FOLDER
  ready_folder=$1
  mkdir "$ready_folder" && mkfifo "$ready_folder/in" "$ready_folder/out" || return
  # An option file's `force` would have it go on after an error, where --execute has it stop (measured).
  set -- --connect-timeout=2 --batch --skip-column-names --skip-force
  [ -z "$MYSQL_SOCKET" ] || set -- --protocol=socket --host=localhost --socket="$MYSQL_SOCKET" "$@"
  [ -z "$MYSQL_DEFAULTS" ] || set -- --defaults-extra-file="$MYSQL_DEFAULTS" "$@"
  # The sleeper keeps the client's input open: when it ends, there are no more questions.
  # shellcheck disable=SC2016
  setsid sh -c 'cd "$1" || exit; shift
    { exec sleep 60 >in; } & echo $! $$ >pids; mysql "$@" <in 2>&1; echo "--end-- $?"' \
    sh "$ready_folder" "$@" </dev/null 1<>"$ready_folder/out" 2>/dev/null 9>&- &
  # The end of this script kills its process group: by then the client must have left it.
  ready_tries=0
  until [ -e "$ready_folder/pids" ] || [ $ready_tries -ge 200 ]; do
    ready_tries=$((ready_tries + 1))
    sleep 0.005
  done
}

# SECONDS SQL: as `sql`, with its errors among its output. The question may be asked twice.
sql_ready() {
  if [ -n "${CLUSTERCONTROL_HA_CALLER:-}" ] && take_ready && ask_ready "$1" "$2"; then
    printf '%s' "$ready_out"
  else
    sql "$1" "$2" 2>&1
  fi
}

# -> ready_folder ready_sleeper ready_group of one that waits. 1 when there is none.
take_ready() {
  for ready_folder in "$READY"/*; do
    [ ! -e "$ready_folder/used" ] || continue
    ready_name='' ready_group=''
    { read -r ready_sleeper ready_group <"$ready_folder/pids" && read -r ready_name <"/proc/$ready_sleeper/cmdline"; } 2>/dev/null
    # Of a client that has ended, no answer comes. Used once: `set -C` lets one caller make the mark.
    [ -e "/proc/${ready_group:-none}" ] || continue
    case $ready_name in sleep*) ;; *) continue ;; esac
    ! (set -C && true >"$ready_folder/used") 2>/dev/null || return 0
  done
  return 1
}

# 0 and the answer in ready_out.
ask_ready() {
  # Opened for both directions: no open can block, and nothing that is written is lost.
  { command exec 7<>"$ready_folder/out"; } 2>/dev/null || return 1
  printf '%s;\n' "$2" 1<>"$ready_folder/in"
  kill "$ready_sleeper" 2>/dev/null
  ready_out=$(timeout -k 1 "$1" sed '/^--end-- /q' <&7)
  exec 7>&-
  case $ready_out in
    ?*'--end-- 0') ready_out=${ready_out%--end-- 0} ;;
    *'--end-- '*) return 1 ;;
    *)
      # It must not ask later what it was asked now.
      kill -9 "-$ready_group" 2>/dev/null
      return 1
      ;;
  esac
}

# What a step asks within an outage, by a client that waits for it where there is one. It may be asked twice, and it has an
# answer: that of a client which never got the question is empty.
mysql_ask() { # SECONDS SQL
  need_number seconds "$1"
  ask_out=$(sql_ready "$1" "$2")
  ask_code=$?
  if [ $ask_code -ne 0 ]; then
    say "MySQL refused, or does not answer (exit $ask_code): $ask_out"
  elif [ -n "$ask_out" ]; then
    # What the client says of its own options is no answer.
    case $ask_out in *[Ww]arning*) ask_out=$(printf '%s\n' "$ask_out" | sed '/^mysql: \[Warning\]/d; /^Warning: /d') ;; esac
    printf '%s\n' "$ask_out"
  fi
  return $ask_code
}
