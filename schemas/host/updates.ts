import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ageProperties } from './age.ts'

const count = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}; null if unknown; \`reason\` says why.`, examples: [example] }))

const reason = ' Null if unknown; `reason` says why.'

const MonitorPackageSchema = NamedObject(
  'MonitorPackage',
  {
    installed_version: Nullable(
      Type.String({
        description: 'Installed version of the package `proxmenux-monitor`; null if this daemon does not run from it.',
        examples: ['0.1.0']
      })
    ),
    candidate_version: Nullable(
      Type.String({
        description: 'The version that `apt install` would install; null if apt knows none.',
        examples: ['0.2.0']
      })
    ),
    update_available: Nullable(
      Type.Boolean({
        description: `Whether a package source of apt offers a newer version, by the package lists of this host.${reason}`,
        examples: [true]
      })
    ),
    restart_required: Nullable(
      Type.Boolean({
        description: `The package was upgraded, and this daemon still runs the version before. To restart it: \`systemctl restart proxmenux-monitor\`.${reason}`,
        examples: [false]
      })
    ),
    reason: Nullable(
      Type.String({
        description:
          'Why `update_available` is null, such as an installation from a clone or from a file; or why apt’s last answer is missing. Null otherwise.',
        examples: [null]
      })
    )
  },
  { description: 'The Debian package of this daemon, by apt’s own answer; nothing is downloaded.' }
)

export const UpdatesReplySchema = Type.Object({
  success: SuccessSchema,
  available_updates: count('Installed packages that can be upgraded', 12),
  security_updates: count('Upgrades and new packages from a security archive', 3),
  new_packages: count('New packages the upgrade would install, such as a kernel', 1),
  updates: Type.Array(
    NamedObject('PackageUpdate', {
      name: Type.String({ description: 'Name of the package.', examples: ['openssl'] }),
      from: Nullable(
        Type.String({ description: 'Installed version; null for a new package.', examples: ['3.0.16-1~deb12u1'] })
      ),
      to: Type.String({ description: 'New version.', examples: ['3.0.17-1~deb12u2'] }),
      origin: Type.String({
        description: 'Origin, in the format of apt.',
        examples: ['Debian-Security:12/stable-security']
      }),
      security: Type.Boolean({ description: 'Whether it comes from a security archive.', examples: [true] })
    }),
    { description: 'Packages `apt-get dist-upgrade` would install, sorted by name.' }
  ),
  removed: Type.Array(Type.String(), {
    description:
      'Packages the upgrade would remove. If `proxmox-ve` is among them, the package sources are wrong: do not upgrade.',
    examples: [[]]
  }),
  lists_refreshed_at: Nullable(
    Type.String({
      description: 'When apt last refreshed its package lists, ISO-8601 UTC.',
      examples: ['2025-06-01T04:12:00.000Z']
    })
  ),
  reboot_required: Nullable(
    Type.Boolean({
      description: 'Whether /run/reboot-required exists; not every distribution creates it.',
      examples: [false]
    })
  ),
  monitor: MonitorPackageSchema,
  ...ageProperties
})
export type UpdatesReply = Static<typeof UpdatesReplySchema>
