import type { ParseError } from 'jsonc-parser'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/schema'

export type Document<T> = { ok: true; data: T } | { ok: false; fault: string }

/**
 * Parses a JSON document and validates it by a schema. A fault gives its position (line and column, or the path of the
 * field) and never quotes the text: these files hold secrets and faults are logged. `checkMeaning` checks for faults
 * that the schema cannot express.
 */
export function createDocumentReader<S extends TSchema>(
  schema: S,
  checkMeaning: (data: Static<S>) => string | null = () => null
) {
  let validator: ReturnType<typeof Compile<S>> | undefined
  return async (bytes: Uint8Array): Promise<Document<Static<S>>> => {
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return { ok: false, fault: 'not UTF-8 text' }
    }
    let data: unknown
    try {
      data = JSON.parse(text)
    } catch {
      return { ok: false, fault: `not valid JSON at ${await locateSyntaxFault(text)}` }
    }
    // Compiled on first use: it takes 5 ms, and many hosts have no settings.json.
    validator ??= Compile(schema)
    if (validator.Check(data)) {
      const fault = checkMeaning(data as Static<S>)
      return fault === null ? { ok: true, data: data as Static<S> } : { ok: false, fault }
    }
    const error = validator.Errors(data)[1].toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0]
    return { ok: false, fault: `${error?.instancePath || '/'} ${error?.message ?? 'does not match the schema'}` }
  }
}
export type DocumentReader<S extends TSchema> = ReturnType<typeof createDocumentReader<S>>

// V8's message quotes the text around the fault, and sometimes gives no position.
async function locateSyntaxFault(text: string): Promise<string> {
  const { parseTree } = await import('jsonc-parser')
  const errors: ParseError[] = []
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  } catch {
    return 'an unknown position (the document is nested too deeply)'
  }
  const offset = errors[0]?.offset ?? text.length
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`
}
