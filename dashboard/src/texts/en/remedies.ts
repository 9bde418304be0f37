/** What to do about a problem, by the family of its health check, where the daemon's message does not say it. */
export const remedies = {
  cpu: 'Find the process that uses the CPU. If this load is normal, raise the threshold in the settings.',
  iowait: 'A disk is slow or busy. Find the process that writes, and check the disk for errors.',
  memory: 'Find the process that uses the memory, or give the guests less of it.',
  swap: 'Memory is low. Find the process that uses it.',
  temperature: 'Check the fans, dust and the room temperature.',
  filesystem: 'Delete or move files. In a shell, this lists what uses the most space:',
  disk_temperature: 'Check the air flow around the disk.',
  network_errors: 'Replace the cable, and compare speed and duplex with the switch.',
  updates: 'Install them in a shell: apt update && apt upgrade',
  certificate: 'Renew the certificate, choose another one, or create a new self-signed one.',
  fail2ban: 'Restart fail2ban: systemctl restart fail2ban. Until then no new address is banned.',
  recordings: 'Free some disk space, or turn recordings off.',
  audit_log: 'Free some disk space, and check who can write to the folder of the log.',
  daemon: 'Run the self-check in the host’s shell: proxmenux-monitor doctor'
}
