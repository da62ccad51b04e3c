#!/bin/bash
# host.sh BASE: one host of a pair, in namespaces of its own. The base root lies below a layer that dies with it.
# Then a shell of that root takes commands from standard input; when it ends, everything of the host ends.
set -eu
base=$1
place=/run/clustercontrol-lab/host
mkdir -p "$place"
mount -t tmpfs tmpfs "$place"
mkdir "$place/root" "$place/upper" "$place/work"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$place/upper,workdir=$place/work" "$place/root"
mount -t tmpfs tmpfs "$place/root/run"
mount -t proc proc "$place/root/proc"
mkdir -p "$place/root/run/clustercontrol-ha" "$place/root/etc/keepalived"
cp "$place/root/usr/bin/sleep" "$place/root/run/cmon"
ip link set lo up
cd /
exec chroot "$place/root" /bin/bash --noprofile --norc
