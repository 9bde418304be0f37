import { Gate } from '../../app.tsx'
import { setApiToken, useApiToken } from './api-token.ts'
import { Routes } from './routes.tsx'
import { TokenForm } from './token-form.tsx'

/** The API reference with try-out. Requires a login or an API token. */
export default function Reference() {
  const isTokenUsed = useApiToken() !== null
  if (isTokenUsed) return <Routes onLogOut={() => setApiToken(null)} onProtect={() => {}} />
  return <Gate inside={Routes} underLogin={<TokenForm />} />
}
