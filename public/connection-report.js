import { root } from './api.js'

const byId = (id) => document.getElementById(id)

function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

// Plain HTTP, by which this daemon is often reached, has no navigator.clipboard.
async function copy(code) {
  const selection = getSelection()
  selection.selectAllChildren(code)
  if (!navigator.clipboard) return document.execCommand('copy')
  return navigator.clipboard.writeText(code.textContent).then(
    () => true,
    () => false
  )
}

/** A line to copy; `about` says to whom cannot see it what it is for. */
export function makeLine(text, about) {
  const code = make('code', '', text)
  const button = make('button', 'button', 'Copy')
  button.type = 'button'
  button.setAttribute('aria-label', `Copy the line: ${about}`)
  const said = make('span', 'visually-hidden')
  said.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    const done = await copy(code)
    button.textContent = done ? 'Copied' : 'Selected'
    said.textContent = done ? 'Copied' : 'Selected: copy it with Ctrl+C'
    setTimeout(() => {
      button.textContent = 'Copy'
      said.textContent = ''
    }, 3000)
  })
  return make('div', 'line', code, button, said)
}

const severities = { error: ['bad', 'Fault'], warning: ['warn', 'Warning'], info: ['', 'Note'] }

/** `trust(address)` where the proxy can be trusted from here; null where nobody is signed in. */
function makeFault({ code, severity, message, fix }, { peer, client_address: client }, trust) {
  const [tone, label] = severities[severity]
  const text = make('div', 'fault-text', make('p', '', message))
  if (fix) text.append(makeLine(fix, code))
  const address = { PROXY_NOT_TRUSTED: peer, HOP_NOT_TRUSTED: client }[code]
  // What a mere note is about may be anybody's address.
  if (address && trust && severity !== 'info') {
    const button = make('button', 'button primary', `Trust ${address}`)
    button.type = 'button'
    button.addEventListener('click', () => trust(address, button))
    text.append(
      make(
        'p',
        'fault-act',
        button,
        make('span', 'muted', 'At once, and for a minute: then it is taken back, unless you keep it.')
      )
    )
  }
  const item = make('li', 'card fault', make('span', `pill ${tone}`, label), text)
  item.dataset.code = code
  return item
}

function showFaults(report, trust) {
  byId('faults').hidden = report.problems.length === 0
  byId('fault-list').replaceChildren(...report.problems.map((problem) => makeFault(problem, report, trust)))
}

const isIgnored = ({ why }) => why.startsWith('ignored:')

// After which the address is somebody else's, and many share it.
const mistakes = new Set([
  'PROXY_NOT_TRUSTED',
  'HOP_NOT_TRUSTED',
  'NO_FORWARDED_FOR',
  'FORWARDED_ONLY',
  'BROKEN_FORWARDED_FOR'
])

/** The hops as stations, the visitor's end first. */
function listStations({ hops, client_address: client, problems }) {
  const isMistaken = problems.some(({ code, severity }) => severity !== 'info' && mistakes.has(code))
  const self = hops.findLastIndex((hop) => !isIgnored(hop) && hop.address === client)
  const describe = (hop, i) => {
    const why = hop.trusted ? `Trusted. ${hop.why}` : capital(hop.why)
    if (i === self && isMistaken) return { name: 'Taken for you', tone: 'warn', why }
    if (i === self)
      return { name: 'You', tone: '', why: hop.trusted ? why : 'Logged, limited and banned by this address' }
    if (hop.trusted) return { name: 'Proxy', tone: 'good', why }
    return { name: isIgnored(hop) ? 'Said to be before it' : 'Where an address should be', tone: 'faint', why }
  }
  return hops.map((hop, i) => ({ ...describe(hop, i), address: hop.address || '(empty)' })).reverse()
}

// The name of a variable is too long a word for a narrow station.
const breakable = (text) => text.split(/(?<=_)/).flatMap((part) => [part, make('wbr')])

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

function showWay(report) {
  const stations = [...listStations(report), { name: 'This host', address: report.host, tone: 'host', why: '' }]
  // A chain as long as somebody wanted it to be; its near end is what counts.
  const shown = stations.length > 8 ? stations.slice(-7) : stations
  const items = shown.map(({ name, address, tone, why }) =>
    make(
      'li',
      `station ${tone}`,
      make('span', 'station-name', name),
      make('span', 'station-address mono', address),
      make('span', 'station-why', ...breakable(why))
    )
  )
  const left = stations.length - shown.length
  if (left > 0) items.unshift(make('li', 'station faint', make('span', 'station-name', `${left} more`)))
  byId('way').classList.toggle('long', items.length > 4)
  byId('way').replaceChildren(...items)
}

function showSeen({ scheme, host, prefix, encrypted, tls, http_version: version }) {
  const page = { scheme: location.protocol.slice(0, -1), host: location.host, prefix: root.pathname }
  const rows = [
    ['Scheme', page.scheme, scheme],
    ['Host', page.host, host],
    ['Base path', page.prefix, `${prefix}/`]
  ]
  byId('seen').replaceChildren(
    ...rows.map(([name, ours, theirs]) => {
      const title = make('th', '', name)
      title.scope = 'row'
      return make('tr', ours === theirs ? '' : 'differs', title, make('td', 'mono', ours), make('td', 'mono', theirs))
    })
  )
  const protection = tls ? `${tls.protocol}, ${tls.cipher}` : encrypted ? 'TLS' : 'not encrypted'
  byId('transport').textContent = `The last stretch, to this host: HTTP/${version}, ${protection}.`
}

function showHeaders(headers) {
  const rows = Object.entries(headers).map(([name, value]) => {
    const title = make('th', 'mono', name)
    title.scope = 'row'
    return make('tr', '', title, make('td', 'mono', value === '' ? '(empty)' : value))
  })
  byId('headers').replaceChildren(...rows)
  byId('headers-table').hidden = rows.length === 0
  byId('no-headers').hidden = rows.length > 0
}

/** All of the doctor's answer but the verdict. */
export function showReport(report, trust) {
  showWay(report)
  showFaults(report, trust)
  showSeen(report)
  showHeaders(report.forwarded)
}
