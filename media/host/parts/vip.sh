# ---- the VIP: keepalived follows RUN/active; manage_snat follows the address and says so in RUN/snat

vip_here() { [ -n "$(ip -4 -o addr show dev "$INTERFACE" to "$VIP/32" 2>/dev/null)" ]; }

# A rule that rewrites to the VIP, whoever made it.
snat_here() {
  case "$(iptables -w 2 -t nat -S 2>/dev/null) " in
    *"--to-source $VIP"[!0-9.]*) return 0 ;;
  esac
  return 1
}

vip_is() { # held|absent
  if [ "$1" = held ]; then vip_here && snat_here; else ! vip_here && ! snat_here; fi
}

vip_wait() { # held|absent TIMEOUT-MS
  case $1 in held | absent) ;; *) die $USAGE "vip wait: '$1' is neither held nor absent" ;; esac
  need_number timeout "$2"
  [ -n "$VIP$INTERFACE" ] || die $FAILED "VIP or INTERFACE is not set in $SETTINGS"
  clock
  wait_until=$((NOW + ($2 + 9) / 10)) wait_look=0
  while :; do
    # The notify script's word is a cheap hint; the address and the rules decide.
    if { get "$RUN/snat" && [ "$LINE" = "$1" ]; } || [ "$NOW" -ge $wait_look ]; then
      ! vip_is "$1" || return 0
      clock
      wait_look=$((NOW + 5))
    fi
    [ "$NOW" -lt $wait_until ] || break
    sleep 0.002
    clock
  done
  if vip_here; then wait_saw=here; else wait_saw='not here'; fi
  if snat_here; then wait_saw="$wait_saw, SNAT here"; else wait_saw="$wait_saw, no SNAT"; fi
  say "VIP $VIP not $1 on $SELF within $2 ms: the address is $wait_saw"
  return $TIMEOUT
}

flag_set() { # EPOCH
  need_number epoch "$1"
  put_run "$RUN/active" "$1" || return
  [ ! -e "$RUN/given" ] || rm -f "$RUN/given"
}

flag_drop() { rm -f "$RUN/active" "$RUN/given"; }

# Both hosts are eligible for the window, no longer: whoever asked may be dead by then.
flag_give() { # EPOCH WINDOW-MS
  need_number epoch "$1"
  need_number window "$2"
  clock
  give_until=$((NOW + 300 + $2 / 10))
  read_flag
  if [ "$FLAG" != "$1" ]; then
    rm -f "$RUN/vrrp_state"
    put_run "$RUN/given" "$1 $give_until" && put_run "$RUN/active" "$1" || return
  fi
  until get "$RUN/vrrp_state" && case $LINE in BACKUP | MASTER) ;; *) false ;; esac do
    clock
    if [ "$NOW" -ge $((give_until - $2 / 10)) ]; then
      flag_drop
      say "keepalived on $SELF did not become BACKUP within 3 s (state: ${LINE:-none}); the flag was taken back"
      return $TIMEOUT
    fi
    sleep 0.002
  done
  clock
  put_run "$RUN/given" "$1 $((NOW + $2 / 10))" || return
  # In the foreground until it has a session of its own: the end of `run` kills its process group, and this must outlive it.
  # shellcheck disable=SC2016
  env -u CLUSTERCONTROL_HA_CALLER setsid sh -c '"$0" give-back "$1" </dev/null >/dev/null 2>&1 &' "$ME" "$2" 9>&-
}

# Own process, in a session of its own. The guard does the same when this one was killed.
give_back() { # WINDOW-MS
  millis "$1"
  sleep "$HUMAN"
  lock_or_die share 10 5 "give-back:$$"
  take_back
}

take_back() {
  get "$RUN/given" || return 0
  take_line=$LINE
  # shellcheck disable=SC2086
  set -- $LINE
  clock
  if [ $# -ne 2 ] || ! is_number "$2"; then set -- 0 0; fi
  [ "$NOW" -ge "$2" ] || return 0
  read_flag
  read_role
  if [ "$FLAG" = "$1" ] && [ "$ROLE" = primary ] && [ "$EPOCH" = "$1" ] || vip_here; then
    rm -f "$RUN/given"
  elif ! get "$RUN/given" || [ "$LINE" != "$take_line" ]; then
    # Set, dropped, or given anew while this looked.
    return 0
  else
    flag_drop
  fi
}

# After the flag is gone keepalived lets go within milliseconds. One that hangs or died is helped.
vip_evict() {
  clock
  evict_until=$((NOW + 200))
  while vip_here; do
    clock
    if [ "$NOW" -ge $evict_until ]; then
      say "VIP $VIP is still here without a flag: restarting keepalived, removing the address"
      timeout -k 1 5 systemctl restart keepalived >/dev/null 2>&1
      ip addr del "$VIP/32" dev "$INTERFACE" 2>/dev/null
      break
    fi
    sleep 0.02
  done
  if snat_here && [ -x /etc/keepalived/manage_snat.sh ]; then
    /etc/keepalived/manage_snat.sh INSTANCE VI_1 FAULT 0 9>&-
  fi
}
