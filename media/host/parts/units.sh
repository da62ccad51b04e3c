# ---- the six units, their cron, lsyncd

# What keeps a unit from starting while an operation has it stopped is a condition: `! -e RUN/stopped`. A mask for this
# boot would need a reload of systemd within the outage, and does nothing for units in /etc. Hosts of the hardened
# profile have the condition on disk; elsewhere it is put in /run, where it ends with the boot.
has_condition() {
  [ -e "/etc/systemd/system/$1.service.d/clustercontrol-ha.conf" ] ||
    [ -e "/run/systemd/system/$1.service.d/clustercontrol-ha.conf" ]
}

# Process names of the units, also when something else than systemd started them.
# 1 alone says that there is none: a host without pgrep has told nothing (127).
stray() {
  pgrep -x "$stray_pattern"
  [ $? -ne 1 ]
}
stray_names() {
  stray_pattern=''
  for stray_unit in $UNITS; do stray_pattern="$stray_pattern|$stray_unit"; done
  stray_pattern=${stray_pattern#|}
}

# The package's cron starts cmon again. A file that is not in cron.d cannot.
# Records of a documented host end with its boot: the file must not.
case $STATE in
  /run/*) CRON_KEPT=/var/lib/clustercontrol-ha/cron.d ;;
  *) CRON_KEPT=$STATE/cron.d ;;
esac
cron_quiet() {
  for cron_file in cmon cmon-cloud; do
    [ -e "/etc/cron.d/$cron_file" ] || continue
    mkdir -p "$CRON_KEPT" && mv -f "/etc/cron.d/$cron_file" "$CRON_KEPT/$cron_file"
  done
}
cron_back() {
  for cron_file in cmon cmon-cloud; do
    [ ! -e "$CRON_KEPT/$cron_file" ] || mv -f "$CRON_KEPT/$cron_file" "/etc/cron.d/$cron_file"
  done
}

units_mask() {
  { true >"$RUN/stopped"; } 2>/dev/null || die $FAILED "cannot write $RUN/stopped (is /run full?)"
  mask_new=0
  for mask_unit in $UNITS; do
    has_condition "$mask_unit" && continue
    mask_folder=/run/systemd/system/$mask_unit.service.d
    # systemd reads it as a file for all.
    (umask 022 && mkdir -p "$mask_folder" &&
      printf '[Unit]\nConditionPathExists=!%s\n' "$RUN/stopped" >"$mask_folder/clustercontrol-ha.conf") ||
      die $FAILED "cannot write $mask_folder (is /run full?)"
    mask_new=1
  done
  [ $mask_new -eq 0 ] || systemctl daemon-reload
}

units_unmask() {
  [ ! -e "$RUN/stopped" ] || rm -f "$RUN/stopped"
  cron_back
}

units_stop() {
  units_mask
  cron_quiet
  # shellcheck disable=SC2086
  timeout -k 1 5 systemctl stop $UNITS 2>/dev/null || units_kill
  units_gone
}

# A stop job first, so that Restart= brings nothing back; then no more waiting.
units_kill() {
  # shellcheck disable=SC2086
  timeout -k 1 2 systemctl stop --no-block $UNITS 2>/dev/null
  # shellcheck disable=SC2086
  timeout -k 1 2 systemctl kill -s KILL $UNITS 2>/dev/null
}

units_gone() {
  stray_names
  gone_tries=0
  while stray >/dev/null; do
    gone_tries=$((gone_tries + 1))
    if [ $gone_tries -gt 20 ]; then
      say "still running: $(stray | tr '\n' ' ')"
      return 1
    fi
    pkill -KILL -x "$stray_pattern"
    sleep 0.05
  done
}

# cmon must run. What runs beside it is named where it does not, and holds no opening up; what is not installed is left out.
units_start() {
  [ ! -e "$RUN/stopped" ] || rm -f "$RUN/stopped"
  # shellcheck disable=SC2086
  timeout -k 1 20 systemctl start $UNITS
  # Users wait for the services, not for cron.
  cron_back
  # A condition that is not met leaves exit code 0 and a unit that does not run. Of several, is-active ends with 0 as soon as one
  # is active: its words count, a line for each.
  # shellcheck disable=SC2086
  start_state=$(systemctl is-active $UNITS)
  start_cmon=''
  # shellcheck disable=SC2086
  set -- $UNITS
  for start_one in $start_state; do
    if [ "$1" = cmon ]; then
      start_cmon=$start_one
    elif [ "$start_one" != active ] && is_installed "$1"; then
      say "WARNING: $1 is $start_one after its start; ClusterControl runs without it"
    fi
    shift
  done
  # Said last: it is the reason of a failure.
  [ "$start_cmon" = active ] || {
    say "cmon is ${start_cmon:-in an unknown state} after its start"
    return 1
  }
}

is_installed() { [ "$(systemctl show --property=LoadState --value "$1")" != not-found ]; }

sync_start() {
  timeout -k 1 10 systemctl start lsyncd && systemctl is-active --quiet lsyncd && return 0
  say 'lsyncd does not run after its start'
  return 1
}

sync_stop() {
  rm -f "$RUN/sync"
  timeout -k 1 5 systemctl stop lsyncd 2>/dev/null || timeout -k 1 2 systemctl kill -s KILL lsyncd 2>/dev/null
  ! pkill -KILL -x lsyncd || sleep 0.05
  pgrep -x lsyncd >/dev/null
  [ $? -eq 1 ]
}
