import { Problem, root } from './api.js'
import { mend, ownLayout } from './viewer-plugin.js'

const add = (element) =>
  new Promise((resolve, reject) => {
    element.onload = resolve
    element.onerror = () => {
      element.remove()
      reject(new Problem('ASSET'))
    }
    document.head.append(element)
  })

const addStyle = (name) =>
  add(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL(`assets/${name}`, root) }))

/** The library is ten times the rest of the page, so it is fetched once somebody is let in. */
async function loadLibrary() {
  const script = Object.assign(document.createElement('script'), { src: new URL('assets/swagger-ui-bundle.js', root) })
  if (!window.SwaggerUIBundle) await add(script)
  // One after the other: ours overrides the library's.
  await addStyle('swagger-ui.css')
  await addStyle('reference-route.css')
  await addStyle('reference.css')
  return window.SwaggerUIBundle
}

// The library has a dark side, but switches by class and not by what the system prefers.
const dark = matchMedia('(prefers-color-scheme: dark)')
const followScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches)

/** Renders the description. `token()` is asked on every request; `onRefused(code)` is told of each 401 and 403. */
export async function createViewer({ spec, domNode, token, onRefused }) {
  const SwaggerUIBundle = await loadLibrary()
  dark.addEventListener('change', followScheme)
  followScheme()
  mend(domNode)
  const isOwn = (url) => new URL(url, location.href).origin === location.origin
  SwaggerUIBundle({
    // Absolute, so that the paths hold under whatever path a proxy put before them.
    spec: { ...spec, servers: [{ url: root.href.replace(/\/$/, '') }] },
    domNode,
    deepLinking: false,
    persistAuthorization: false,
    displayRequestDuration: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [ownLayout],
    layout: 'RoutesOnly',
    requestInterceptor(request) {
      if (token() && isOwn(request.url)) request.headers.Authorization = `Bearer ${token()}`
      return request
    },
    responseInterceptor(response) {
      if (response.status === 401 || response.status === 403) onRefused(response.obj?.code)
      return response
    }
  })
}
