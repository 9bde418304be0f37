import type { health as en } from '../en/health.ts'

export const health: typeof en = {
  title: 'Zustand des Hosts',
  lead: 'Alle Prüfungen, Probleme zuerst.',
  critical: (n) => `${n} kritisch`,
  warnings: (n) => `${n} ${n === 1 ? 'Warnung' : 'Warnungen'}`,
  healthy: (n) => `${n} in Ordnung`,
  acknowledged: (n) => `${n} quittiert`,
  problems: 'Probleme',
  quiet: 'Quittiert',
  fine: 'In Ordnung',
  since: (time) => `seit ${time}`,
  until: (time) => `quittiert bis ${time}`,
  warnsAt: (limit) => `Warnung ab ${limit}`,
  criticalAt: (limit) => `kritisch ab ${limit}`,
  open: (page) => `${page} öffnen`,
  acknowledge: 'Quittieren',
  undo: 'Quittierung aufheben',
  explain: 'So lange ignoriert, außer es wird schlimmer.',
  duration: 'Dauer',
  durations: { 3600: 'Eine Stunde', 86400: 'Ein Tag', 604800: 'Eine Woche', 2592000: '30 Tage' },
  reason: 'Grund',
  units: { days: 'Tage', 'errors/s': 'Fehler/s' }
}
