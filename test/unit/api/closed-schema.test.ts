import t from 'tap'
import { dropUnknownFields } from '../../../lib/api/closed-schema.ts'
import { DeployBodySchema } from '../../../schemas/security/oci.ts'

t.test('unknown fields are dropped at every depth, and no other field is changed', async (t) => {
  const schema = DeployBodySchema as Parameters<typeof dropUnknownFields>[1]
  const config = { auth_key: 'x', advertise_routes: ['10.0.0.0/8'], exit_node: false }
  t.same(dropUnknownFields({ app_id: 'a', config: { ...config, env: { A: '1' } }, more: [1] }, schema), {
    app_id: 'a',
    config
  })
  t.same(dropUnknownFields({ config: 'text', app_id: null }, schema), { config: 'text', app_id: null })
  t.same(dropUnknownFields(JSON.parse('{"__proto__": {"config": 1}, "constructor": 2}'), schema), {})
  for (const other of [undefined, null, 'text', 7, [{ more: 1 }], Buffer.from('x')])
    t.equal(dropUnknownFields(other, schema), other)
})
