import { html } from 'hono/html'
import { day } from './dates.ts'
import { foreign, type Html } from './html.ts'
import { icon } from './icons.ts'
import { say } from './messages/say.ts'
import { local, type PageContext } from './page.ts'

/** The log entries of a page, in a form that a browser can check. */
export interface LogProofValues {
  /** The first line of the log's checkpoints. */
  origin: string
  /** Verifier keys of the witnesses that this registry names: `name+id+key`. */
  witnesses: readonly string[]
  /** Newest first. */
  entries: readonly {
    /** Absent: no checkpoint covers it yet. */
    index?: number
    recordedAt: string
    /** The exact text that was hashed. */
    entry: string
  }[]
  /** The address of further entries, if there are any. */
  more?: string
}

type Entry = LogProofValues['entries'][number]

function entryOf({ index, recordedAt, entry }: Entry, context: PageContext): Html {
  const { language } = context
  const recorded = say(language, 'changes.recorded', { date: day(recordedAt, language) })
  const words = html`<details class="more"><summary>${icon('plus')}${say(language, 'log.words')}</summary><p class="mono logged"><code data-logged>${entry}</code></p></details>`
  if (index === undefined) return html`<li><div><p>${recorded} · ${say(language, 'log.waiting')}</p>${words}</div></li>`
  return html`<li data-index="${index}"><div><p><a href="${local(`/changes/${index}`, context)}">${say(language, 'changes.entry', { index })}</a> · ${recorded}</p>${words}<p class="found c-no" data-entry-fails hidden>${icon('x')}<b>${say(language, 'log.entryFails')}</b></p></div></li>`
}

function witnessesOf({ witnesses }: LogProofValues, { language }: PageContext): Html {
  if (witnesses.length === 0) return html`<p>${say(language, 'log.witness.none')}</p>`
  const each = witnesses.map((key) => {
    const [name = '', id] = key.split('+')
    const words = { name: foreign(name), time: html`<span class="nw" data-fill="time"></span>` }
    return html`<li data-witness="${name}+${id}"><span data-cosigned hidden>${say(language, 'log.witness.yes', words)}</span><span data-missing hidden>${say(language, 'log.witness.no', { name: foreign(name) })}</span></li>`
  })
  return html`<ul class="bul">${each}</ul>`
}

/** Shows where the entries stand, and a button to check them in the reader's browser. The script only picks from the words here. */
export function logProof(values: LogProofValues, context: PageContext): Html {
  const { language } = context
  const { origin, witnesses, entries, more } = values
  return html`<section data-log-proof data-log="/log/registry" data-origin="${origin}" data-witnesses="${witnesses.join(' ')}" aria-labelledby="log"><h2 id="log">${say(language, 'log.title')}</h2><p class="dim small mb1">${say(language, 'log.text')}</p>
<ul class="rows logs">${entries.map((entry) => entryOf(entry, context))}</ul>${more === undefined ? '' : html`<p><a href="${local(more, context)}">${say(language, 'log.more')}</a></p>`}
${entries.some(({ index }) => index !== undefined) ? checkOf(values, context) : ''}</section>`
}

/** The button, and every result that the check can have. */
function checkOf(values: LogProofValues, context: PageContext): Html {
  const { language } = context
  const head = say(language, 'log.head', {
    size: html`<span data-fill="size"></span>`,
    key: html`<bdi class="mono" data-fill="key"></bdi>`,
  })
  return html`<p class="small" data-without>${say(language, 'log.noscript', { command: html`<code class="nw">sijil log audit</code>` })}</p>
<p class="mt1 mb1"><button type="button" class="btn alt" data-check hidden>${icon('search')}${say(language, 'log.check')}</button></p>
<div role="status" class="flow-s"><p class="found" data-outcome="busy" hidden>${icon('clock')}<span>${say(language, 'log.busy')}</span></p>
<p class="found c-ok" data-outcome="holds" hidden>${icon('check')}<b>${say(language, 'log.holds')}</b></p>
<p class="found c-no" data-outcome="fails" hidden>${icon('x')}<b>${say(language, 'log.fails')}</b></p>
<p class="found c-am" data-outcome="unknown" hidden>${icon('q')}<b>${say(language, 'log.unknown')}</b></p>
<p class="found c-am" data-outcome="unsupported" hidden>${icon('q')}<b>${say(language, 'log.unsupported')}</b></p>
<div data-outcome="holds" hidden><p>${head}</p>${witnessesOf(values, context)}<p class="dim small">${say(language, 'log.key')}</p></div></div>`
}
