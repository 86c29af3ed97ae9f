import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { type Html, render } from './html.ts'
import { icon, mark } from './icons.ts'
import { sayFrame as say } from './messages/frame.ts'
import { type Language, languages } from './messages/speak.ts'

/** What every page needs besides its own values. */
export interface PageContext {
  language: Language
  /** True if the address names the language. The links of the page then name it too. */
  languageChosen?: boolean
  /** The address of the page within the site, for the language menu, such as `/issuers/ph-tesda`. */
  path: string
  /** `https://registry.example`, without a slash at the end. */
  baseUrl: string
  demonstration: boolean
}

/** An address of this site that keeps the language which the reader chose. */
export function local(
  path: string,
  { language, languageChosen }: Pick<PageContext, 'language' | 'languageChosen'>,
): string {
  if (!languageChosen) return path
  const [before = '', fragment] = path.split('#')
  const address = `${before}${before.includes('?') ? '&' : '?'}lang=${language}`
  return fragment === undefined ? address : `${address}#${fragment}`
}

export const hostOf = ({ baseUrl }: Pick<PageContext, 'baseUrl'>): string => new URL(baseUrl).host

/** A GET form replaces the query of its address, so the language must be a field. */
export const languageField = ({ language, languageChosen }: Pick<PageContext, 'language' | 'languageChosen'>): Html =>
  languageChosen ? html`<input type="hidden" name="lang" value="${language}">` : html``

export function languageLinks({ language, path }: Pick<PageContext, 'language' | 'path'>): Html {
  const rows = Object.entries(languages) as [Language, (typeof languages)[Language]][]
  return html`${rows.map(
    ([code, { name }]) =>
      html`<li><a href="${path}${path.includes('?') ? '&' : '?'}lang=${code}" lang="${code}" hreflang="${code}"${code === language ? html` aria-current="true"` : ''}>${name}</a></li>`,
  )}`
}

export interface Frame {
  /** Never personal, because browser histories and shared screens show it. */
  title: string
  main: Html
  /** `desk` adds a link to the desk to the menu of public pages. */
  current?: 'check' | 'issuers' | 'states' | 'desk'
  noindex?: boolean
  /** The address of an Atom feed of what the page shows. */
  feed?: string
  script?: string
  /** One sentence for the preview of a link in a chat application. As little personal as the title. */
  preview?: string
}

/**
 * What a chat application shows for a link. It sends this to its own servers, to everybody in the chat and to lists of links, so it says
 * nothing about the certificate. Without `og:url`, no application replaces the link that was sent, or counts two links as one.
 */
function previewOf({ title, preview }: Frame, { baseUrl }: PageContext): Html {
  if (preview === undefined) return html``
  return html`<meta name="description" content="${preview}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="Sijil">
<meta property="og:title" content="${title} · Sijil">
<meta property="og:description" content="${preview}">
<meta property="og:image" content="${baseUrl}${assetPaths.preview}">
<meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="og:image:alt" content="Sijil">`
}

function menu(current: Frame['current'], context: PageContext): Html {
  const { language } = context
  const link = (path: string, name: NonNullable<Frame['current']>) =>
    html`<a href="${local(path, context)}"${current === name ? html` aria-current="page"` : ''}>${say(language, `nav.${name}`)}</a>`
  return html`<nav class="nav" aria-label="${say(language, 'nav.label')}">${link('/', 'check')}${link('/issuers', 'issuers')}${link('/states', 'states')}${current === 'desk' ? link('/desk', 'desk') : ''}</nav>`
}

const footer = [
  ['/about', 'foot.about'],
  ['/privacy', 'foot.privacy'],
  ['/accessibility', 'foot.accessibility'],
  ['/report-problem', 'foot.problem'],
  ['/report-fake', 'foot.fake'],
  ['/changes', 'changes.title'],
  ['/desk/sign-in', 'foot.desk'],
] as const

/** The frame of every page: one document and one `main`. On a demonstration, a notice comes before everything (R-082). */
export function page(frame: Frame, context: PageContext): string {
  const { language, demonstration } = context
  return render(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
${frame.noindex ? html`<meta name="robots" content="noindex">` : ''}
<title>${frame.title} · Sijil</title>
${previewOf(frame, context)}
<link rel="stylesheet" href="${assetPaths.styles}">
${frame.feed === undefined ? '' : html`<link rel="alternate" type="application/atom+xml" title="${say(language, 'changes.title')}" href="${frame.feed}">`}
<link rel="icon" href="${assetPaths.iconPng}" type="image/png" sizes="96x96">
<link rel="icon" href="${assetPaths.icon}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${assetPaths.touchIcon}">
<script type="module" src="${assetPaths.menu}"></script>
${frame.script === undefined ? '' : html`<script type="module" src="${frame.script}"></script>`}
</head>
<body>
<a class="skip" href="#main">${say(language, 'skip')}</a>
${demonstration ? html`<aside class="demo" aria-label="${say(language, 'demo.label')}"><div class="wrap">${icon('info')}<p>${say(language, 'demo.text')}</p></div></aside>` : ''}
<header class="top"><div class="wrap">
<a class="brand" href="${local('/', context)}">${mark}<span>Sijil<small>${say(language, 'brand.tagline')}</small></span></a>
${menu(frame.current, context)}
<details class="lang"><summary>${icon('globe')}<span><span class="vh">${say(language, 'language')} </span>${languages[language].name}</span>${icon('chev')}</summary><ul>${languageLinks(context)}</ul></details>
</div></header>
<main id="main" tabindex="-1"><div class="wrap">
${frame.main}
</div></main>
<footer class="foot"><div class="wrap">
<ul>${footer.map(([path, key]) => html`<li><a href="${local(path, context)}">${say(language, key)}</a></li>`)}<li><a href="/openapi.json">${say(language, 'foot.machines')}</a></li><li><a href="/.well-known/security.txt">${say(language, 'foot.security')}</a></li></ul>
<p class="small dim">${say(language, 'foot.free')}</p>
</div></footer>
</body>
</html>
`)
}
