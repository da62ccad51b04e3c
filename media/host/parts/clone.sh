# ---- a standby's data replaced by the primary's: MySQL's CLONE (MySQL manual, "Cloning Remote Data")

# super_read_only stops a CLONE at its first drop and nowhere else (measured, 9.7). So a CLONE that is tried while closed proves
# everything but the drop, and the server need not be open for longer than the drop takes: it is closed again before the first
# byte is copied. STATE/clone stands from before the drop until the copy is whole; while it stands, nothing opens this host.

# Standard input -> CLONE_SQL: one line, with the password in it. It goes on by standard input, never by an argument.
clone_read() {
  IFS= read -r CLONE_SQL || [ -n "$CLONE_SQL" ] || die $USAGE 'clone: the statement is expected on standard input'
}

# Ends the call where the data here must not be replaced.
clone_allowed() {
  read_role
  [ "$ROLE" != primary ] || die $REFUSED "the role record says '$EPOCH $ROLE $PRIMARY': a primary's data is not replaced"
  ! read_flag || die $REFUSED 'this host has an active flag: its data is not replaced'
  [ -z "$VIP" ] || ! vip_here || die $REFUSED "$VIP is here: this host's data is not replaced"
  mysql_look || die $FAILED 'MySQL does not answer'
  [ "$CHANNELS_HERE" -eq 0 ] || die $REFUSED 'a replication channel exists here: RESET REPLICA ALL first'
  [ "$SUPER" = 1 ] || die $REFUSED 'MySQL takes writes here: close it first'
}

# AFTER -> CLONE_STATE CLONE_DROP CLONE_STAGE of the newest CLONE that began after it; CLONE_STATE `none` where none did, a
# `Lost` one was cut off by the end of its server. 1 when MySQL does not answer.
clone_look() {
  clone_seen=$(sql 3 "SELECT IF(s.STATE <> 'In Progress' OR t.PROCESSLIST_ID IS NOT NULL OR r.STAGE IS NOT NULL, REPLACE(s.STATE, ' ', '-'), 'Lost'),
 REPLACE(d.STATE, ' ', '-'), COALESCE((SELECT CONCAT(REPLACE(STAGE, ' ', '-'), '=', ROUND(DATA / 1048576), '/', ROUND(ESTIMATE / 1048576), 'MiB')
   FROM performance_schema.clone_progress WHERE STATE = 'In Progress' LIMIT 1), '-')
 FROM performance_schema.clone_status s JOIN performance_schema.clone_progress d ON d.STAGE = 'DROP DATA'
 LEFT JOIN performance_schema.threads t ON t.PROCESSLIST_ID = s.PID AND s.PID > 0
 LEFT JOIN performance_schema.clone_progress r ON r.STAGE IN ('RESTART', 'RECOVERY') AND r.STATE = 'In Progress'
 WHERE s.BEGIN_TIME > '$1' LIMIT 1" 2>/dev/null) || return 1
  # shellcheck disable=SC2086
  set -- $clone_seen
  if [ $# -eq 3 ]; then CLONE_STATE=$1 CLONE_DROP=$2 CLONE_STAGE=$3; else CLONE_STATE=none CLONE_DROP=- CLONE_STAGE=-; fi
}

# What the server says of its last CLONE.
clone_error() {
  sql 3 "SELECT CONCAT('error ', ERROR_NO, ': ', ERROR_MESSAGE) FROM performance_schema.clone_status" 2>/dev/null
}

clone_now() { sql 3 "SELECT DATE_FORMAT(NOW(3), '%Y-%m-%dT%H:%i:%s.%f')"; }

# A time as clone_now prints it, and nothing else: it becomes part of a statement.
need_moment() {
  case $1 in '' | *[!0-9T:.-]*) die $USAGE "clone: '$1' is no moment" ;; esac
}

# Donor, password, versions, settings and the plugins are proven; nothing is changed. Prints the moment after it.
clone_try() {
  clone_read
  clone_allowed
  # Without a database of its own there is no drop, and so nothing to stop the CLONE (measured): it would be the real one.
  clone_own=$(sql 3 "SELECT COUNT(*) FROM information_schema.SCHEMATA
 WHERE SCHEMA_NAME NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')") || die $FAILED 'MySQL does not answer'
  if [ "$clone_own" = 0 ]; then
    say 'there is no database to drop here: nothing can be lost, and nothing is rehearsed'
    printf '@clone_after=%s\n' "$(clone_now)"
    return
  fi
  # The client stops at the first error: were the server open, the subquery of two rows would end it before the CLONE.
  clone_out=$(printf '%s\n' "SET @closed = (SELECT 1 UNION ALL SELECT 2 FROM DUAL WHERE @@GLOBAL.super_read_only = 0);" "$CLONE_SQL" |
    clone_client timeout -k 1 60 2>&1)
  case $clone_out in
    *'ERROR 1290 '*super-read-only*) printf '@clone_after=%s\n' "$(clone_now)" ;;
    '')
      say 'the CLONE met nothing that stopped it: this host is being replaced by a copy. Plan again when MySQL is back'
      return 1
      ;;
    *)
      say "CLONE would not work: $clone_out"
      return 1
      ;;
  esac
}

# PREFIX...: a client behind this command; statements on standard input.
clone_client() {
  set -- "$@" mysql ${MYSQL_DEFAULTS:+--defaults-extra-file="$MYSQL_DEFAULTS"}
  [ -z "$MYSQL_SOCKET" ] || set -- "$@" --protocol=socket --host=localhost --socket="$MYSQL_SOCKET"
  # An error must end it, whatever root's option files say: what stands before the CLONE guards it.
  "$@" --connect-timeout=2 --batch --skip-column-names --skip-force
}

