#!/bin/sh
# Run by tests as root: boots systemd in namespaces of its own, over a copy-on-write view of this machine, with the units in
# $1/units and no others, or also those in the folders $3. Nothing of the host is changed; what it may not share is mounted
# read-only.
set -eu
place=$1 checkout=$2 folders=/run/units${3:+:$3}

# A cgroup of its own, in which systemd makes others; gone at the end.
tree=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
home=$tree$(sed -n 's/^0:://p' /proc/self/cgroup)
mine=${home%/}/monitor-$$
mkdir "$mine"
leave() {
  echo $$ >"$home/cgroup.procs"
  find "$mine" -depth -type d -exec rmdir {} +
}
trap leave EXIT
echo $$ >"$mine/cgroup.procs"

unshare --mount --pid --net --uts --ipc --cgroup --fork --kill-child sh -eu -c '
  place=$1 checkout=$2 folders=$3 root=$1/root
  mkdir "$place/layer" "$root"
  mount -t tmpfs tmpfs "$place/layer"
  mkdir "$place/layer/upper" "$place/layer/work"
  mount -t overlay overlay -o "lowerdir=/,upperdir=$place/layer/upper,workdir=$place/layer/work" "$root"
  mount -t proc proc "$root/proc"
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount -o remount,bind,ro "$root/proc/sys"
  mount -t sysfs -o ro sysfs "$root/sys"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
  for folder in run tmp dev; do mount -t tmpfs tmpfs "$root/$folder"; done
  for device in null zero full random urandom tty; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
  done
  mkdir "$root/dev/shm" "$root/dev/pts" "$root/run/units" "$root/run/out"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  ln -s pts/ptmx "$root/dev/ptmx"
  touch "$root/dev/console"
  mount --bind "$place/console" "$root/dev/console"
  mount --bind "$place/out" "$root/run/out"
  cp -r "$place/units/." "$root/run/units"
  mkdir -p "$root/opt/proxmenux-monitor" "$root/old"
  mount --bind "$checkout" "$root/opt/proxmenux-monitor"
  ip link set lo up
  cd "$root"
  pivot_root . old
  # As systemd does on a real host, and not in a container: credentials are mounted by a child of it.
  chroot . mount --make-rshared /
  exec chroot . env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_UNIT_PATH="$folders" \
    /lib/systemd/systemd --log-target=console --show-status=no
' sh "$place" "$checkout" "$folders"
