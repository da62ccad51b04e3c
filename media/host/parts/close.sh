# ---- all of it closed, whatever the reason

# And stay closed, over boots. A disk that takes no record must not keep anything open.
close_held() {
  put "$STATE/hold" "$SELF"
  held_code=$?
  close_all && return $held_code
}

# All of it, whatever fails on the way: flag, MySQL, units, lsyncd, VIP.
close_all() {
  flag_drop
  mysql_close
  all_code=$?
  units_kill
  units_gone || all_code=1
  sync_stop || all_code=1
  [ -z "$VIP" ] || vip_evict
  case $all_code in 0 | 3) return 0 ;; esac
  return 1
}
