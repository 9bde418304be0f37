import type { AppDefinition } from '../../schemas/security/oci.ts'

/**
 * The app of the Monitor's catalog, whose client builds its wizard from it. That client gives the steps `intro`,
 * `options` and `deploy` a meaning of their own, and shows `advertise_routes` as its list of networks.
 */
export const secureGateway: AppDefinition = {
  id: 'secure-gateway',
  name: 'Secure Gateway',
  short_name: 'Gateway',
  category: 'security',
  subcategory: 'remote_access',
  icon: 'shield-check',
  color: '#0EA5E9',
  summary: 'Reach this host over Tailscale, without an open port.',
  config_schema: {
    auth_key: {
      type: 'password',
      label: 'Auth key',
      description: 'Used once, and never stored.',
      placeholder: 'tskey-auth-…',
      required: true,
      sensitive: true,
      help_url: 'https://login.tailscale.com/admin/settings/keys',
      help_text: 'Create an auth key'
    },
    hostname: {
      type: 'text',
      label: 'Host name',
      description: 'The name of the gateway in your tailnet.',
      placeholder: 'proxmox-gateway',
      default: 'proxmox-gateway',
      required: false
    },
    access_mode: {
      type: 'select',
      label: 'Access',
      description: 'What your tailnet reaches through the gateway.',
      default: 'host_only',
      required: true,
      options: [
        { value: 'host_only', label: 'This host only', description: 'Proxmox VE and this dashboard.' },
        {
          value: 'proxmox_network',
          label: 'Network of this host',
          description: 'All devices in the network of the recommended bridge.'
        },
        { value: 'custom', label: 'Selected networks', description: 'The networks that you select.' }
      ]
    },
    advertise_routes: {
      type: 'networks',
      label: 'Networks',
      description: 'Networks that your tailnet reaches through the gateway.',
      required: false,
      depends_on: { field: 'access_mode', values: ['custom'] }
    },
    exit_node: {
      type: 'boolean',
      label: 'Exit node',
      description: 'Devices of your tailnet can use the Internet connection of this host.',
      default: false,
      warning: 'Approve the exit node in the Tailscale admin console after the deployment.'
    },
    accept_routes: {
      type: 'boolean',
      label: 'Accept routes',
      description: 'The gateway uses networks that other devices of your tailnet advertise.',
      default: false
    }
  },
  ui: {
    wizard_steps: [
      { id: 'intro', title: 'Secure Gateway', description: 'Reach this host over Tailscale.' },
      {
        id: 'auth',
        title: 'Tailscale',
        description: 'Log the gateway in to your tailnet.',
        fields: ['auth_key', 'hostname']
      },
      {
        id: 'access',
        title: 'Access',
        description: 'Choose what your tailnet reaches.',
        fields: ['access_mode', 'advertise_routes']
      },
      {
        id: 'options',
        title: 'Options',
        description: 'Leave both off unless you need them.',
        fields: ['exit_node', 'accept_routes']
      },
      { id: 'deploy', title: 'Deploy', description: 'Review your choices, then deploy the gateway.' }
    ]
  },
  container: {
    type: 'lxc',
    template: 'alpine',
    memory: 256,
    cores: 1,
    disk_size: 2,
    privileged: false,
    packages: ['tailscale']
  }
}
