import { html, raw } from 'hono/html'
import { render } from './html.ts'
import { phrase, say } from './messages/say.ts'
import { type Language, languages } from './messages/speak.ts'

export { type Language, languages } from './messages/speak.ts'

/** The only style of the page. Its hash stands in the policy that the firewall sends with the page. */
export const smallPageStyle = [
  'body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:#16232f;background:#f7f2e7}',
  'header,main{padding:.7rem max(1rem,50% - 19rem)}',
  'header{color:#fff;background:#0a3a40;border-bottom:3px solid #c99a3f}',
  'header,h1,h2{font:700 1.25rem/1.3 Georgia,system-ui,serif}',
  'h1{margin:1.3rem 0 .6rem;font-size:1.8rem}',
  'section{margin:1.5rem 0;padding:.2rem 1.3rem;background:#fffdf8;border:1px solid #ddd3bf;border-radius:8px}',
  'ol{padding-left:1.3rem}li{margin:.4rem 0}a{color:#2b3577}',
].join('')

/** Every letter beyond ASCII as a number. The page then needs no charset, and a template of CloudFormation cannot damage it. */
const inAscii = (document: string): string =>
  document.replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)};`)

/**
 * The page for too many requests, as the firewall answers it: whole in one text, with at most 4 KB, and the same for everybody. It says
 * what `tooManyPage` says. The other languages lead to the first page, as on every page of a problem.
 */
export function smallTooManyPage({ language, seconds }: { language: Language; seconds: number }): string {
  const steps = phrase(language, 'refused.rate-limited.list', { seconds }).split('\n')
  const others = (Object.keys(languages) as Language[]).filter((code) => code !== language)
  return inAscii(
    render(html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>${phrase(language, 'refused.rate-limited.title')} · Sijil</title>
<style>${raw(smallPageStyle)}</style>
</head>
<body>
<header>Sijil</header>
<main>
<h1>${say(language, 'refused.rate-limited.title')}</h1>
<p>${say(language, 'refused.rate-limited')}</p>
<section><h2>${say(language, 'do.title')}</h2>
<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>
<nav>${others.map((code) => html`<a href="/?lang=${code}" lang="${code}" hreflang="${code}">${languages[code].name}</a> `)}</nav>
</main>
</body>
</html>
`),
  )
}
