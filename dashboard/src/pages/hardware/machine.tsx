import { formatBytes, formatCount, formatLoad } from '../../data/format.ts'
import { SampleNote, Value } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { lookUp } from '../../texts/look-up.ts'
import { Card } from '../../ui/card.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { circuitBoardIcon, cpuIcon, memoryStickIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { Hardware } from './parts.ts'

type Module = NonNullable<Hardware['memory_modules']>[number]
type Cpu = NonNullable<Hardware['cpu']>
interface Named {
  reasons: Record<string, string>
}

/** Names in one line, or a dash with the reason of the last one. */
function NamesFact<T extends Named>({ name, of, fields }: { name: string; of: T; fields: (keyof T & string)[] }) {
  const words = fields.map((field) => of[field] as string | null).filter((word) => word !== null)
  return (
    <Fact name={name}>
      <Value value={words.length === 0 ? null : words.join(' ')} reason={of.reasons[fields.at(-1)!]}>
        {(text) => <span translate="no">{text}</span>}
      </Value>
    </Fact>
  )
}

function BoardCard({ hardware: { system, motherboard, bios } }: { hardware: Hardware }) {
  if (system === null && motherboard === null && bios === null) return null
  return (
    <Card title={texts.system} icon={circuitBoardIcon}>
      <Facts isWide>
        {system && <NamesFact name={texts.machine} of={system} fields={['manufacturer', 'model', 'version']} />}
        {system && <NamesFact name={texts.chassis} of={system} fields={['chassis']} />}
        {motherboard && <NamesFact name={texts.board} of={motherboard} fields={['manufacturer', 'model', 'version']} />}
        {bios && <NamesFact name={texts.bios} of={bios} fields={['vendor', 'version', 'date']} />}
      </Facts>
    </Card>
  )
}

const gigahertz = (megahertz: number) => formatLoad(megahertz / 1000)
const frequencyOf = ({ min_mhz: low, max_mhz: high }: Cpu): string | null => {
  if (high === null) return null
  return low === null ? texts.frequencyUpTo(gigahertz(high)) : texts.frequencyValue(gigahertz(low), gigahertz(high))
}

function CpuCard({ cpu }: { cpu: Cpu }) {
  const { reasons, cores, threads, caches } = cpu
  const text = (name: string, key: 'governor' | 'microcode' | 'virtualization') => (
    <Fact name={name}>
      <Value value={cpu[key]} reason={reasons[key]}>
        {(value) => <span translate="no">{value}</span>}
      </Value>
    </Fact>
  )
  return (
    <Card title={texts.cpu} icon={cpuIcon}>
      <Facts>
        <Fact name={texts.model} className="col-span-full">
          <Value value={cpu.model} reason={reasons.model}>
            {(value) => <span translate="no">{value}</span>}
          </Value>
        </Fact>
        <Fact name={texts.sockets}>
          <Value value={cpu.sockets} reason={reasons.sockets}>
            {formatCount}
          </Value>
        </Fact>
        <Fact name={texts.coresAndThreads}>
          <Value value={cores ?? threads} reason={reasons.cores}>
            {() => `${cores ?? '–'} · ${threads ?? '–'}`}
          </Value>
        </Fact>
        <Fact name={texts.frequency}>
          <Value value={frequencyOf(cpu)} reason={reasons.max_mhz}>
            {(value) => value}
          </Value>
        </Fact>
        {text(texts.governor, 'governor')}
        {text(texts.virtualization, 'virtualization')}
        {text(texts.microcode, 'microcode')}
        {caches.length > 0 && (
          <Fact name={texts.caches} className="col-span-full">
            {caches
              .map(({ level, type, size_bytes: size }) =>
                texts.cache(level, lookUp(texts.cacheTypes, type) ?? type, formatBytes(size))
              )
              .join(' · ')}
          </Fact>
        )}
      </Facts>
    </Card>
  )
}

function ModuleName({ module: { manufacturer, part_number: part, reasons } }: { module: Module }) {
  const words = [manufacturer, part].filter((word) => word !== null)
  return (
    <Value value={words.length === 0 ? null : words.join(' ')} reason={reasons.part_number}>
      {(text) => (
        <span translate="no" className="wrap-anywhere">
          {text}
        </span>
      )}
    </Value>
  )
}

const speedOf = ({ configured_speed_mts: configured, speed_mts: rated }: Module) => configured ?? rated

const columns: Column<Module>[] = [
  {
    key: 'slot',
    title: texts.slot,
    cell: ({ slot, bank, reasons }) => (
      <Value value={slot ?? bank} reason={reasons.slot}>
        {(value) => <span translate="no">{value}</span>}
      </Value>
    )
  },
  {
    key: 'size',
    title: texts.size,
    isNumeric: true,
    cell: ({ size_bytes: size }) =>
      size === null ? (
        <span className="text-muted">{texts.empty}</span>
      ) : (
        <span className="whitespace-nowrap">{formatBytes(size)}</span>
      )
  },
  {
    key: 'type',
    title: texts.type,
    cell: ({ type, form_factor: form, reasons }) => (
      <Value value={type} reason={reasons.type}>
        {(value) => <span translate="no">{[value, form].filter((word) => word !== null).join(' ')}</span>}
      </Value>
    )
  },
  {
    key: 'speed',
    title: texts.speed,
    isNumeric: true,
    cell: (module) => (
      <Value value={speedOf(module)} reason={module.reasons.speed_mts}>
        {(speed) => (
          <span className="flex flex-col whitespace-nowrap">
            {texts.speedValue(formatCount(speed))}
            {module.speed_mts !== null && module.speed_mts !== speed && (
              <span className="text-xs text-muted max-sm:whitespace-normal">
                {texts.speedRated(formatCount(module.speed_mts))}
              </span>
            )}
          </span>
        )}
      </Value>
    )
  },
  { key: 'module', title: texts.module, isSecondary: true, cell: (module) => <ModuleName module={module} /> }
]

function MemoryCard({ modules, age }: { modules: Module[]; age: Hardware['sources']['memory_modules'] }) {
  const installed = modules.filter((module) => module.installed)
  const total = installed.reduce((sum, { size_bytes: size }) => sum + (size ?? 0), 0)
  return (
    <Card
      title={texts.memory}
      icon={memoryStickIcon}
      aside={
        <span className="text-sm text-muted">
          {texts.memoryTotal(formatBytes(total), installed.length, modules.length)}
        </span>
      }
    >
      <SampleNote age={age} />
      <Table caption={texts.memory} columns={columns} rows={modules} keyOf={(module) => modules.indexOf(module)} />
    </Card>
  )
}

/** The machine, its processors and its memory modules. */
export function Machine({ hardware }: { hardware: Hardware }) {
  const { cpu, memory_modules: modules, sources } = hardware
  return (
    <>
      <BoardCard hardware={hardware} />
      <div className="grid items-start gap-3 empty:hidden sm:gap-4 xl:grid-cols-2 xl:[&>:only-child]:col-span-2">
        {cpu && <CpuCard cpu={cpu} />}
        {modules !== null && modules.length > 0 && <MemoryCard modules={modules} age={sources.memory_modules} />}
      </div>
    </>
  )
}
