/** What a recipe is filled with. */
export interface RecipeValues {
  /** The address of the daemon, with a slash at the end. */
  base: string
  token: string
  /** The name of the host, such as `pve1`. */
  host: string
}

interface RecipeFile {
  /** The file or the form that the text belongs into. */
  place: string
  text: string
}

const sensor = (host: string, name: string, template: string, more: readonly string[]) =>
  [
    `      - name: "${host} ${name}"`,
    `        unique_id: ${host.replaceAll(/\W/g, '_')}_${name.replaceAll(' ', '_').toLowerCase()}`,
    `        value_template: "{{ ${template} }}"`,
    ...more.map((line) => `        ${line}`)
  ].join('\n')

const homeAssistant = ({ base, token, host }: RecipeValues): RecipeFile[] => [
  { place: 'secrets.yaml', text: `proxmenux_token: "Bearer ${token}"` },
  {
    place: 'configuration.yaml',
    text: `rest:
  - resource: ${base}api/system
    headers:
      Authorization: !secret proxmenux_token
    scan_interval: 30
    sensor:
${[
  sensor(host, 'CPU', 'value_json.cpu_usage', ['unit_of_measurement: "%"', 'state_class: measurement']),
  sensor(host, 'memory', 'value_json.memory_usage', ['unit_of_measurement: "%"', 'state_class: measurement']),
  sensor(host, 'up since', 'value_json.boot_time', ['device_class: timestamp'])
].join('\n')}
  - resource: ${base}api/system-info
    scan_interval: 60
    binary_sensor:
${sensor(host, 'problem', "value_json.health.status != 'healthy'", ['device_class: problem'])}`
  }
]

const homepage = ({ base, token, host }: RecipeValues): RecipeFile[] => [
  { place: 'HOMEPAGE_VAR_PROXMENUX_TOKEN', text: token },
  {
    place: 'services.yaml',
    text: `- Servers:
    - ${host}:
        href: ${base}
        icon: proxmox
        siteMonitor: ${base}api/system-info
        widget:
          type: customapi
          url: ${base}api/system
          headers:
            Authorization: Bearer {{HOMEPAGE_VAR_PROXMENUX_TOKEN}}
          mappings:
            - field: uptime
              label: Uptime
            - field: cpu_usage
              label: CPU
              format: float
              suffix: " %"
            - field: memory_usage
              label: RAM
              format: float
              suffix: " %"`
  }
]

function prometheus({ base, token }: RecipeValues): RecipeFile[] {
  const { host, protocol, pathname } = new URL(base)
  return [
    { place: '/etc/prometheus/proxmenux.token', text: token },
    {
      place: 'prometheus.yml',
      text: `scrape_configs:
  - job_name: proxmenux
    scheme: ${protocol.replace(':', '')}
    metrics_path: ${pathname}api/prometheus
    authorization:
      credentials_file: /etc/prometheus/proxmenux.token
    static_configs:
      - targets: ["${host}"]`
    }
  ]
}

const uptimeKuma = ({ base, token }: RecipeValues): RecipeFile[] => [
  {
    place: 'HTTP(s) - Json Query',
    text: `URL: ${base}api/health
Headers: {"Authorization": "Bearer ${token}"}
Json Query: status
Expected Value: healthy`
  }
]

/** Texts to copy for the programs that most tokens are made for. docs/integrations.md explains them. */
export const recipes = {
  curl: ({ base, token }: RecipeValues): RecipeFile[] => [
    { place: 'sh', text: `curl -H 'Authorization: Bearer ${token}' '${base}api/system'` }
  ],
  homeAssistant,
  homepage,
  prometheus,
  uptimeKuma
}
export type RecipeName = keyof typeof recipes
