import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import type { PortfolioValues } from './corridor-values.ts'
import { pathOfTrack, plainTitle, titleOf } from './corridor-words.ts'
import { sentences, withoutScript } from './file-sentences.ts'
import { foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { type Language, phrase, say } from './messages/say.ts'
import { type PageContext, page } from './page.ts'
import { crumb } from './reported-corridor-page.ts'

function maker({ track, registry, command }: PortfolioValues, language: Language): Html {
  return html`<section data-portfolio data-corridor="${track.corridor}" data-track="${track.id}" data-registry="${registry}"><h2>${say(language, 'portfolio.make')}</h2>
${withoutScript(`${command} certificate.pdf photo.jpg --out manifest.json`, language)}
<div class="flow-s" data-with-script hidden><label for="portfolio-files">${say(language, 'portfolio.files')}</label><p class="hint" id="portfolio-hint">${say(language, 'portfolio.files.hint')}</p>
<input id="portfolio-files" type="file" multiple data-files aria-describedby="portfolio-hint">
<div role="status">${sentences(['busy', 'empty', 'same', 'large', 'many', 'unread'], language)}</div>
<ul class="rows" data-rows></ul>
<button type="button" class="btn" data-make hidden>${icon('down')}${say(language, 'portfolio.download')}</button>
<div role="status"><div class="call ok" data-made hidden>${icon('check')}<p><b>${say(language, 'portfolio.made')}</b> ${say(language, 'portfolio.made.text')}<br><code data-hash></code></p></div></div></div>
<template><li class="flow-s mt1"><p><b><bdi data-name></bdi></b> <span class="small dim" data-size></span><br><code class="small" data-hash></code></p><label>${say(language, 'portfolio.name')}<input type="text" maxlength="200" autocomplete="off"></label><p><button type="button" class="btn alt">${icon('x')}${say(language, 'portfolio.remove')}</button></p></li></template></section>`
}

function checker(language: Language): Html {
  return html`<section data-manifest-check><h2>${say(language, 'portfolio.check')}</h2><p>${say(language, 'portfolio.check.text')}</p>
${withoutScript('sijil portfolio check manifest.json certificate.pdf photo.jpg', language)}
<div class="flow-s" data-with-script hidden><label for="manifest">${say(language, 'portfolio.manifest')}</label><input id="manifest" type="file" accept=".json,application/json" data-manifest>
<label for="manifest-files">${say(language, 'portfolio.received')}</label><input id="manifest-files" type="file" multiple data-files>
<div role="status">${sentences(['busy', 'not-a-manifest', 'unread'], language)}<p data-say="hash" hidden>${say(language, 'portfolio.hash')}<br><code data-hash></code><br><a data-receipt>${say(language, 'portfolio.receipt')}</a></p></div>
<ul class="rows" data-rows></ul></div>
<template><li class="mt1"><p><bdi data-name></bdi><br><span data-outcome="holds">${tag('ok', 'check', say(language, 'portfolio.check.holds'))}</span><span data-outcome="differs">${tag('no', 'x', say(language, 'portfolio.check.differs'))}</span><span data-outcome="absent">${tag('gy', 'minus', say(language, 'portfolio.check.absent'))}</span></p></li></template></section>`
}

/** Step 7a: a worker lists hashes of files, and an authority compares the files that it got. Both happen in the browser. */
export function portfolioPage(values: PortfolioValues, context: PageContext): string {
  const { language } = context
  const { track } = values
  const main = html`${crumb(pathOfTrack(track), titleOf(track, language), context)}
<div class="head"><h1>${say(language, 'portfolio.title')}</h1><p class="lead">${titleOf(track, language)}</p></div>
<div class="call ok mb2">${icon('lock')}<p><b>${say(language, 'portfolio.private')}</b> ${say(language, 'portfolio.private.text')}</p></div>
<div class="sheet">${maker(values, language)}${checker(language)}
<section><h2>${say(language, 'portfolio.next')}</h2><ol class="num">${phrase(language, 'portfolio.next.steps')
    .split('\n')
    .map(
      (step) => html`<li>${step}</li>`,
    )}</ol><p class="small dim">${say(language, 'portfolio.form', { kind: foreign('sijil-portfolio-1') })}</p></section></div>`
  const title = `${phrase(language, 'portfolio.title')}: ${plainTitle(track, language)}`
  return page({ title, main, script: assetPaths.portfolio }, context)
}
