#!/bin/sh
# start.sh NAME: one lab's capsule. Everything of the lab lives in its namespaces and in one cgroup, so that the
# end of its first process, however it comes, is the end of hosts, mounts, links and loop devices.
# Runs in a mount namespace of its own: its view of cgroup2 is the same on every machine, whatever /sys/fs/cgroup holds.
set -eu
name=$1
here=$(dirname "$0")
view=$(mktemp -d)
trap 'umount "$view" 2>/dev/null; rmdir "$view"' EXIT
mount -t cgroup2 cgroup2 "$view"
cgroup="$view/clustercontrol-lab/$name"
reap() {
  [ ! -d "$cgroup" ] || find "$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null || true
  rmdir "$view/clustercontrol-lab" 2>/dev/null || true
}
reap
# Another lab that ends or begins at the same moment removes the folder above while it is empty: then once more.
tries=0
until mkdir -p "$view/clustercontrol-lab" 2>/dev/null && mkdir "$cgroup" 2>/dev/null; do
  tries=$((tries + 1))
  if [ -d "$cgroup" ]; then
    echo "lab $name runs already" >&2
    exit 1
  fi
  [ $tries -lt 100 ] || { echo "cannot make $cgroup" >&2; exit 1; }
done
# The capsule dies with this shell, and this shell outlives the capsule to remove the empty cgroups.
# shellcheck disable=SC2016 # expanded by the inner shell
setpriv --pdeathsig KILL sh -c '
  # As long as nobody is in it, whoever clears away what killed labs left takes it for one of those: then it is made again.
  tries=0
  until { mkdir -p "$1" && echo $$ >"$1/cgroup.procs"; } 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo "cannot enter $1" >&2; exit 1; }
  done
  exec unshare --mount --net --pid --cgroup --fork --kill-child --mount-proc -- bash "$2/init.sh"
' capsule "$cgroup" "$here" || true
tries=0
while [ -d "$cgroup" ] && [ $tries -lt 100 ]; do
  reap
  tries=$((tries + 1))
  [ ! -d "$cgroup" ] || sleep 0.1
done
