import type * as en from '../en/overview.ts'

export const overview: typeof en.overview = {
  title: 'Übersicht',
  updated: (time) => `Stand ${time}`,
  details: 'Details',
  cpu: 'CPU',
  cpuDetail: (cores, threads) =>
    `${cores} ${cores === 1 ? 'Kern' : 'Kerne'}, ${threads} ${threads === 1 ? 'Thread' : 'Threads'}`,
  user: (percent) => `Benutzer ${percent}`,
  system: (percent) => `System ${percent}`,
  iowait: (percent) => `I/O-Wartezeit ${percent}`,
  memory: 'RAM',
  memoryDetail: (used, total) => `${used} von ${total}`,
  cached: (size) => `${size} im Cache`,
  load: 'Last',
  loadLabel: '1 min · 5 · 15',
  perThread: (percent) => `${percent} % der Threads`,
  temperature: 'CPU-Temp.',
  temperatureRange: (low, high, minutes) => `${low} bis ${high} in den letzten ${minutes} min`,
  network: 'Netzwerk',
  received: 'Empfangen',
  sent: 'Gesendet',
  linksUp: (up, all) => `${up} von ${all} ${all === 1 ? 'Adapter' : 'Adaptern'} verbunden`,
  disks: 'Disk-I/O',
  read: 'Gelesen',
  written: 'Geschrieben',
  diskCount: (n) => `${n} Datenträger`,
  storage: 'Speicherplatz',
  storageDetail: (used, free) => `${used} belegt, ${free} frei`,
  guests: 'Gäste',
  running: (running, all) => `${running} von ${all} laufen`,
  guestKinds: (vms, containers) => `${vms} ${vms === 1 ? 'VM' : 'VMs'}, ${containers} Container`,
  guestCpu: (percent, processors) =>
    processors === null ? percent : `${percent} von ${processors} ${processors === 1 ? 'CPU' : 'CPUs'}`,
  topProcesses: 'Top-Prozesse',
  allProcesses: 'Alle Prozesse',
  host: 'Dieser Host',
  hostname: 'Name',
  uptime: 'Laufzeit',
  os: 'Betriebssystem',
  kernel: 'Kernel',
  proxmox: 'Proxmox VE',
  monitor: 'ProxMenux Monitor',
  updates: 'Updates',
  upToDate: 'Aktuell',
  updatesWaiting: (n) => `${n} verfügbar`,
  securityUpdates: (n) => `${n} ${n === 1 ? 'Sicherheitsupdate' : 'Sicherheitsupdates'}`,
  reboot: 'Neustart',
  rebootRequired: 'Erforderlich',
  rebootNone: 'Nicht erforderlich',
  health: 'Zustand',
  allChecks: 'Alle Prüfungen'
}

export const history: typeof en.history = {
  title: 'Verlauf',
  timeframe: 'Zeitraum',
  timeframes: { hour: 'Stunde', day: 'Tag', week: 'Woche', month: 'Monat', year: 'Jahr' },
  nothing: 'Keine Daten für diesen Zeitraum.',
  since: (time) => `Daten seit ${time}.`,
  chartOf: (title, latest) =>
    `${title}. Zuletzt: ${latest}. Die Pfeiltasten zeigen andere Zeiten, + und - zoomen, 0 zeigt alles.`,
  zoom: 'Zoom',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  zoomReset: 'Alles zeigen',
  zoomHint: 'Ziehen Sie über ein Diagramm, um hineinzuzoomen.',
  zoomed: (from, to) => `${from} bis ${to}`,
  earlier: 'Früher',
  later: 'Später',
  cpu: 'CPU, %',
  memory: 'RAM',
  load: 'Durchschnittliche Last',
  network: 'Netzwerk',
  disks: 'Disk-I/O',
  temperature: 'CPU-Temperatur',
  inUse: 'Belegt',
  highest: 'Maximum',
  mean: 'Mittelwert',
  iowait: 'I/O-Wartezeit',
  total: 'Gesamt',
  swap: 'Swap belegt',
  minute: '1 min',
  fiveMinutes: '5 min',
  fifteenMinutes: '15 min',
  received: 'Empfangen',
  sent: 'Gesendet',
  read: 'Gelesen',
  written: 'Geschrieben'
}

export const updates: typeof en.updates = {
  title: 'Verfügbare Updates',
  lead: 'Pakete, die ein vollständiges Upgrade installieren würde.',
  refreshed: (time) => `Pakete, die ein vollständiges Upgrade installieren würde. Paketlisten vom ${time}.`,
  removes: 'Pakete, die entfernt würden:',
  package: 'Paket',
  version: 'Aktuell → neu',
  new: 'neu',
  origin: 'Quelle',
  security: 'Sicherheit'
}

export const monitorUpdate: typeof en.monitorUpdate = {
  available: (candidate, installed) =>
    `ProxMenux Monitor ${candidate} ist verfügbar. Installiert ist Version ${installed}.`,
  restart: (installed, running) =>
    `ProxMenux Monitor ${installed} ist installiert, aber ${running ? `Version ${running}` : 'die vorige Version'} läuft noch.`,
  howToUpdate: 'So aktualisieren Sie',
  howToRestart: 'So starten Sie neu',
  steps: {
    updateTitle: 'ProxMenux Monitor aktualisieren',
    restartTitle: 'ProxMenux Monitor neu starten',
    lead: 'Führen Sie die Befehle als root auf diesem Host aus.',
    update: 'Aktualisieren Sie das Paket. Dabei startet der Monitor neu:',
    ownTerminal:
      'In einem Terminal dieses Dashboards wird der Monitor nicht neu gestartet. Wenn apt fertig ist, führen Sie aus:',
    restart:
      'Das Update hat den Monitor nicht neu gestartet, etwa weil es in einem Terminal dieses Dashboards lief. Führen Sie aus:',
    consequence: 'Sie bleiben angemeldet. Der Neustart beendet die offenen Terminals dieses Dashboards.'
  }
}