# 0 once the old data is dropped and the server is closed again; the copy goes on by itself, whatever becomes of its client.
clone_begin() {
  clone_read
  if clone_look 1970-01-02 && [ "$CLONE_STATE" = In-Progress ]; then
    say 'a CLONE is under way here already'
    return 0
  fi
  clone_allowed
  [ "$(sql 3 "SELECT COUNT(*) FROM performance_schema.persisted_variables WHERE VARIABLE_NAME = 'super_read_only'
 AND VARIABLE_VALUE = 'ON'")" = 1 ] || die $REFUSED 'super_read_only is not persisted ON: the copy would start open'
  # After a power cut in the midst of a copy, the server's own cleaning up leaves ib_buffer_pool.#clone behind, and every later
  # CLONE ends with error 1086, its data dropped (measured, 9.7).
  clone_folder=$(sql 3 'SELECT @@GLOBAL.datadir') && [ -d "$clone_folder" ] || die $FAILED 'MySQL does not name its data directory'
  find "$clone_folder" -xdev -type f -name '*.#clone' -delete
  clone_from=$(clone_now) && need_moment "$clone_from"
  put "$STATE/clone" "$clone_from" || return 1
  # Whoever asked may be gone in the next moment, and this script with him: another process closes in any case.
  # shellcheck disable=SC2016
  env -u CLUSTERCONTROL_HA_CALLER setsid sh -c '"$0" clone-watch "$1" "$2" </dev/null >/dev/null 2>&1 &' "$ME" "$clone_from" $$ 9>&-
  # In a session of its own: the end of this script must not take the client along. (A CLONE outlives its client, measured.)
  {
    printf '%s\n' 'SET GLOBAL super_read_only=OFF, GLOBAL read_only=ON;' "$CLONE_SQL" |
      clone_client env -u CLUSTERCONTROL_HA_CALLER setsid >"$RUN/clone.out" 2>&1
  } 9>&- &
  clone_pid=$!
  clone_until_dropped "$clone_from" $clone_pid
  clone_close
  case $CLONE_STATE-$CLONE_DROP in
    In-Progress-* | Completed-*) return 0 ;;
    # Nothing was dropped.
    none-* | *-Not-Started) rm -f "$STATE/clone" ;;
  esac
  read -r clone_out <"$RUN/clone.out"
  say "the CLONE broke off: ${clone_out:-$(clone_error)}"
  return 1
}

# The copy needs no open server, and what is persisted brings the next one up closed.
clone_close() {
  if mysql_look && [ "$SUPER" = 0 ]; then mysql_close >/dev/null; fi
}

# Own process, in a session of its own. MOMENT PID-OF-`clone begin`
clone_watch() {
  need_moment "$1"
  need_number pid "$2"
  clone_until_dropped "$1" "$2"
  clone_close
}

# AFTER PID: until a CLONE has dropped the data or came to an end, or none began before this process ended.
clone_until_dropped() {
  clone_tries=0
  while [ $clone_tries -lt 3000 ]; do
    clone_tries=$((clone_tries + 1))
    if [ -e "/proc/$2" ]; then clone_ended=0; else clone_ended=1; fi
    if clone_look "$1"; then
      case $CLONE_STATE-$CLONE_DROP-$clone_ended in
        none-*-1 | Failed-* | Lost-* | Completed-* | *-Completed-*) return ;;
      esac
    elif [ $clone_ended -eq 1 ]; then
      # Its server has ended: it is starting again, or dead.
      clone_tries=$((clone_tries + 50))
      CLONE_STATE=unknown
    fi
    sleep 0.02
  done
}

# AFTER: 0 a CLONE has begun to drop the data here since, 1 none has, 2 it can't be told.
clone_begun() {
  need_moment "$1"
  clone_look "$1" || return 2
  case $CLONE_STATE-$CLONE_DROP in
    none-*) ! [ -e "$STATE/clone" ] || return 0 ;;
    Failed-Not-Started) ;;
    *-Not-Started) return 2 ;;
    *) return 0 ;;
  esac
  return 1
}

# AFTER SECONDS: 0 the copy is whole, MySQL is back and closed; 1 it is not; 124 not yet. New stages go to standard output.
clone_wait() {
  need_moment "$1"
  need_number seconds "$2"
  clock
  clone_until=$((NOW + $2 * 100)) clone_told='' clone_down=0
  while :; do
    if clone_look "$1"; then
      clone_down=0
      case $CLONE_STATE in
        Completed) break ;;
        In-Progress) ;;
        *)
          say "the CLONE broke off (${CLONE_STATE}): $(clone_error)"
          return 1
          ;;
      esac
      if [ "$CLONE_STAGE" != - ] && [ "$CLONE_STAGE" != "$clone_told" ]; then
        clone_told=$CLONE_STAGE
        printf '%s\n' "$clone_told"
      fi
    elif mysqld_runs; then
      clone_down=0
    else
      # A CLONE ends its server, and systemd starts it again; where nobody does, we do.
      clone_down=$((clone_down + 1))
      [ $clone_down -ne 20 ] || systemctl start --no-block mysql 2>/dev/null || systemctl start --no-block mysqld
    fi
    clock
    [ "$NOW" -lt $clone_until ] || return $TIMEOUT
    sleep 0.5
  done
  mysql_look || return 2
  [ "$SUPER" = 1 ] || mysql_close >/dev/null || return 1
  rm -f "$STATE/clone" "$RUN/clone.out" && sync "$STATE"
}
