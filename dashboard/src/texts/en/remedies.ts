/** What to do about a problem, by the family of its health check, where the daemon's message does not say it. */
export const remedies = {
  cpu: 'Look for the program that uses the processor. If this load is normal, raise the threshold in the settings.',
  iowait: 'A disk is slow or busy. Look for the program that writes, and for errors of the disk.',
  memory: 'Look for the program that uses the memory, or give the guests less of it.',
  swap: 'Memory has run short. Look for the program that uses it.',
  temperature: 'Check the fans, dust, and the temperature of the room.',
  filesystem: 'Delete or move files. The Storage page has the commands that find them.',
  disk_temperature: 'Check the air flow around the disk.',
  network_errors: 'Replace the cable, and compare speed and duplex with the switch.',
  updates: 'Install them in a shell: apt update && apt upgrade',
  certificate: 'Renew the certificate, or choose another one.',
  fail2ban: 'Start it: systemctl restart fail2ban. Until then no new address is banned.',
  recordings: 'Free some disk space, or turn recordings off.',
  audit_log: 'Free some disk space, and check who may write to the folder of the log.',
  daemon: 'Run the self-check in the host’s shell: proxmenux-monitor doctor'
}
