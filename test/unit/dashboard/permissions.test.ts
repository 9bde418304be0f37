import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { permissionHints } from '../../../dashboard/src/texts/en/permission-hints.ts'
import { permissions } from '../../../dashboard/src/texts/en/permissions.ts'
import { account } from '../../../dashboard/src/texts/en/security/account.ts'
import { PermissionSchema, UserTypeSchema } from '../../../schemas/auth/permission.ts'

const texts = resolve(import.meta.dirname, '../../../dashboard/src/texts/en')
const known = PermissionSchema.anyOf.map((literal) => literal.const)

t.test('every permission has a name and a hint in words, and no two have the same name', async (t) => {
  t.same(Object.keys(permissions.names).sort(), [...known].sort())
  t.same(Object.keys(permissionHints.hints).sort(), [...known].sort())
  for (const id of known) {
    t.match(permissions.names[id], /^[A-Z][\w ]+$/, id)
    t.match(permissionHints.hints[id], /^[A-Z].*\.$/, id)
  }
  t.equal(new Set(Object.values(permissions.names)).size, known.length)
})

t.test('every type of user has a name', async (t) => {
  const types = UserTypeSchema.anyOf.map((literal) => literal.const)
  t.same(Object.keys(account.types).sort(), [...types].sort())
})

t.test('a sentence that names a permission names it in words too', async (t) => {
  const ids = known.filter((id) => id !== '*')
  let found = 0
  for (const file of globSync('**/*.ts', { cwd: texts }).filter((each) => !/^permission(s|-hints)\.ts$/.test(each))) {
    const text = readFileSync(join(texts, file), 'utf8')
    for (const id of ids) {
      const all = text.split(id).length - 1
      found += all
      t.equal(text.split(permissions.quoted(permissions.names[id], id)).length - 1, all, `${file}: ${id}`)
    }
  }
  t.ok(found > 2)
})
