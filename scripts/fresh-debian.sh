#!/usr/bin/env bash
# The README's first command on a fresh Debian 12 with Debian's own nodejs and npm: makes a root with debootstrap,
# clones this checkout's HEAD into it, starts the daemon there and asks it for its status. Needs root and debootstrap.
#   scripts/fresh-debian.sh [MIRROR]
set -euo pipefail
source=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
root=$(mktemp -d /tmp/fresh-debian.XXXXXX)
port=18080
daemon=
cleanup() {
  if [ -n "$daemon" ]; then kill -- "-$daemon" 2>/dev/null || true; wait "$daemon" 2>/dev/null || true; fi
  # Lazily: what the daemon started may take a moment more to go.
  for mounted in proc dev; do umount --lazy "$root/$mounted" 2>/dev/null || true; done
  rm -rf --one-file-system "$root"
}
trap cleanup EXIT

debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$@" >/dev/null
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" apt-get update -qq
chroot "$root" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
# How this host reaches the npm registry is the host's business, not the project's.
for file in /etc/npmrc /usr/etc/npmrc /root/.npmrc; do
  if [ -f "$file" ]; then mkdir -p "$root$(dirname "$file")" && cp "$file" "$root$file"; fi
done
cp -r /etc/ssl/certs/. "$root/etc/ssl/certs/"
cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
git clone -q "$source" "$root/srv/proxmenux-monitor"
chroot "$root" node --version
chroot "$root" npm --version

setsid env MONITOR_PORT=$port chroot "$root" sh -c 'cd /srv/proxmenux-monitor && npm ci --omit=dev && npm start' >"$root/log" 2>&1 &
daemon=$!
for _ in $(seq 300); do
  if node -e "fetch('http://127.0.0.1:$port/api/auth/status').then(async (r) => console.log(r.status, await r.text()), () => process.exit(1))"; then
    exit 0
  fi
  kill -0 "$daemon" 2>/dev/null || break
  sleep 1
done
cat "$root/log"
exit 1
