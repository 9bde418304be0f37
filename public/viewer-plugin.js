// What swagger-ui leaves to be desired, by its plugin interface where that reaches.

const codeTheme = {
  hljs: { display: 'block', overflowX: 'auto' },
  'hljs-attr': { color: 'var(--code)' },
  'hljs-string': { color: 'var(--code-string)' },
  'hljs-number': { color: 'var(--code-number)' },
  'hljs-literal': { color: 'var(--code-number)' }
}

/**
 * The routes and nothing around them: title, server and sign-in are this page's own, and the library's layout would put
 * a second `main` into it. Its padlocks would open a second sign-in, so they only say what a route asks for. None of its
 * colour themes has contrast enough.
 */
export const ownLayout = ({ React: { createElement } }) => ({
  components: {
    RoutesOnly: ({ getComponent }) =>
      createElement(
        'div',
        { className: 'swagger-ui' },
        createElement(getComponent('errors', true)),
        createElement(getComponent('operations', true))
      ),
    authorizeOperationBtn: () => createElement('span', { className: 'needs-token' }, 'token')
  },
  wrapComponents: {
    SyntaxHighlighter: (Original) => (props) =>
      createElement(Original, { ...props, syntaxHighlighting: { defaultStyle: codeTheme } })
  }
})

function routeOf(element) {
  const { path } = element.closest('.opblock').querySelector('[data-path]').dataset
  return `${element.closest('.opblock').querySelector('.opblock-summary-method').textContent} ${path}`
}

/** What has no name of its own, and where its name comes from. */
const names = [
  ['.body-param__text', (body) => `Request body of ${routeOf(body)}`],
  ['table[role="region"]', (table) => `Answers of ${routeOf(table)}`],
  ['.parameters-col_description :is(input, select, textarea)', (field) => field.closest('tr').dataset.paramName],
  ['.json-schema-2020-12-accordion:has(> .json-schema-2020-12-accordion__children:empty)', () => 'Schema']
]

function mendNow(root) {
  for (const [selector, nameOf] of names) {
    for (const element of root.querySelectorAll(`${selector}:not([aria-label])`)) {
      element.setAttribute('aria-label', nameOf(element))
    }
  }
  for (const code of root.querySelectorAll('pre')) {
    const scrolls = code.scrollHeight > code.clientHeight || code.scrollWidth > code.clientWidth
    if (scrolls) code.setAttribute('tabindex', '0')
    else code.removeAttribute('tabindex')
  }
}

/** Names and keyboard reach that the library's elements lack and no plugin can give them; kept up as they come and go. */
export function mend(root) {
  let asked = 0
  const later = () => {
    cancelAnimationFrame(asked)
    asked = requestAnimationFrame(() => mendNow(root))
  }
  new MutationObserver(later).observe(root, { childList: true, subtree: true })
  addEventListener('resize', later)
}
