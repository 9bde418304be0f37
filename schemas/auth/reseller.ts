import { type Static, Type } from 'typebox'
import { SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

/** The largest amount of numeric(14, 2), the type of a panel's balances. */
const MAX_BALANCE = 999_999_999_999.99

const name = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^(?=.*[^\\s\\u200b-\\u200f\\u2060\\ufeff])[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\ud800-\\udfff]*$',
  description: '1 to 64 characters, no control characters. No two resellers have the same name.',
  examples: ['Reseller 1']
})
const balance = Type.Number({
  minimum: -MAX_BALANCE,
  maximum: MAX_BALANCE,
  description: 'At most two decimals; negative for a debt.',
  examples: [245.5]
})
const isActive = Type.Boolean({ description: 'False suspends the reseller: its users cannot log in.' })

export const NewResellerBodySchema = ClosedObject({
  name,
  balance: Type.Optional(balance),
  is_active: Type.Optional(isActive)
})
export type NewResellerBody = Static<typeof NewResellerBodySchema>

export const ResellerChangesBodySchema = ClosedObject({
  name: Type.Optional(name),
  balance: Type.Optional(balance),
  is_active: Type.Optional(isActive)
})
export type ResellerChangesBody = Static<typeof ResellerChangesBodySchema>

export const ResellerSchema = NamedObject('Reseller', {
  id: Type.Integer(),
  name: Type.String(),
  balance: Type.Number({ description: 'With at most two decimals.' }),
  is_active: Type.Boolean({ description: 'False while the reseller is suspended.' })
})

const exampleReseller = { id: 7, name: 'Reseller 1', balance: 245.5, is_active: true }

export const ResellerReplySchema = NamedObject(
  'ResellerReply',
  { success: SuccessSchema, reseller: ResellerSchema },
  { examples: [{ success: true, reseller: exampleReseller }] }
)
export const ResellersReplySchema = Type.Object(
  { success: SuccessSchema, resellers: Type.Array(ResellerSchema) },
  { examples: [{ success: true, resellers: [exampleReseller] }] }
)

export const ResellerParamsSchema = ClosedObject({
  id: Type.Integer({ minimum: 1, maximum: 9_999_999_999, description: 'The reseller’s id.', examples: [7] })
})
