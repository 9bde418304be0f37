import type { Config } from '../../schemas/foundation/config.ts'
import type { ConfigurationReply } from '../../schemas/security/configuration.ts'
import { readConfig, type Variable, variables } from './config.ts'

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60]
] as const

/** The duration in its largest whole unit: `15m` for 900 seconds. */
function durationText(seconds: number): string {
  const unit = UNITS.find(([, length]) => seconds > 0 && seconds % length === 0)
  return unit ? `${seconds / unit[1]}${unit[0]}` : String(seconds)
}

function valueText({ reading }: Variable, value: Config[keyof Config]): string {
  if (reading === 'duration') return durationText(value as number)
  return Array.isArray(value) ? value.join(',') : String(value)
}

/** The answer of GET /api/security/configuration. Variables with secrets are left out. */
export function describeConfiguration(config: Readonly<Config>): ConfigurationReply {
  const { config: defaults } = readConfig({})
  return {
    success: true,
    variables: variables
      .filter(({ secret }) => !secret)
      .map((variable) => {
        const { property, env: name, description, default: standard } = variable
        const value = valueText(variable, config[property])
        const customised = value !== valueText(variable, defaults![property])
        return { name, description, value: customised ? value : standard, default: standard, customised }
      })
  }
}
