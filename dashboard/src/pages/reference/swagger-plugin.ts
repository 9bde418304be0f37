// What swagger-ui leaves to be desired, by its plugin interface where that reaches.
import type * as React from 'react'
import { texts } from '../../texts/reference.ts'

type Props = Record<string, unknown>

interface System {
  React: typeof React
}

const codeTheme = {
  hljs: { display: 'block', overflowX: 'auto' },
  'hljs-attr': { color: 'var(--code)' },
  'hljs-string': { color: 'var(--code-string)' },
  'hljs-number': { color: 'var(--code-number)' },
  'hljs-literal': { color: 'var(--code-number)' }
}

/**
 * The routes and nothing around them: title, server and login are this page's own, and the library's layout would put a
 * second `main` into it. Its padlocks would open a second login, so they only say what a route asks for. None of its
 * colour themes has contrast enough.
 */
export const ownLayout = ({ React: { createElement } }: System) => ({
  components: {
    RoutesOnly: ({ getComponent }: { getComponent(name: string, isContainer: boolean): React.ComponentType }) =>
      createElement(
        'div',
        { className: 'swagger-ui' },
        createElement(getComponent('errors', true)),
        createElement(getComponent('operations', true))
      ),
    authorizeOperationBtn: () => createElement('span', { className: 'needs-token' }, texts.needsToken)
  },
  wrapComponents: {
    SyntaxHighlighter: (Original: React.ComponentType<Props>) => (props: Props) =>
      createElement(Original, { ...props, syntaxHighlighting: { defaultStyle: codeTheme } })
  }
})

interface Description {
  paths: Record<string, object>
  components: Record<string, Record<string, object>>
}
type Path = readonly [string, string, ...string[]]

const REFERENCE = /"#\/components\/(\w+)\/([^"/]+)"/g

/** What one entry of the description needs of it: the entry itself, and the components that it refers to. */
function partFor(description: Description, [group, name]: Path): Description {
  const paths = group === 'paths' ? { [name]: description.paths[name]! } : {}
  const components: Description['components'] = group === 'components' ? { [name]: description.components[name]! } : {}
  const add = (from: object) => {
    for (const [, kind, key] of JSON.stringify(from).matchAll(REFERENCE)) {
      const component = description.components[kind!]?.[key!]
      if (!component || components[kind!]?.[key!]) continue
      components[kind!] = { ...components[kind!], [key!]: component }
      add(component)
    }
  }
  add({ paths, components })
  return { ...description, paths, components }
}

/**
 * Resolves references within a part of the description. The library reads all of it for each route that is opened, which
 * takes seconds.
 */
export const resolveParts = ({
  fn: { resolveSubtree }
}: {
  fn: { resolveSubtree(description: Description, path: Path, options: object): Promise<object> }
}) => ({
  fn: {
    resolveSubtree: (description: Description, path: Path, options: object) =>
      resolveSubtree(partFor(description, path), path, options)
  }
})

function routeOf(element: Element): string {
  const route = element.closest('.opblock')!
  const path = route.querySelector<HTMLElement>('[data-path]')!.dataset.path
  return `${route.querySelector('.opblock-summary-method')!.textContent} ${path}`
}

/** What has no name of its own, and where its name comes from. */
const names: [selector: string, nameOf: (element: Element) => string][] = [
  ['.body-param__text', (body) => texts.body(routeOf(body))],
  ['.examples-select-element', (select) => texts.examples(routeOf(select))],
  ['table[role="region"]', (table) => texts.answers(routeOf(table))],
  [
    '.parameters-col_description :is(input, select, textarea)',
    (field) => field.closest<HTMLElement>('tr')!.dataset.paramName!
  ],
  ['.json-schema-2020-12-accordion:has(> .json-schema-2020-12-accordion__children:empty)', () => texts.schema]
]

function completeNow(root: HTMLElement): void {
  for (const [selector, nameOf] of names) {
    for (const element of root.querySelectorAll(`${selector}:not([aria-label])`)) {
      element.setAttribute('aria-label', nameOf(element))
    }
  }
  // A long list is rendered around what is in view: the heading of the group above may not be there.
  for (const title of root.querySelectorAll('.opblock-title')) title.setAttribute('aria-level', '3')
  for (const code of root.querySelectorAll('pre')) {
    const scrolls = code.scrollHeight > code.clientHeight || code.scrollWidth > code.clientWidth
    if (scrolls) code.setAttribute('tabindex', '0')
    else code.removeAttribute('tabindex')
  }
}

/** Names and keyboard reach that the library's elements lack and no plugin can give them; kept up as they come and go. */
export function completeNames(root: HTMLElement): void {
  let asked = 0
  const later = () => {
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => completeNow(root))
  }
  new MutationObserver(later).observe(root, { childList: true, subtree: true })
  addEventListener('resize', later)
}
