import { type TProperties, Type } from 'typebox'

/**
 * What a client sends: an object without fields beyond the named ones (contract 2). Every body, query and path is one of
 * these; plugins/foundation/request-schemas.ts refuses to start with another.
 */
export const ClosedObject = <Fields extends TProperties>(fields: Fields, options: object = {}) =>
  Type.Object(fields, { ...options, additionalProperties: false })
