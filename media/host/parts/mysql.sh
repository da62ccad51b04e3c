# ---- MySQL: opened and closed here only

# `SET PERSIST super_read_only=OFF` lives in mysqld-auto.cnf and wins over my.cnf at the next boot.
PERSISTED_OFF="SELECT 1 FROM performance_schema.persisted_variables
 WHERE VARIABLE_NAME IN ('super_read_only','read_only') AND VARIABLE_VALUE='OFF'"
CHANNELS='SELECT 1 FROM performance_schema.replication_connection_configuration'

# -> SUPER BAD CHANNELS_HERE; 1 when MySQL does not answer.
mysql_look() {
  look=$(sql 3 "SELECT @@GLOBAL.super_read_only, @@GLOBAL.read_only, (SELECT COUNT(*) FROM ($PERSISTED_OFF) p),
 (SELECT COUNT(*) FROM ($CHANNELS) c)" 2>/dev/null) || return 1
  # shellcheck disable=SC2086
  set -- $look
  [ $# -eq 4 ] || return 1
  SUPER=$1 BAD=$3 CHANNELS_HERE=$4
}

mysql_open() { # EPOCH
  need_number epoch "$1"
  open_marked=0
  [ ! -e "$STATE/clone" ] || die $REFUSED 'a CLONE broke off here: the data is not whole. Prepare this host as a secondary again'
  read_role
  if [ "$1" -eq 0 ]; then
    [ "$ROLE" = none ] || die $REFUSED "this host has a role record ($EPOCH $ROLE $PRIMARY): open its epoch, not 0"
    mysqld_back 0
    # A documented host may have read_only persisted off: that is its own finding. It has no guard that would open it
    # after a restart: what was persisted to keep the standby closed must not close the primary.
    open_rule='SELECT 1 WHERE FALSE'
    open_forget='RESET PERSIST IF EXISTS super_read_only; RESET PERSIST IF EXISTS read_only;'
  else
    [ "$EPOCH $ROLE $PRIMARY" = "$1 primary $SELF" ] ||
      die $REFUSED "the role record says '$EPOCH $ROLE $PRIMARY', not '$1 primary $SELF'"
    mysqld_back "$1"
    open_rule=$PERSISTED_OFF
    open_forget=''
    opened_mark "$1" || die $FAILED 'it could not be noted that this host is to be opened: make room on its disk or in /run; MySQL is as it was'
  fi
  # The client stops at the first error: a subquery of two rows (1242) stands for `refuse here`.
  open_out=$(sql_ready 6 "SELECT 'persisted', COUNT(*) FROM ($open_rule) p; SELECT 'channels', COUNT(*) FROM ($CHANNELS) c;
SET @refuse = (SELECT 1 FROM ($open_rule) p UNION ALL SELECT 2 FROM ($open_rule) q UNION ALL SELECT 3 FROM ($CHANNELS) c
 UNION ALL SELECT 4 FROM ($CHANNELS) d);
SET GLOBAL super_read_only=OFF, GLOBAL read_only=OFF; $open_forget SELECT 'opened';
SET SESSION lock_wait_timeout=2, SESSION innodb_lock_wait_timeout=2;
START TRANSACTION; INSERT INTO mysql.time_zone_name (Name, Time_zone_id) VALUES ('clustercontrol-ha probe', 0); ROLLBACK;
SELECT 'writable', @@GLOBAL.super_read_only + @@GLOBAL.read_only")
  open_code=$?
  case $open_out in
    *'writable	0'*)
      if [ $open_code -eq 0 ]; then
        # Nobody waits for the disk: the first writes are taken already.
        [ ! -e "$STATE/opened" ] || sync -d "$STATE/opened"
        return 0
      fi
      ;;
    *'ERROR 1242'*)
      [ $open_marked -eq 0 ] || rm -f "$STATE/opened" "$RUN/opened"
      case $open_out in
        *'persisted	0'*) die $REFUSED 'a replication channel exists here: a replica is not opened' ;;
        *) die $REFUSED 'read_only or super_read_only is persisted OFF: RESET PERSIST it first' ;;
      esac
      ;;
  esac
  say "MySQL could not be opened (exit $open_code): $open_out"
  mysql_close >/dev/null
  return 1
}

