// What the daemon uses of TypeBox. `npm run generate` bundles it into typebox.js: see docs/decisions/0011.

export { type Static, type TProperties, type TSchema, Type } from 'typebox'
export { Set as setFormat } from 'typebox/format'
export { Compile, Errors } from 'typebox/schema'
