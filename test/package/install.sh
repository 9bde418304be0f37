# Run by the systemd that deb.test.ts boots: installs, upgrades, removes and purges /run/units/monitor.deb in a copy-on-write
# view of this machine. Each fault is a line in /run/out/faults; the last line is "done".
exec 2>/run/out/log >&2
set -x
unit=proxmenux-monitor
check() { "$@" || echo "$step: $*" >>/run/out/faults; }
fails() { ! "$@"; }
answers() { curl -fsS "http://127.0.0.1:$1/api/auth/status" >/dev/null; }
configured() { curl -fsS http://127.0.0.1:8009/api/auth/status | grep -q '"configured":true'; }
pid() { systemctl show --value -p MainPID $unit; }
jails() { fail2ban-client status | grep -q 'Jail list:.*proxmenux'; }
data=/root/.config/proxmenux-monitor/auth.json

# As on a host that has only fail2ban, and lets packages start services.
rm -rf /root/.config/proxmenux-monitor /var/lib/proxmenux-monitor /var/log/proxmenux-* /etc/proxmenux /etc/fail2ban/jail.d/*
rm -f /usr/sbin/policy-rc.d /etc/fail2ban/jail.local /etc/systemd/system/$unit.service
mkdir -p /run/fail2ban
fail2ban-client start

step=install
check dpkg -i /run/units/monitor.deb
check systemctl is-active $unit
check systemctl is-enabled $unit
check answers 8008
check jails
curl -fsS http://127.0.0.1:8008/api/auth/setup -H 'Content-Type: application/json' \
  -d '{"username": "admin", "password": "Correct-Horse-7"}' >/dev/null

step=upgrade before=$(pid)
echo MONITOR_PORT=8009 >>/etc/proxmenux/monitor.env
check dpkg -i /run/units/monitor.deb
check [ "$(pid)" != "$before" ]
check configured

step=terminal before=$(pid)
# A shell in the cgroup of the service, as a terminal is.
inside() { sh -c 'echo $$ >/sys/fs/cgroup/$0/cgroup.procs && "$@"' "$(systemctl show --value -p ControlGroup $unit)" "$@"; }
check inside dpkg -i /run/units/monitor.deb
check fails inside dpkg -r $unit
check [ "$(pid)" = "$before" ]
check answers 8009

step=remove
check dpkg -r $unit
check fails systemctl is-active $unit
check fails answers 8009
check [ -s $data ]
check [ -s /var/lib/proxmenux-monitor/state.sqlite ]
check [ -s /etc/proxmenux/monitor.env ]
check [ ! -e /usr/lib/proxmenux-monitor ]

step=again
check dpkg -i /run/units/monitor.deb
check systemctl is-enabled $unit
check configured

step=purge
echo key >/etc/proxmenux/key
check dpkg -P $unit
check fails systemctl is-active $unit
check fails jails
check fail2ban-client ping
check [ "$(find /etc /root/.config /var/lib/systemd /var/lib/proxmenux* /var/log -path '*proxmenux*' | xargs)" = \
  "/etc/proxmenux /etc/proxmenux/key" ]
fail2ban-client stop
echo done >>/run/out/faults
