import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { loadTexts, placeholders, textFiles, textFolder } from '../../support/texts.ts'

const languages = readdirSync(textFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** What a text may get. Several, since a text can differ for one, for many, and for a value that is missing. */
const samples = [
  (i: number) => `<${i}>`,
  (i: number) => 7001 + i,
  () => 1,
  (i: number) => (i === 0 ? '<0>' : null),
  (i: number) => (i === 0 ? null : `<${i}>`)
]
const english = await loadTexts('en')

/** Words of both languages: names of programs, units, and terms that administrators use in English. */
const shared = new Set(
  `2FA Adapter Administrator Alt Avatar Backup Bond Bridge Bridges Browser C CPU Caches Chat Chip Code
  Container Debug Details Deutsch Discord English Esc F Fail2ban Filter Firmware GB GPU GPUs Gbit GT Gateway Gotify Governor
  HTTPS Hard Hardware Header Home Assistant Homepage Host Hub ID Info in Jail KiB MiB GiB Kernel Kuma L Loopback MB
  MHz MT MTU Mainboard Maximum Mbit Microcode Migration Monitor NVMe Name Node OK Option PID PSS Pause Port
  Position ProxMenux Prometheus Proxmox Proxy Reseller Reset Rollback SMART SSD STARTTLS Schema Secure Sensor Shell
  Snapshot Soft Start Storage Support Swap System TLS Tab Tabs Tags Tailnet Telegram Terminal Terminals Text Threads
  Token Topic Tunnel Unit Updates Uplink Uptime V VE VLAN VM W WebSocket Webhook Zombie Zoom curl d h kB min ntfy
  optional s`.split(/\s+/)
)
/** Commands and paths, the same in every language. */
const machine = /^(?:\/etc\/[\w/.-]+|apt install [\w-]+|systemctl [\w -]+|proxmenux-monitor-backup-codes-<0>\.txt)$/

for (const language of languages.filter((name) => name !== 'en')) {
  const texts = await loadTexts(language)
  const own = new Map(texts.map((entry) => [entry.path, entry.text]))

  t.test(`${language}: the same files and the same texts as in English`, async (t) => {
    t.same(textFiles(language), textFiles('en'))
    t.same(
      texts.map(({ path }) => path),
      english.map(({ path }) => path)
    )
  })

  t.test(`${language}: every value that an English text shows is shown, and no other`, async (t) => {
    for (const { path, text } of english) {
      const other = own.get(path)
      if (typeof text !== 'function' || typeof other !== 'function') continue
      for (const sample of samples) {
        const values = placeholders(text.length, sample)
        const shown = (result: string) => values.map((value) => value !== null && result.includes(String(value)))
        t.same(shown(other(...values)), shown(text(...values)), `${path}: ${text(...values)}`)
      }
    }
  })

  t.test(`${language}: every text is translated, unless it is a name or a unit`, async (t) => {
    for (const { path, text } of english) {
      const other = own.get(path)
      const read = (each: typeof text) =>
        typeof each === 'string' ? each : each(...placeholders(each.length, (i) => `<${i}>`))
      if (other === undefined || read(other) !== read(text) || machine.test(read(text))) continue
      const words = read(text).match(/\d*\p{L}[\p{L}\d]*/gu) ?? []
      t.same(
        words.filter((word) => !shared.has(word)),
        [],
        `${path}: ${read(text)}`
      )
    }
  })
}

t.test('the texts of a language import nothing, since the first paint waits for them', async (t) => {
  for (const language of languages) {
    for (const file of textFiles(language)) {
      const imports = [
        ...readFileSync(resolve(textFolder, language, file), 'utf8').matchAll(/^import (?!type ).*'(.*)'/gm)
      ]
      for (const [, target] of imports) t.match(target, /^\.\/security\/\w+\.ts$/, `${language}/${file}`)
    }
  }
})
