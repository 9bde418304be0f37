import { type TProperties, Type } from 'typebox'

/**
 * An object with a name of its own in the API description (lib/api/named-schemas.ts). Other objects are named after their
 * operation and field, which is enough for an object that occurs once.
 */
export const NamedObject = <Fields extends TProperties>(title: string, fields: Fields, options: object = {}) =>
  Type.Object(fields, { ...options, title })
