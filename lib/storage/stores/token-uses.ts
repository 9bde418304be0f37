export interface TokenUse {
  /** Milliseconds since the epoch. */
  at: number
  address: string
}

/** When and from where each API token was last used, by the SHA-256 of the token in hex. */
export interface TokenUseStore {
  /** Records a use. It need not be durable before the next `flush`. */
  touch(hash: string, now: number, address: string): void
  /** The last uses of these tokens; tokens that were never used are absent. */
  findAll(hashes: readonly string[]): Promise<ReadonlyMap<string, TokenUse>>
  flush(): Promise<void>
}
