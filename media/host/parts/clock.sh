# ---- time: the kernel's uptime and boot id, never the wall clock

# Sets NOW: hundredths of a second since boot.
clock() {
  read -r clock_up _ </proc/uptime || die $FAILED 'cannot read /proc/uptime'
  clock_part=${clock_up#*.}
  NOW=$((${clock_up%.*} * 100 + 1$clock_part - 100))
}

# Sets BOOT: differs after each boot.
boot_id() { read -r BOOT </proc/sys/kernel/random/boot_id || die $FAILED 'cannot read the boot id'; }

# HUNDREDTHS -> HUMAN, as "12.34".
seconds() {
  seconds_part=$(($1 % 100))
  [ $seconds_part -gt 9 ] || seconds_part=0$seconds_part
  HUMAN=$(($1 / 100)).$seconds_part
}

# MILLISECONDS -> HUMAN, seconds as sleep and timeout read them.
millis() {
  millis_part=$(($1 % 1000))
  [ $millis_part -gt 99 ] || millis_part=0$millis_part
  [ ${#millis_part} -gt 2 ] || millis_part=0$millis_part
  HUMAN=$(($1 / 1000)).$millis_part
}
