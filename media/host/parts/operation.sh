# ---- what an operation leaves behind for whoever comes after its operator's machine: STATE/operation (who does what, and
# how far it is) and STATE/operation.plan (the whole plan, no secret in it). Nothing on this host acts by them.

# The longest plan that is kept.
OPERATION_BYTES=1000000

# Sets OP_*. 1 where there is none, or none that can be read.
read_operation() {
  OP_PLAN='' OP_NAME='' OP_TARGET='' OP_OPERATOR='' OP_SINCE=0 OP_PLACE=''
  get "$STATE/operation" || return 1
  # shellcheck disable=SC2086
  set -- $LINE
  [ $# -eq 6 ] && is_number "$5" || return 1
  OP_PLAN=$1 OP_NAME=$2 OP_TARGET=$3 OP_OPERATOR=$4 OP_SINCE=$5 OP_PLACE=$6
}

# Plan on standard input, record in the arguments. The plan comes first: a record names one that is there.
operation_begin() { # PLAN OPERATION TARGET OPERATOR SINCE-MS PLACE
  for op_word in "$1" "$2" "$3" "$4" "$6"; do need_word operation "$op_word"; done
  need_number since "$5"
  if ! { head -c $OPERATION_BYTES >"$STATE/operation.plan.new" && [ -s "$STATE/operation.plan.new" ] &&
    sync -d "$STATE/operation.plan.new" && mv -fT "$STATE/operation.plan.new" "$STATE/operation.plan"; } 2>/dev/null; then
    rm -f "$STATE/operation.plan.new"
    forget_operation_before
    die $FAILED "cannot write $STATE/operation.plan (disk full or read-only?)"
  fi
  if ! put "$STATE/operation" "$1 $2 $3 $4 $5 $6"; then
    forget_operation_before
    return 1
  fi
}

# Needs LEASE_PLAN. What acts here under a lease makes the record of any other plan history, also where its own record could
# not be written or never came: nobody may resume what it has built upon.
forget_operation_before() {
  ! read_operation || [ "$OP_PLAN" = "$LEASE_PLAN" ] || rm -f "$STATE/operation"
}

# Needs LEASE_PLAN. A lease that is given back ends its operation, also where no end was written: it has to be on record
# before another lease takes the place of this one.
end_operation() {
  read_operation && [ "$OP_PLAN" = "$LEASE_PLAN" ] || return 0
  case $OP_PLACE in
    prepare | outage) put "$STATE/operation" "$OP_PLAN $OP_NAME $OP_TARGET $OP_OPERATOR $OP_SINCE ended" ;;
  esac
}

# How far it is, or how it ended.
operation_place() { # PLAN PLACE
  need_word place "$2"
  read_operation || die $FAILED 'no operation is on record'
  if [ "$OP_PLAN" != "$1" ]; then
    op_other=$OP_PLAN
    forget_operation_before
    die $REFUSED "the operation on record is $op_other"
  fi
  put "$STATE/operation" "$OP_PLAN $OP_NAME $OP_TARGET $OP_OPERATOR $OP_SINCE $2"
  case $OP_NAME:$2 in
    failover:outage | failover:done | failover:unfinished) put "$STATE/failover" "$OP_PLAN $OP_SINCE" ;;
    failover:undone | failover:refused) forget_failover "$OP_PLAN" ;;
  esac
}

# The last failover that got as far as its outage: later operations overwrite the record of the operation, not this one.
# Sets FAILOVER_*. 1 where there was none.
read_failover() {
  FAILOVER_PLAN='' FAILOVER_SINCE=0
  get "$STATE/failover" || return 1
  # shellcheck disable=SC2086
  set -- $LINE
  [ $# -eq 2 ] && is_number "$2" || return 1
  FAILOVER_PLAN=$1 FAILOVER_SINCE=$2
}

forget_failover() { # PLAN
  read_failover || return 0
  [ "$FAILOVER_PLAN" != "$1" ] || rm -f "$STATE/failover"
}

# Needs LEASE_*. -> OP_* of the operation that acted here last; 1 where another has the lease since, and may act by now. One
# that has given it back and left the older record in place did nothing: its start was refused.
operation_of_lease() {
  read_operation || return 1
  case $LEASE_PLAN in
    "$OP_PLAN")
      case $LEASE_STATE:$OP_PLACE in released:prepare | released:outage) OP_PLACE=ended ;; esac
      ;;
    guard) ;;
    *) [ "$LEASE_STATE" = released ] || return 1 ;;
  esac
}

operation_show() {
  read_operation && [ -s "$STATE/operation.plan" ] || return 1
  cat "$STATE/operation.plan"
}
