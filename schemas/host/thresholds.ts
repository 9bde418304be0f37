import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { type GaugeName, gauges, type ThresholdsBody, ThresholdsBodySchema, ThresholdsReplySchema } from './health.ts'

interface Place {
  gauge: GaugeName
  level: 'warning' | 'critical'
}
const both = (gauge: GaugeName): Record<Place['level'], Place> => ({
  warning: { gauge, level: 'warning' },
  critical: { gauge, level: 'critical' }
})

/**
 * The Monitor's sections of thresholds, and the gauge behind each value. Its sections for the disks of guests, storages of
 * Proxmox VE, pools and classes of disks have no gauge of their own here and are left out.
 */
export const thresholdSections = {
  cpu: both('cpu'),
  memory: { ...both('memory'), swap_critical: { gauge: 'swap', level: 'critical' } as Place },
  host_storage: both('filesystem'),
  cpu_temperature: both('temperature')
}
export type ThresholdSection = keyof typeof thresholdSections
export const thresholdSectionNames = Object.keys(thresholdSections) as ThresholdSection[]

const LeafSchema = Type.Object({
  value: Type.Number({ description: 'The threshold in force.' }),
  recommended: Type.Number({ description: 'Its default.' }),
  customised: Type.Boolean({ description: 'True if it differs from the default.' }),
  unit: Type.String(),
  min: Type.Number(),
  max: Type.Number(),
  step: Type.Number()
})
export type ThresholdLeaf = Static<typeof LeafSchema>
export type ThresholdTree = Record<ThresholdSection, Record<string, ThresholdLeaf>>

const leafExample = ({ gauge, level }: Place): ThresholdLeaf => {
  const { [level]: value, unit, minimum: min, maximum: max } = gauges[gauge]
  return { value, recommended: value, customised: false, unit, min, max, step: 1 }
}
const ofLeaves = <T>(build: (place: Place) => T) =>
  Object.fromEntries(
    Object.entries(thresholdSections).map(([section, places]) => [
      section,
      Object.fromEntries(Object.entries(places).map(([name, place]) => [name, build(place)]))
    ])
  )

const TreeSchema = Type.Unsafe<ThresholdTree>({
  type: 'object',
  required: thresholdSectionNames,
  properties: Object.fromEntries(
    Object.entries(thresholdSections).map(([section, places]) => {
      const properties = Object.fromEntries(Object.keys(places).map((name) => [name, LeafSchema]))
      return [section, { type: 'object', required: Object.keys(properties), properties }]
    })
  ),
  description: 'The thresholds in the sections of ProxMenux Monitor.',
  examples: [ofLeaves(leafExample)]
})

/** `gauges` has every threshold of this daemon, as `thresholds` of GET /api/health/full. */
export const ThresholdTreeReplySchema = NamedObject('ThresholdTreeReply', {
  success: SuccessSchema,
  thresholds: TreeSchema,
  gauges: ThresholdsReplySchema.properties.thresholds
})
export type ThresholdTreeReply = Static<typeof ThresholdTreeReplySchema>

const level = ({ gauge, level }: Place) => {
  const { minimum, maximum, [level]: value } = gauges[gauge]
  return { type: 'number', minimum, maximum, examples: [value] }
}
const sectionBody = (section: ThresholdSection) => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(thresholdSections[section]).map(([name, place]) => [name, level(place)])
  ),
  description: 'Section of ProxMenux Monitor.'
})

/** A change in the Monitor's sections, in this daemon's gauges, or in both. */
export type ThresholdTreeBody = ThresholdsBody & {
  memory?: ({ swap_critical?: number } & ThresholdsBody['memory']) | null
  host_storage?: ThresholdsBody['filesystem']
  cpu_temperature?: ThresholdsBody['temperature']
}
const gaugeBodies = (ThresholdsBodySchema as unknown as { properties: Record<GaugeName, { properties: object }> })
  .properties
export const ThresholdTreeBodySchema = Type.Unsafe<ThresholdTreeBody>({
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    ...gaugeBodies,
    memory: {
      ...gaugeBodies.memory,
      title: 'MemoryLimits',
      properties: { ...gaugeBodies.memory.properties, swap_critical: level({ gauge: 'swap', level: 'critical' }) }
    },
    host_storage: sectionBody('host_storage'),
    cpu_temperature: sectionBody('cpu_temperature')
  }
})

export const ThresholdResetQuerySchema = ClosedObject({
  section: Type.Optional(
    Type.Enum([...thresholdSectionNames], {
      type: 'string',
      description: 'Only the thresholds of this section; by default every threshold is reset.',
      examples: ['cpu']
    })
  )
})
export type ThresholdResetQuery = Static<typeof ThresholdResetQuerySchema>
