import type { Inside } from './types.ts'

/** The inside of a container that was just unpacked, or of an old one. */
export const createInside = ({ names }: { names: boolean }): Inside => ({
  files: names ? { '/etc/resolv.conf': { content: 'nameserver 192.168.1.1\n', mode: 0o644 } } : {},
  packages: { 'alpine-baselayout': '3.7.0-r0', busybox: '1.37.0-r18' },
  services: { sysctl: { enabled: false, started: false } },
  tailscale: null
})
