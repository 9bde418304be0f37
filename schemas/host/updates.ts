import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ageProperties } from './age.ts'

const count = (description: string, example: number) =>
  Nullable(Type.Integer({ description: `${description}; null where \`reason\` says why.`, examples: [example] }))

export const UpdatesReplySchema = Type.Object({
  success: SuccessSchema,
  available_updates: count('Installed packages that could be upgraded', 12),
  security_updates: count('Those of them and of the new ones that come from a security archive', 3),
  new_packages: count('Packages that would be installed anew on the way, such as a kernel', 1),
  updates: Type.Array(
    Type.Object({
      name: Type.String({ description: 'Name of the package.', examples: ['openssl'] }),
      from: Nullable(
        Type.String({ description: 'Installed version; null for a new package.', examples: ['3.0.16-1~deb12u1'] })
      ),
      to: Type.String({ description: 'Version it would become.', examples: ['3.0.17-1~deb12u2'] }),
      origin: Type.String({
        description: 'Where it comes from, as apt says it.',
        examples: ['Debian-Security:12/stable-security']
      }),
      security: Type.Boolean({ description: 'It comes from a security archive.', examples: [true] })
    }),
    { description: 'What `apt-get dist-upgrade` would install, by name.' }
  ),
  removed: Type.Array(Type.String(), {
    description: 'Packages it would remove; `proxmox-ve` among them means that the sources are wrong.',
    examples: [[]]
  }),
  lists_refreshed_at: Nullable(
    Type.String({
      description: 'When apt last wrote its package lists, ISO-8601 UTC.',
      examples: ['2025-06-01T04:12:00.000Z']
    })
  ),
  reboot_required: Nullable(
    Type.Boolean({ description: '/run/reboot-required is there; not every distribution writes it.', examples: [false] })
  ),
  ...ageProperties
})
export type UpdatesReply = Static<typeof UpdatesReplySchema>
