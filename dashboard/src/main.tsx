import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readMark } from './session/moved.ts'
import { start } from './session/session.ts'
import { language } from './texts/index.ts'
import './style.css'

document.documentElement.lang = language
readMark()
void start()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>
)
