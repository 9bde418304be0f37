import type { ui as en } from '../en/ui.ts'

export const ui: typeof en = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  retry: 'Erneut versuchen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Kopieren fehlgeschlagen. Markieren Sie den Text und kopieren Sie ihn selbst.',
  show: 'Anzeigen',
  hide: 'Verbergen',
  showOf: (what) => `${what} anzeigen`,
  hideOf: (what) => `${what} verbergen`,
  optional: 'optional',
  loading: 'Wird geladen…',
  notifications: 'Meldungen',
  tryAgainIn: (time) => `Nächster Versuch in ${time}.`,
  wait: (time) => `Noch ${time}`,
  seconds: (n) => `${n} s`,
  minutes: (m) => `${m} min`,
  hours: (h) => `${h} h`,
  minutesAndSeconds: (m, s) => `${m} min ${String(s).padStart(2, '0')} s`,
  hoursAndMinutes: (h, m) => `${h} h ${String(m).padStart(2, '0')} min`,
  stale: (age) => `${age} alt`,
  notAvailable: 'Nicht verfügbar',
  help: 'Hilfe',
  newTab: 'öffnet einen neuen Tab'
}
