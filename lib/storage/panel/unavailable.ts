import { StorageError } from '../storage-error.ts'

/**
 * PostgreSQL or Redis does not answer, or cannot store anything. The answer is 503 STORE_UNAVAILABLE. The message names
 * neither address nor user: URLs hold passwords.
 */
export class StoreUnavailableError extends StorageError {
  override readonly name: string = 'StoreUnavailableError'

  constructor(store: 'PostgreSQL' | 'Redis', cause: unknown) {
    super(store, (cause as NodeJS.ErrnoException | undefined)?.code ?? 'ETIMEDOUT', {
      reason: 'it does not answer',
      what: 'read',
      cause
    })
    this.message = `${store} is unavailable`
  }
}
