import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Marked, type Tokens } from 'marked'
import type { Plugin } from 'vite'

const docs = resolve(import.meta.dirname, '../docs')

/** The anchor that GitHub gives a heading too. */
const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(/\s/g, '-')

/** The attributes of a picture, so that the page does not jump when it is loaded. */
function sizeOf(file: string): string {
  const png = readFileSync(file)
  return `width="${png.readUInt32BE(16)}" height="${png.readUInt32BE(20)}"`
}

/** docs/guide.md as HTML. Throws where the page would be wrong: raw HTML, a link to a missing heading. */
export function renderGuide(text = readFileSync(resolve(docs, 'guide.md'), 'utf8')): {
  contents: string
  html: string
} {
  const anchors = new Set<string>()
  const wanted = new Set<string>()
  const contents: string[] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const slug = slugOf(text)
        if (anchors.has(slug)) throw new Error(`two headings of the guide have the anchor ${slug}`)
        anchors.add(slug)
        const html = this.parser.parseInline(tokens)
        if (depth === 2) contents.push(`<li><a href="#${slug}">${html}</a></li>`)
        return `<h${depth} id="${slug}">${html}</h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const html = this.parser.parseInline(tokens)
        if (href.startsWith('#')) {
          wanted.add(href.slice(1))
          return `<a href="${href}">${html}</a>`
        }
        if (/^https:\/\/[\w./-]+$/.test(href)) return `<a href="${href}" rel="noreferrer">${html}</a>`
        // The other documents are files of the project, and not served.
        if (/^[\w-]+\.md$/.test(href)) return `<code>docs/${href}</code>`
        throw new Error(`a link of the guide leads to ${href}`)
      },
      image({ href, text }: Tokens.Image) {
        return `<img src="../docs/${href}" alt="${text}" loading="lazy" ${sizeOf(resolve(docs, href))}>`
      },
      html({ text }: Tokens.HTML | Tokens.Tag): string {
        throw new Error(`the guide has raw HTML: ${text}`)
      }
    }
  })
  const html = marked.parse(text, { async: false })
  const missing = [...wanted].filter((anchor) => !anchors.has(anchor))
  if (missing.length > 0) throw new Error(`the guide has no heading ${missing.join(', ')}`)
  return { contents: `<ul>${contents.join('')}</ul>`, html }
}

/** Puts the guide into guide.html, before Vite looks for pictures in it. */
export const guidePage: Plugin = {
  name: 'guide-page',
  transformIndexHtml: {
    order: 'pre',
    handler(page, { filename }) {
      if (!filename.endsWith('guide.html')) return
      const { contents, html } = renderGuide()
      return page.replace('<!-- contents -->', () => contents).replace('<!-- guide -->', () => html)
    }
  }
}
