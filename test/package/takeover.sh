# Run by the systemd that takeover.test.ts boots: on a host with another ProxMenux Monitor, installs /run/units/monitor.deb, takes
# over, and goes back. Each fault is a line in /run/out/faults; the last line is "done".
exec 2>/run/out/log >&2
set -x
unit=proxmenux-monitor
check() { "$@" || echo "$step: $*" >>/run/out/faults; }
fails() { ! "$@"; }
rm -rf /root/.config/proxmenux-monitor /var/lib/proxmenux-monitor /var/log/proxmenux-* /etc/proxmenux
rm -f /usr/sbin/policy-rc.d

# A host with another ProxMenux Monitor: a unit of the administrator, a program on port 8008, and its auth.json.
step=other
other=/etc/systemd/system/$unit.service config=/root/.config/proxmenux-monitor
mkdir -p /usr/local/share/proxmenux/site/api/auth $config
echo '"monitor": "old"' >/usr/local/share/proxmenux/site/api/auth/status
printf '#!/bin/sh\nexec /usr/bin/python3 -m http.server 8008 -d /usr/local/share/proxmenux/site\n' >/usr/local/share/proxmenux/AppRun
chmod +x /usr/local/share/proxmenux/AppRun
printf '[Service]\nUser=root\nExecStart=/usr/local/share/proxmenux/AppRun\nRestart=on-failure\n[Install]\nWantedBy=multi-user.target\n' >$other
echo '{"enabled": true, "configured": true, "username": "ada", "password_hash": "'"$(printf x | sha256sum | cut -c 1-64)"'", "jwt_secret": "0123456789012345678901234567890123456789"}' >$config/auth.json
cp $other /run/unit.before
cp $config/auth.json /run/auth.before
systemctl daemon-reload
systemctl enable --now $unit
old() { curl -fsS http://127.0.0.1:8008/api/auth/status | grep -q old; }
ours() { curl -fsS http://127.0.0.1:8008/api/auth/status | grep -q '"configured":true'; }
sleep 2
check old
check dpkg -i /run/units/monitor.deb
check old
check proxmenux-monitor takeover --dry-run
check old

step=takeover
check proxmenux-monitor takeover --yes
check ours
check systemctl is-active $unit
check systemctl is-enabled $unit
check [ "$(systemctl show --value -p FragmentPath $unit)" = /usr/lib/systemd/system/$unit.service ]
check [ ! -e $other ]

step=back
check proxmenux-monitor takeover --undo --yes
check old
check systemctl is-enabled $unit
check cmp $other /run/unit.before
check cmp $config/auth.json /run/auth.before

step=port-taken
# A program that holds the port although the old service has stopped: the daemon cannot start.
systemctl stop $unit
printf '#!/bin/sh\nsetsid /usr/bin/python3 -m http.server 8008 -d /usr/local/share/proxmenux/site &\nexec sleep 999\n' >/usr/local/share/proxmenux/AppRun
sed -i '/^User/a KillMode=process' $other
systemctl daemon-reload
systemctl start $unit
sleep 2
check fails proxmenux-monitor takeover --yes
check [ -e $other ]
check systemctl is-active $unit
check old
check cmp $config/auth.json /run/auth.before

step=purge-beside-other
# A certificate that the other Monitor's HTTPS may use by now.
mkdir -m 700 $config/tls
touch $config/tls/self-signed-0123abcd.pem
check dpkg -P $unit
check systemctl is-active $unit
check cmp $config/auth.json /run/auth.before
check [ "$(ls -A $config | xargs)" = 'auth.json tls' ]
check [ "$(ls -A $config/tls)" = self-signed-0123abcd.pem ]
echo done >>/run/out/faults
