import SwaggerUIBundle from '@fastify/swagger-ui/static/swagger-ui-bundle.js'
import { useLayoutEffect, useRef } from 'react'
import { root } from '../../api/place.ts'
import { getSession, subscribe } from '../../session/state.ts'
import { currentToken, onRefused } from './api-token.ts'
import { completeNames, ownLayout, resolveParts } from './swagger-plugin.ts'
import '@fastify/swagger-ui/static/swagger-ui.css'
import './reference.css'
import './route.css'

export interface Description {
  info: { version: string }
}

// The library has a dark side, but switches by class and not by what the system or a visitor prefers.
const dark = matchMedia('(prefers-color-scheme: dark)')
function followTheme(): void {
  const { classList, dataset } = document.documentElement
  classList.toggle('dark-mode', dataset.theme ? dataset.theme === 'dark' : dark.matches)
}
dark.addEventListener('change', followTheme)
new MutationObserver(followTheme).observe(document.documentElement, { attributeFilter: ['data-theme'] })
followTheme()

function render(description: Description): HTMLElement {
  const domNode = document.createElement('div')
  domNode.id = 'swagger'
  completeNames(domNode)
  const isOwn = (url: string) => new URL(url, location.href).origin === location.origin
  let sent: string | null = null
  SwaggerUIBundle({
    // Absolute, so that the paths hold under whatever path a proxy put before them.
    spec: { ...description, servers: [{ url: root.href.replace(/\/$/, '') }] },
    domNode,
    deepLinking: false,
    persistAuthorization: false,
    displayRequestDuration: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [ownLayout, resolveParts],
    layout: 'RoutesOnly',
    async requestInterceptor(request) {
      sent = await currentToken()
      if (sent !== null && isOwn(request.url)) request.headers.Authorization = `Bearer ${sent}`
      return request
    },
    responseInterceptor(response) {
      if (response.status === 401 || response.status === 403) void onRefused(response.obj?.code, sent)
      return response
    }
  })
  return domNode
}

/** Kept while a session ends and its user logs in again, so that they go on where they were. */
let rendered: { reader: string | number; node: HTMLElement } | null = null
subscribe(() => {
  const session = getSession()
  if (session.kind === 'login' && session.reason === 'logged-out') rendered = null
})

/** Swagger UI with this host's description. `reader`: whose answers it may show; another one gets it anew. */
export default function Viewer({ description, reader }: { description: Description; reader: string | number }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (rendered?.reader !== reader) rendered = { reader, node: render(description) }
    place.current!.replaceChildren(rendered.node)
  }, [description, reader])
  return <div ref={place} />
}
