#!/bin/sh
# Builds the daemon into dist/ and the dashboard into dashboard/dist, with the Node this project pins.
#   scripts/build.sh            builds both; `npm ci` runs it (package.json, prepare)
#   scripts/build.sh daemon     builds only the daemon
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
. "$root/bin/pinned-node"
cd "$root"
"$node" node_modules/vite/bin/vite.js build --logLevel error
[ "${1:-}" = daemon ] || exec dashboard/build
