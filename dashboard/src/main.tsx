import { type ComponentType, lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { Starting } from './access/starting.tsx'
import { root } from './api/place.ts'
import { App, Gate } from './app.tsx'
import { takeLoginLink } from './session/login-link.ts'
import { open } from './session/session.ts'
import { readMark } from './session/url-migration.ts'
import { Shell } from './shell/shell.tsx'
import { language } from './texts/language.ts'
import './style.css'

/** Pages with an address of their own, loaded there only. The daemon serves this script at each of them. */
const outerPages: Readonly<Record<string, ComponentType>> = {
  connection: lazy(() => import('./pages/connection/connection.tsx')),
  'api/docs': lazy(() => import('./pages/reference/reference.tsx'))
}

const secret = takeLoginLink()
readMark()
open(secret)
document.documentElement.lang = language
const Outer = outerPages[location.pathname.slice(root.pathname.length)]
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App>
      {Outer ? (
        <Suspense fallback={<Starting />}>
          <Outer />
        </Suspense>
      ) : (
        <Gate inside={Shell} />
      )}
    </App>
  </StrictMode>
)