# `opened` holds the epoch in which this host was, or was about to be, opened. -> open_marked: 1 when this call made it.
opened_mark() { # EPOCH
  ! opened_marked "$1" || return 0
  open_marked=1
  { printf '%s\n' "$1" >"$STATE/opened.new" && mv -fT "$STATE/opened.new" "$STATE/opened"; } 2>/dev/null ||
    put_run "$RUN/opened" "$1"
}

opened_marked() { # EPOCH
  [ "$1" -gt 0 ] || return 1
  { get "$STATE/opened" && [ "$LINE" = "$1" ]; } || { get "$RUN/opened" && [ "$LINE" = "$1" ]; }
}

# Whether this host was opened in this epoch, also where it has been closed since, by its guard or by a crash: what it took
# meanwhile must not be lost. 0 yes, 1 no, 2 it can't be told. GTID-SET: what it had before. Without one (asked from a
# machine that doesn't know it) the mark decides. Epoch 0 has no mark, and a documented MySQL comes back writable with all that
# it took: while it does not answer, nothing is known.
mysql_opened() { # EPOCH [GTID-SET]
  need_number epoch "$1"
  case ${2:-} in *[!0-9A-Za-z_:,-]*) die $USAGE 'that is no GTID set' ;; esac
  if ! opened_look=$(sql 4 "SELECT @@GLOBAL.super_read_only + @@GLOBAL.read_only, GTID_SUBTRACT(@@GLOBAL.gtid_executed, '${2:-}') = ''"); then
    if [ "$1" -gt 0 ] && ! mysqld_runs && ! opened_marked "$1"; then return 1; fi
    say "MySQL does not answer: it can't be told whether it was opened. It is asked again once it runs"
    return 2
  fi
  case $opened_look in
    0*) return 0 ;;
    *'	1') [ -z "${2:-}" ] || return 1 ;;
    *)
      if [ -n "${2:-}" ]; then
        say 'MySQL is closed, but has transactions that it had not before it was to be opened: it was open'
        return 0
      fi
      ;;
  esac
  opened_marked "$1" || return 1
  say "MySQL is closed, but it was opened in epoch $1, or was about to be"
}

CLOSE_SQL="SET SESSION lock_wait_timeout=2; SET GLOBAL super_read_only=ON;
SELECT CONCAT('@final_gtid=', REPLACE(@@GLOBAL.gtid_executed, CHAR(10), ''))"

# Clients that hold a global read lock or table locks keep super_read_only from being set. Replication threads stay.
KILL_SQL="SELECT CONCAT('KILL ', PROCESSLIST_ID, ';') FROM performance_schema.threads WHERE TYPE='FOREGROUND'
 AND PROCESSLIST_ID <> CONNECTION_ID() AND PROCESSLIST_COMMAND NOT IN ('Daemon', 'Binlog Dump', 'Binlog Dump GTID')
 AND NAME NOT LIKE 'thread/sql/replica%' AND NAME NOT LIKE 'thread/sql/slave%'"

# 0 closed, GTID set printed; 3 no mysqld runs; 1 mysqld had to be stopped; 4 it could not even be stopped.
# `patient`: a step of an operation. Self-fencing and the emergency stop have more to close, and wait for none that is starting.
mysql_close() { # [patient]
  close_out=$(sql_ready 4 "$CLOSE_SQL")
  close_code=$?
  case ${1:-}$close_out in
    patient*'ERROR 2002'*)
      if mysqld_started; then
        close_out=$(sql 4 "$CLOSE_SQL" 2>&1)
        close_code=$?
      fi
      ;;
  esac
  if [ $close_code -eq 0 ]; then
    printf '%s\n' "$close_out"
    return 0
  fi
  if ! mysqld_runs; then
    say 'no mysqld runs here: nothing can write, and the final GTID set is not known'
    return 3
  fi
  case $close_code in
    124 | 137) say 'super_read_only could not be set in time: mysqld does not answer' ;;
    *)
      say "super_read_only could not be set ($close_out): killing clients"
      # A client that has left since (error 1094) must not save the next one. --force counts behind --execute only (measured).
      kill_out=$(sql 2 "$KILL_SQL" 2>/dev/null) && sql 2 "$kill_out" --force >/dev/null 2>&1
      if close_out=$(sql 4 "$CLOSE_SQL" 2>&1); then
        printf '%s\n' "$close_out"
        return 0
      fi
      ;;
  esac
  mysqld_stop
}
