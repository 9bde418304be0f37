import { Type } from 'typebox'

const text = Type.String({
  description: 'One line per series.',
  examples: [
    '# HELP proxmox_cpu_usage CPU usage percentage\n# TYPE proxmox_cpu_usage gauge\nproxmox_cpu_usage{node="pve1"} 12.4\n'
  ]
})

export const MetricsTextSchema = {
  description: 'The Prometheus text format, or OpenMetrics if the `Accept` header asks for it.',
  content: { 'text/plain': { schema: text }, 'application/openmetrics-text': { schema: text } }
}
