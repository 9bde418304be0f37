import { type TProperties, Type } from 'typebox'

/**
 * A request object that rejects unknown fields (contract 2). Every body, query and path schema must be closed:
 * plugins/foundation/request-schemas.ts checks it at startup.
 */
export const ClosedObject = <Fields extends TProperties>(fields: Fields, options: object = {}) =>
  Type.Object(fields, { ...options, additionalProperties: false })
