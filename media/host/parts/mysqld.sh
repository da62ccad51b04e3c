# ---- mysqld: stopped where it can't be closed, and brought back

# 1 alone says that there is none: a host without pgrep has told nothing (127).
mysqld_runs() {
  pgrep -x 'mysqld|mariadbd' >/dev/null
  [ $? -ne 1 ]
}

mysqld_stop() {
  say "stopping mysqld: ${close_out:-}"
  { true >"$RUN/mysqld-stopped"; } 2>/dev/null
  for stop_unit in mysql mysqld; do
    timeout -k 1 2 systemctl stop --no-block "$stop_unit" 2>/dev/null
  done
  stop_tries=0
  while mysqld_runs; do
    stop_tries=$((stop_tries + 1))
    [ $stop_tries -ne 30 ] || timeout -k 1 2 systemctl kill -s KILL mysql mysqld 2>/dev/null
    [ $stop_tries -ne 40 ] || pkill -KILL -x 'mysqld|mariadbd'
    if [ $stop_tries -ge 60 ]; then
      say 'mysqld could not be stopped: THIS HOST MAY STILL TAKE WRITES. Power it off'
      return 4
    fi
    sleep 0.1
  done
  say 'mysqld was stopped: nothing can write, and the final GTID set is not known'
  return 1
}

# Whether my.cnf makes MySQL come up closed; the last word of it counts.
boots_closed() {
  boots=no
  for boots_word in $(my_print_defaults mysqld 2>/dev/null); do
    case $boots_word in
      --super[_-]read[_-]only | --super[_-]read[_-]only=[Oo][Nn] | --super[_-]read[_-]only=1) boots=closed ;;
      --super[_-]read[_-]only=* | --skip[_-]super[_-]read[_-]only) boots=open ;;
    esac
  done
  [ $boots = closed ]
}

# Waits for a mysqld that is just starting and comes up closed, 8 s: it answers nobody yet (error 2002), and does not hang.
# 1 when there is none, or it takes longer. The unit tells, as its scripts run another mysqld before.
mysqld_started() {
  boots_closed || return 1
  started_tries=0
  while case " $(systemctl is-active mysql mysqld | tr '\n' ' ')" in *' activating '*) ;; *) false ;; esac do
    started_tries=$((started_tries + 1))
    [ $started_tries -lt 80 ] || return 1
    sleep 0.1
  done
  sql 1 'SELECT 1' >/dev/null 2>&1
}

# Brings back a mysqld that a close had to stop, where it is sure to come up closed, or for epoch 0: there it may come up open,
# as documented hosts do, since it is about to be opened.
mysqld_return() { # [EPOCH]
  [ -e "$RUN/mysqld-stopped" ] || return 0
  if mysqld_runs; then
    rm -f "$RUN/mysqld-stopped"
    return 0
  fi
  [ "${1:-}" = 0 ] || boots_closed || return 1
  for return_unit in mysql mysqld; do
    if systemctl cat "$return_unit" >/dev/null 2>&1; then
      systemctl start --no-block "$return_unit" && break
    fi
  done
}

# The same, and waits until it answers: an opening must not fail for what an earlier close had to do. A host that was
# switched on during a run has such a mysqld when the close at boot met one that was just starting.
mysqld_back() { # EPOCH
  { [ -e "$RUN/mysqld-stopped" ] && ! mysqld_runs && mysqld_return "$1"; } || return 0
  say 'bringing mysqld back, which a close had stopped'
  back_tries=0
  until sql 1 'SELECT 1' >/dev/null 2>&1; do
    back_tries=$((back_tries + 1))
    [ $back_tries -lt 80 ] || return 0
    sleep 0.1
  done
  # No guard of a documented host takes it away.
  rm -f "$RUN/mysqld-stopped"
}

# For an undo, which has to reach MySQL: one that a close has stopped is started, one that is starting is waited for.
mysql_back() {
  # One that is still on its way down is started when it has gone.
  down_tries=0
  while [ -e "$RUN/mysqld-stopped" ] && mysqld_runs && [ $down_tries -lt 80 ] && ! sql 1 'SELECT 1' >/dev/null 2>&1; do
    down_tries=$((down_tries + 1))
    sleep 0.1
  done
  mysqld_back ''
  sql 1 'SELECT 1' >/dev/null 2>&1 || mysqld_started || {
    say 'MySQL does not answer here: start it, or wait until it has started, then try again'
    return 1
  }
}
