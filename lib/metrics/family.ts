export interface MetricValue {
  labels: Readonly<Record<string, string>>
  value: number
  /** Where it differs from the family's: the parts of a histogram. */
  metricName?: string
}

/** One metric with all its series, as Prometheus' data model has it. */
export interface MetricFamily {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  values: MetricValue[]
}

export const family = (
  type: MetricFamily['type'],
  name: string,
  help: string,
  values: readonly (readonly [labels: MetricValue['labels'], value: number | null | undefined])[]
): MetricFamily => ({
  type,
  name,
  help,
  // What is not known is left out.
  values: values.flatMap(([labels, value]) => (Number.isFinite(value) ? { labels, value: value! } : []))
})
