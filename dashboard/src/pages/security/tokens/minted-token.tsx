import { urlOf } from '../../../api/place.ts'
import { useTenant } from '../../../session/panel.ts'
import { t } from '../../../texts/index.ts'
import { SecretLine } from '../secret-line.tsx'

/** A new token, shown only once, with an example command. */
export function MintedToken({ token }: { token: string }) {
  const texts = t.security.tokens
  const curl = `curl -H 'Authorization: Bearer ${token}' '${urlOf(useTenant() ? 'api/auth/me' : 'api/system')}'`
  return (
    <>
      <SecretLine label={texts.token} text={token} copy={texts.copyToken} />
      <SecretLine label={texts.curl} text={curl} copy={texts.copyCurl} />
    </>
  )
}
