import { type ImageType, imageTypes } from '../../lib/avatar/image-type.ts'
import { type App, bearer } from '../support/app.ts'
import { makeImage } from '../support/images.ts'

export const url = '/api/auth/profile/avatar'
export const types = Object.keys(imageTypes) as ImageType[]
export const png = await makeImage('image/png')

export interface Body {
  headers: Record<string, string>
  payload: Buffer | string
}
export const raw = (type: string, payload: Buffer | string): Body => ({ headers: { 'content-type': type }, payload })
export const post = (app: App, token: string, { headers, payload }: Body) =>
  app.inject({ method: 'POST', url, headers: { ...bearer(token), ...headers }, payload })
export const get = (app: App, token: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { ...bearer(token), ...headers } })
export const profileOf = async (app: App, token: string) =>
  (await app.inject({ url: '/api/auth/profile', headers: bearer(token) })).json()
