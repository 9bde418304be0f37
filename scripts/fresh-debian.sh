#!/usr/bin/env bash
# Tests the README's first command on a fresh Debian 12 with Debian's nodejs and npm: creates a root with debootstrap,
# clones this checkout's HEAD into it, runs `npm ci --omit=dev` and `npm start` there, checks the answers, and ends npm
# with SIGTERM. Needs root, debootstrap and a network. ~/.cache/proxmenux-monitor-fresh-debian keeps the root without the
# clone for a week, and npm's cache permanently.
#   scripts/fresh-debian.sh [MIRROR]     a mirror of Debian; defaults to apt's mirror on this host
set -euo pipefail
say() { echo "fresh-debian: $*"; }
fail() { say "$*" >&2; exit 1; }

# Private mount and PID namespaces: mounts and processes end with this script in any case.
if [ -z "${FRESH_DEBIAN_ROOT:-}" ]; then
  [ "$(id -u)" = 0 ] || fail "needs root; run: sudo $0"
  command -v debootstrap >/dev/null || fail "needs debootstrap; run: apt-get install debootstrap"
  FRESH_DEBIAN_ROOT=$(mktemp -d /tmp/fresh-debian.XXXXXX)
  chmod 755 "$FRESH_DEBIAN_ROOT"
  export FRESH_DEBIAN_ROOT
  unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@" &
  inner=$!
  trap 'kill -KILL $inner 2>/dev/null || true; wait $inner 2>/dev/null || true
    rm -rf --one-file-system "$FRESH_DEBIAN_ROOT" "$FRESH_DEBIAN_ROOT.log"' EXIT
  trap 'exit 1' TERM INT
  wait $inner
  exit
fi

root=$FRESH_DEBIAN_ROOT
source=$(git -c safe.directory='*' -C "$(dirname "$0")" rev-parse --show-toplevel)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/proxmenux-monitor-fresh-debian
mirror=${1:-$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 2>/dev/null | sed -n 's/^Debian //p' | head -n 1)}
mkdir -p "$cache/npm"
# The clone's daemon uses the host's network, with a free port and its files in this root.
export HOME=/root MONITOR_HOST=127.0.0.1 MONITOR_PORT=0
unset XDG_CACHE_HOME NODE_OPTIONS

# Runs a command in the root.
inside() { chroot "$root" "$@"; }

# Copies the host's settings for mirror and registry, which are not part of the project.
take_network_settings() {
  cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
  apt-config dump | grep -E '^Acquire::(https?|Check-)' >"$root/etc/apt/apt.conf.d/99host" || true
  for file in /etc/npmrc /usr/etc/npmrc /root/.npmrc; do
    if [ -f "$file" ]; then mkdir -p "$root$(dirname "$file")" && cp "$file" "$root$file"; fi
  done
  cp -r /etc/ssl/certs/. "$root/etc/ssl/certs/"
  cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
}

if [ -n "$(find "$cache/root.tar" -mtime -7 2>/dev/null)" ]; then
  tar -xf "$cache/root.tar" -C "$root"
else
  say "debootstrap from ${mirror:-its own mirror}"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" ${mirror:+"$mirror"} >"$root.log" ||
    { tail -n 5 "$root.log" >&2; exit 1; }
  take_network_settings
  inside apt-get update -qq
  inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
  inside apt-get clean
  # Without the host's network settings.
  tar --one-file-system --exclude=./etc/npmrc --exclude=./usr/etc/npmrc --exclude=./root/.npmrc \
    --exclude=./etc/apt/apt.conf.d/99host -cf "$cache/root.tar.new" -C "$root" .
  mv "$cache/root.tar.new" "$cache/root.tar"
fi
take_network_settings
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/root/.npm"
mount --bind "$cache/npm" "$root/root/.npm"

git -c safe.directory='*' clone -q "$source" "$root/srv/proxmenux-monitor"
say "Node $(inside node --version), npm $(inside npm --version)"
inside sh -c 'cd /srv/proxmenux-monitor && npm ci --omit=dev'
# exec: npm itself must receive the signal, not a shell.
(exec chroot "$root" sh -c 'cd /srv/proxmenux-monitor && exec npm start') >"$root/log" 2>&1 &
npm=$!
for _ in $(seq 120); do
  url=$(sed -n 's|.*Server listening at \(http://[0-9.:]*\).*|\1|p' "$root/log" | head -n 1)
  [ -z "$url" ] || break
  kill -0 "$npm" 2>/dev/null || break
  sleep 1
done
[ -n "$url" ] || { cat "$root/log"; fail "the daemon does not listen"; }

status=$(curl -fsS "$url/api/auth/status")
say "$status"
[[ $status == *'"auth_configured":false'* ]] || fail "no first launch"
[[ $(curl -fsS "$url/") == *'<!doctype html>'* ]] || fail "no dashboard"
# The native parts, which npm skips silently if it considers them incompatible.
inside sh -c 'cd /srv/proxmenux-monitor && root=. && . bin/pinned-node && "$node" --input-type=module --eval "
  const { default: sharp } = await import(\"sharp\")
  await sharp({ create: { width: 1, height: 1, channels: 3, background: \"red\" } }).png().toBuffer()
  await import(\"@lydell/node-pty\")"' || fail "a native part is missing"

kill -TERM "$npm"
wait "$npm" || fail "npm start ended with $? after SIGTERM"
curl -fsS "$url/" >/dev/null 2>&1 && fail "SIGTERM to npm left the daemon running"
say "all checks passed"
