import type { ParseError } from 'jsonc-parser'
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/schema'

export type Document<T> = { ok: true; data: T } | { ok: false; fault: string }

/**
 * Reads one JSON document by its schema. A fault says where it is (line and column, or the path of the field)
 * and never quotes the text: these files hold secrets and the fault goes to the log. `checkMeaning` finds what a schema
 * cannot express, in data that fits it.
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
    // When the first document is read: it costs a start 5 ms, and many a host has no settings.json.
    validator ??= Compile(schema)
    if (validator.Check(data)) {
      const fault = checkMeaning(data as Static<S>)
      return fault === null ? { ok: true, data: data as Static<S> } : { ok: false, fault }
    }
    const error = validator.Errors(data)[1].toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0]
    return { ok: false, fault: `${error?.instancePath || '/'} ${error?.message ?? 'is not what the schema allows'}` }
  }
}
export type DocumentReader<S extends TSchema> = ReturnType<typeof createDocumentReader<S>>

// V8's own message quotes the text around the fault, and for some faults gives no position at all.
async function locateSyntaxFault(text: string): Promise<string> {
  const { parseTree } = await import('jsonc-parser')
  const errors: ParseError[] = []
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  } catch {
    return 'a place nested too deeply to tell'
  }
  const offset = errors[0]?.offset ?? text.length
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`
}
