export interface BadRequest {
  name: string
  headers?: Record<string, string>
  /** Put behind the path. */
  query?: string
  payload?: string | Buffer
  /** What a route that takes a body must answer once its caller is let in. */
  expected?: 400 | 413 | 415
}

interface BodySchema {
  properties?: Record<string, { examples?: unknown[] }>
  required?: string[]
}

const json = { 'content-type': 'application/json' }
const nested = (open: string, close: string) => open.repeat(10_000) + close.repeat(10_000)

/** A body that fits, from the schema's own examples. */
export function makeGoodBody(schema: BodySchema): Record<string, unknown> {
  const required = schema.required ?? []
  return Object.fromEntries(required.map((name) => [name, schema.properties?.[name]?.examples?.[0] ?? 'x']))
}

const rawBodies: [string, string | Buffer][] = [
  ['half an object', '{'],
  ['half a text', '{"a":"'],
  ['single quotes', "{'a': 1}"],
  ['two documents', '{}{}'],
  ['a comma too many', '{"a":1,}'],
  ['a comment', '{/* */}'],
  ['NaN', '{"a":NaN}'],
  ['a NUL byte', '\0'],
  ['a NUL byte after the document', '{}\0'],
  ['a raw newline in a text', '{"a":"\n"}'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ['bytes that are no UTF-8 in a text', Buffer.from('{"a":"\xff\xfe"', 'latin1')],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
  ['lists 10,000 deep and never closed', '['.repeat(10_000)],
  ['__proto__', '{"__proto__":{"polluted":true}}'],
  ['an escaped __proto__', '{"\\u005f\\u005fproto__":{"polluted":true}}'],
  ['constructor.prototype', '{"constructor":{"prototype":{"polluted":true}}}']
]

const roots: [string, unknown][] = [
  ['null', null],
  ['true', true],
  ['a number', 1e308],
  ['a text', 'x'],
  ['an empty list', []],
  ['a list of objects', [{}]]
]

const contentTypes = [
  'text/plain',
  'text/plain; charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/jsonx',
  'application/vnd.api+json',
  'text/json',
  'json',
  '*/*',
  'a'.repeat(4000)
]

const values: [string, unknown][] = [
  ['null', null],
  ['a number', 7],
  ['a negative number', -1e308],
  ['false', false],
  ['a list', ['x']],
  ['an object', { toString: 'x', length: 5 }],
  ['an empty text', ''],
  ['60 kB', 'x'.repeat(60_000)],
  ['60 kB of combining marks', '\u0301\u0327'.repeat(14_000)]
]

/** Texts that a schema may well take: each may cost a password hash, so they are few. */
const oddTexts: [string, string][] = [
  ['NUL, a lone surrogate, a newline', '"\\u0000\\ud800\\r\\n\\u2028"'],
  ['signs of HTML, SQL and a shell', JSON.stringify(`'"><script>$(id)</script>;--`)]
]

/** Bodies that are invalid for every route. */
export function makeBadBodies(schema: BodySchema): BadRequest[] {
  const good = makeGoodBody(schema)
  const names = Object.keys(schema.properties ?? {})
  const bad: BadRequest[] = [
    ...rawBodies.map(([name, payload]): BadRequest => ({ name, headers: json, payload, expected: 400 })),
    ...roots.map(([name, root]): BadRequest => ({ name, headers: json, payload: JSON.stringify(root), expected: 400 })),
    ...contentTypes.map(
      (type): BadRequest => ({
        name: `content type ${type.slice(0, 40)}`,
        headers: { 'content-type': type },
        payload: JSON.stringify(good),
        expected: 415
      })
    ),
    { name: 'no content type', payload: JSON.stringify(good), headers: { 'content-type': '' }, expected: 415 },
    { name: 'an empty body', headers: json, payload: '' },
    { name: 'lists 10,000 deep', headers: json, payload: nested('[', ']'), expected: 400 },
    { name: 'objects 10,000 deep', headers: json, payload: nested('{"a":', '}').replace('}', '1}') },
    { name: '100 kB', headers: json, payload: JSON.stringify({ ...good, x: 'x'.repeat(100_000) }), expected: 413 },
    { name: '5 MB', headers: json, payload: Buffer.alloc(5_000_000, 'x'), expected: 413 }
  ]
  for (const name of names) {
    const { [name]: _, ...rest } = good
    if (schema.required?.includes(name)) {
      bad.push({ name: `${name} missing`, headers: json, payload: JSON.stringify(rest), expected: 400 })
    }
    for (const [what, value] of values) {
      // An absent optional field may be empty or of any type the schema names: only what fits none is sure to be bad.
      bad.push({ name: `${name}: ${what}`, headers: json, payload: JSON.stringify({ ...rest, [name]: value }) })
    }
    for (const [what, text] of oddTexts) {
      const others = JSON.stringify(rest).slice(1)
      const comma = others === '}' ? '' : ','
      bad.push({ name: `${name}: ${what}`, headers: json, payload: `{"${name}":${text}${comma}${others}` })
    }
  }
  const extra = '"x":1,"__proto":2,"hasOwnProperty":3,"toString":4,"valueOf":5,"then":6'
  bad.push({ name: 'unknown fields', headers: json, payload: JSON.stringify(good).replace('}', `,${extra}}`) })
  return bad
}

export const badQueries: BadRequest[] = [
  '?',
  '?&&&===',
  '?%00=%00',
  '?%zz=%',
  '?a[b][c]=d&a=e&a[]=f',
  '?__proto__[polluted]=1&constructor.prototype.polluted=1',
  `?${'a=1&'.repeat(20_000)}`,
  `?q=${'x'.repeat(1_000_000)}`,
  '?%F0%9F%98',
  '#fragment?x'
].map((query) => ({ name: `query ${query.slice(0, 30)}`, query }))

export const badHeaders: BadRequest[] = Object.entries({
  authorization: 'Bearer',
  cookie: `${'a=b; '.repeat(5000)}__proto__=1`,
  'x-forwarded-for': `${'1.2.3.4, '.repeat(5000)}x`,
  'x-real-ip': '[::1',
  'x-forwarded-proto': 'javascript',
  'x-forwarded-host': '\t"><script>',
  'x-forwarded-prefix': '/../..//evil',
  'user-agent': 'x'.repeat(50_000),
  accept: 'application/xml;q=broken,,,',
  'accept-encoding': '*;q=-1',
  range: 'bytes=99999999-0',
  'if-none-match': '*',
  'if-modified-since': 'yesterday',
  'content-length': '-1',
  'content-encoding': 'gzip',
  'transfer-encoding': 'gzip',
  upgrade: 'h2c',
  'x-http-method-override': 'DELETE',
  'content-type': 'application/json; charset=utf-16'
}).map(([name, value]) => ({ name: `header ${name}`, headers: { [name]: value } }))

/** In the place of a path's parameter. */
export const badParameters = [
  'x',
  'x'.repeat(101),
  'x'.repeat(10_000),
  '%2e%2e',
  '..%2f..%2fetc',
  '%00',
  '%zz',
  '%25',
  '%F0%9F%98%80',
  '__proto__',
  'constructor',
  '-1',
  '1e999',
  'null',
  '%27%20OR%201=1'
]

/** Whole paths that are none of ours. */
export const badPaths = [
  '/%',
  '/%zz',
  '/%00',
  '/api/%c0%ae%c0%ae/',
  '/api/auth/%2e%2e/%2e%2e/etc/passwd',
  '/api/../../etc/passwd',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/assets/..%5c..%5cpackage.json',
  '/api//system',
  '//api/system',
  '/api/system/',
  '/API/SYSTEM',
  '/api/system;x=1',
  '/api/system%20',
  '/api/system%00',
  '/api/system.json',
  '/api/__proto__',
  '/api/constructor',
  '/%E2%80%AE',
  `/api/${'a/'.repeat(10_000)}`,
  `/${'x'.repeat(1_000_000)}`,
  '/api/auth/login/../status',
  '/*',
  '/.env',
  '/.git/config',
  'http://127.0.0.1/api/no-such-thing'
]
