#!/bin/sh
# Prints the exposure level of systemd-analyze for the shipped unit, without and with confined.conf.
# 10 is a service without any restriction. The README shows this output.
set -eu
units=$(dirname "$0")/../deploy/systemd
place=$(mktemp -d)
trap 'rm -r "$place"' EXIT
level() {
  systemd-analyze security --offline=true "$1" | sed -n "s/.*exposure level for [^:]*: \([0-9.]* [A-Z]*\).*/$2: \1/p"
}
level "$units/proxmenux-monitor.service" proxmenux-monitor.service
mkdir "$place/proxmenux-monitor.service.d"
cp "$units/proxmenux-monitor.service" "$place"
cp "$units/confined.conf" "$place/proxmenux-monitor.service.d"
level "$place/proxmenux-monitor.service" 'with confined.conf'
