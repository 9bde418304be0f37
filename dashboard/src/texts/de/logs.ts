import type { logs as en } from '../en/logs.ts'

export const logs: typeof en = {
  title: 'Protokolle',
  lead: (source) => `Quelle: ${source}, neueste zuerst`,
  journal: 'systemd-Journal',
  level: 'Stufe',
  levels: {
    any: 'Alle Stufen',
    emergency: 'Notfall',
    alert: 'Alarm und höher',
    critical: 'Kritisch und höher',
    error: 'Fehler und höher',
    warning: 'Warnung und höher',
    notice: 'Hinweis und höher',
    info: 'Info und höher'
  },
  levelNames: {
    emergency: 'Notfall',
    alert: 'Alarm',
    critical: 'Kritisch',
    error: 'Fehler',
    warning: 'Warnung',
    notice: 'Hinweis',
    info: 'Info',
    debug: 'Debug'
  },
  noLevel: 'Keine Stufe',
  unit: 'Unit',
  unitHint: 'zum Beispiel ssh',
  search: 'Text',
  searchHint: 'in Meldung, Unit oder Programm',
  time: 'Zeit',
  times: {
    any: 'Alle Zeiten',
    boot: 'Seit dem Booten',
    '3600': 'Letzte Stunde',
    '86400': 'Letzter Tag',
    '604800': 'Letzte Woche'
  },
  apply: 'Suchen',
  reset: 'Zurücksetzen',
  follow: 'Folgen',
  following: 'Neue Einträge werden alle 5 s geladen.',
  download: 'Herunterladen',
  older: 'Ältere Einträge anzeigen',
  goOn: 'In älteren Einträgen suchen',
  end: 'Keine älteren Einträge.',
  none: 'Keine Einträge',
  noneText: 'Kein Eintrag passt zu diesen Filtern.',
  entries: 'Protokolleinträge',
  fields: 'Filter'
}
