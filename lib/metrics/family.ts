export interface MetricValue {
  labels: Readonly<Record<string, string>>
  value: number
  /** If it differs from the family's name, as for the parts of a histogram. */
  metricName?: string
}

/** One metric with all its series, in the data model of Prometheus. */
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
  // Unknown values are omitted.
  values: values.flatMap(([labels, value]) => (Number.isFinite(value) ? { labels, value: value! } : []))
})
