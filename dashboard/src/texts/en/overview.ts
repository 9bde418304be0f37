export const overview = {
  title: 'Overview',
  updated: (time: string) => `Updated ${time}`,
  details: 'Details',
  cpu: 'CPU',
  cpuDetail: (cores: number, threads: number) =>
    `${cores} ${cores === 1 ? 'core' : 'cores'}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
  user: (percent: string) => `user ${percent}`,
  system: (percent: string) => `system ${percent}`,
  iowait: (percent: string) => `I/O wait ${percent}`,
  memory: 'Memory',
  memoryDetail: (used: string, total: string) => `${used} of ${total}`,
  cached: (size: string) => `${size} cached`,
  load: 'Load',
  loadLabel: '1 min · 5 · 15',
  perThread: (percent: number) => `${percent} % of threads`,
  temperature: 'CPU temp.',
  temperatureRange: (low: string, high: string, minutes: number) => `${low} to ${high} in the last ${minutes} min`,
  network: 'Network',
  received: 'Received',
  sent: 'Sent',
  linksUp: (up: number, all: number) => `${up} of ${all} ${all === 1 ? 'adapter' : 'adapters'} up`,
  disks: 'Disk I/O',
  read: 'Read',
  written: 'Written',
  diskCount: (n: number) => (n === 1 ? '1 disk' : `${n} disks`),
  storage: 'Storage in use',
  storageDetail: (used: string, free: string) => `${used} used, ${free} free`,
  guests: 'Guests',
  running: (running: number, all: number) => `${running} of ${all} running`,
  guestKinds: (vms: number, containers: number) =>
    `${vms} ${vms === 1 ? 'VM' : 'VMs'}, ${containers} ${containers === 1 ? 'container' : 'containers'}`,
  guestCpu: (percent: string, processors: number | null) =>
    processors === null ? percent : `${percent} of ${processors} ${processors === 1 ? 'CPU' : 'CPUs'}`,
  topProcesses: 'Top processes',
  allProcesses: 'All processes',
  host: 'This host',
  hostname: 'Name',
  uptime: 'Uptime',
  os: 'Operating system',
  kernel: 'Kernel',
  proxmox: 'Proxmox VE',
  monitor: 'ProxMenux Monitor',
  updates: 'Updates',
  upToDate: 'Up to date',
  updatesWaiting: (n: number) => `${n} available`,
  securityUpdates: (n: number) => `${n} security ${n === 1 ? 'update' : 'updates'}`,
  reboot: 'Reboot',
  rebootRequired: 'Required',
  rebootNone: 'No package asks for it',
  health: 'Health'
}

export const history = {
  title: 'History',
  timeframe: 'Timeframe',
  timeframes: { hour: 'Hour', day: 'Day', week: 'Week', month: 'Month', year: 'Year' },
  nothing: 'No data for this period.',
  since: (time: string) => `Data since ${time}.`,
  chartOf: (title: string, latest: string) =>
    `${title}. Latest: ${latest}. Press the arrow keys for other times, + and - to zoom, 0 for all.`,
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show all',
  zoomHint: 'Drag over a chart to zoom in.',
  zoomed: (from: string, to: string) => `${from} to ${to}`,
  earlier: 'Earlier',
  later: 'Later',
  cpu: 'CPU, %',
  memory: 'Memory',
  load: 'Load average',
  network: 'Network',
  disks: 'Disk I/O',
  temperature: 'CPU temperature',
  inUse: 'In use',
  highest: 'Maximum',
  mean: 'Average',
  iowait: 'I/O wait',
  total: 'Total',
  swap: 'Swap in use',
  minute: '1 min',
  fiveMinutes: '5 min',
  fifteenMinutes: '15 min',
  received: 'Received',
  sent: 'Sent',
  read: 'Read',
  written: 'Written'
}

export const updates = {
  title: 'Updates available',
  lead: 'Packages that a full upgrade would install.',
  refreshed: (time: string) => `Packages that a full upgrade would install. Package lists updated ${time}.`,
  removes: 'Packages to be removed:',
  package: 'Package',
  version: 'Current → new',
  new: 'new',
  origin: 'Source',
  security: 'Security'
}

export const monitorUpdate = {
  available: (candidate: string, installed: string) =>
    `ProxMenux Monitor ${candidate} is available. Version ${installed} is installed.`,
  restart: (installed: string, running: string | undefined) =>
    `ProxMenux Monitor ${installed} is installed, but ${running ? `version ${running}` : 'the previous version'} is still running.`,
  howToUpdate: 'How to update',
  howToRestart: 'How to restart',
  steps: {
    updateTitle: 'Update ProxMenux Monitor',
    restartTitle: 'Restart ProxMenux Monitor',
    lead: 'Run the commands as root on this host.',
    update: 'Update the package. This restarts the Monitor:',
    ownTerminal: 'In a terminal of this dashboard, the Monitor is not restarted. When apt has finished, run:',
    restart: 'The update did not restart the Monitor, for example because it ran in a terminal of this dashboard. Run:',
    consequence: 'You stay logged in. The restart ends the open terminals of this dashboard.'
  }
}
