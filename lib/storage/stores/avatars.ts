import type { ImageType } from '../../avatar/image-type.ts'

export interface Avatar {
  type: ImageType
  modifiedAt: Date
  /** Entity tag (RFC 9110, 8.8.3), different for every upload. */
  etag: string
}

/** The accounts' avatars, checked images, by account id. */
export interface AvatarStore {
  find(id: number): Promise<Avatar | null>
  read(id: number): Promise<(Avatar & { bytes: Buffer }) | null>
  /** Replaces the account's avatar by a checked image. */
  replace(id: number, bytes: Buffer): Promise<void>
  /** Removes the account's avatar, if there is one. */
  remove(id: number): Promise<void>
}
