import Registry from 'prom-client/lib/registry.js'
import type { MetricFamily } from './family.ts'

type Metric = Parameters<InstanceType<typeof Registry>['registerMetric']>[0]

/** Whether the client accepts OpenMetrics 1.0.0. Prometheus sends it first, followed by the older text format. */
const wantsOpenMetrics = (accept: string | undefined): boolean =>
  accept?.split(',').some((part) => {
    const [type, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const version = parameters.find((text) => text.startsWith('version='))
    const isRefused = parameters.some((text) => /^q=0(\.0*)?$/.test(text))
    return type === 'application/openmetrics-text' && !isRefused && (version ?? 'version=1.0.0') === 'version=1.0.0'
  }) === true

/** Renders a scrape in the format that the `Accept` header asks for. */
export async function expose(
  families: Iterable<MetricFamily>,
  accept: string | undefined
): Promise<{ contentType: string; text: string }> {
  const contentType = wantsOpenMetrics(accept) ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE
  const registry = new Registry()
  registry.setContentType(contentType as never)
  const byName = new Map<string, MetricFamily>()
  for (const family of families) {
    if (family.values.length === 0) continue
    // Several sources may have the same family: its lines must be adjacent.
    const known = byName.get(family.name)
    byName.set(family.name, known ? { ...known, values: [...known.values, ...family.values] } : family)
  }
  for (const family of byName.values()) {
    // Implements the metric interface of prom-client over counts that are kept without it.
    const metric = { ...family, get: () => metric }
    registry.registerMetric(metric as unknown as Metric)
  }
  return { contentType, text: await registry.metrics() }
}
