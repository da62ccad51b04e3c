#!/bin/bash
# First process of a capsule. bash, because it reaps whatever is left to it.
# The capsule ends when standard input does, that is when whoever started it dies; unless the word `free` came before.
set -eu
mount -t tmpfs -o mode=755 tmpfs /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p /run/netns /run/clustercontrol-lab
ip link set lo up
ip link add name lab0 type bridge forward_delay 0 mcast_snooping 0
ip address add 192.168.73.1/24 brd + dev lab0
ip link set lab0 up
echo ready
exec >/dev/null
word=$(head -n 1)
if [ "$word" = free ]; then
  exec </dev/null
  while :; do sleep 86400; done
fi
