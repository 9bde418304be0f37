#!/bin/sh
# Builds the daemon into dist/ and the dashboard into dashboard/dist, with the Node this project pins.
#   scripts/build.sh            builds both; `npm ci` runs it (package.json, prepare)
#   scripts/build.sh daemon     builds only the daemon
set -eu
root=$(dirname "$(dirname "$(readlink -f "$0")")")
. "$root/bin/pinned-node"
cd "$root"
"$node" node_modules/vite/bin/vite.js build --logLevel error
[ "${1:-}" = daemon ] || dashboard/build
# On a host (`npm ci --omit=dev`) nothing is built or compiled again until the next `npm ci`.
case "${npm_config_omit:-}" in
  *dev*)
    cd node_modules
    rm -rf node-linux-*/include ../dashboard/node_modules vite rolldown @rolldown @oxc-project lightningcss* tailwindcss \
      @tailwindcss react react-dom scheduler @radix-ui @floating-ui cmdk uplot @xterm marked @fastify/swagger-ui
    ;;
esac
