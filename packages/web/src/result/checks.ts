import type { Check, CheckName, Reason } from '@sijil/registry/verification'
import { html } from 'hono/html'
import { day, moment } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { isMessage, type MessageKey, reasonSentence, say } from '../messages/say.ts'
import type { PageContext } from '../page.ts'
import type { Reading } from './reading.ts'
import { isNobodys } from './state.ts'

type Shown = Check | { name: CheckName; outcome: 'missing' }

const everyName = [
  'format',
  'proof',
  'issuer-key',
  'period',
  'status',
  'recorded',
  'issuer-trust',
  'centre',
  'qualification',
] as const satisfies readonly CheckName[]

const marks = {
  passed: { className: 'ok', icon: 'check' },
  failed: { className: 'no', icon: 'x' },
  not_performed: { className: 'am', icon: 'q' },
  missing: { className: 'am', icon: 'q' },
} as const

/** Failed checks come first, then those not performed, then passed ones. A check that the answer lacks is never shown as passed. */
function inOrder(checks: readonly Check[]): Shown[] {
  const missing = everyName
    .filter((name) => !checks.some((check) => check.name === name))
    .map((name): Shown => ({ name, outcome: 'missing' }))
  const rank = { failed: 0, not_performed: 1, missing: 1, passed: 2 }
  return [...checks, ...missing].sort((a, b) => rank[a.outcome] - rank[b.outcome])
}

/** Nothing is ever fetched about an issuer that nobody listed, so the page must not suggest to try again later. */
const isNeverLookedUp = (reason: Reason, state: Reading['state']): boolean =>
  (state === 'unknownIssuer' || state === 'endedUnknown') &&
  (reason === 'record-not-readable' || reason === 'status-not-retrievable')

/**
 * A passed check shows a true statement, a failed one its fault, and one that was not performed its question. It never reads
 * "failed: it is not revoked".
 */
function statement(check: Shown, { state, page: { language } }: Reading): { head: Html; why?: Html } {
  switch (check.outcome) {
    case 'passed':
      return { head: say(language, 'checks.passed', { statement: say(language, `check.${check.name}.passed`) }) }
    case 'failed':
      return { head: say(language, 'checks.failed', { statement: say(language, `reason.${check.reason}`) }) }
    case 'not_performed':
      return {
        head: say(language, 'checks.open', { question: say(language, `check.${check.name}.question`) }),
        why: isNeverLookedUp(check.reason, state)
          ? say(language, 'checks.issuerUnknown')
          : reasonSentence(language, check.reason),
      }
    case 'missing':
      return {
        head: say(language, 'checks.open', { question: say(language, `check.${check.name}.question`) }),
        why: say(language, 'checks.missing'),
      }
    default:
      return check satisfies never
  }
}

function evidenceValue(value: string | number | boolean, { language }: PageContext): string {
  const text = String(value)
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text, language)
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? moment(text, language) : text
}

const isWord = (key: string): key is Extract<MessageKey, `${'evidence' | 'class' | 'standing' | 'named'}.${string}`> =>
  isMessage(key) && /^(?:evidence|class|standing|named)\./.test(key) && !key.endsWith('.text')

/** Shows a fact in words if the catalogue has them, and otherwise as the registry writes it. */
function fact(name: string, value: string | number | boolean, page: PageContext): Html {
  const { language } = page
  const [label, word] = [`evidence.${name}`, `${name === 'today' ? 'standing' : name}.${value}`]
  const shown = isWord(word)
    ? html`<dd>${say(language, word)}</dd>`
    : html`<dd class="mono">${name === 'edition' ? foreign(String(value), 'en') : html`<bdi>${evidenceValue(value, page)}</bdi>`}</dd>`
  return html`<dt>${isWord(label) ? say(language, label) : html`<span lang="en">${name}</span>`}</dt>${shown}`
}

/** If the named issuer never issued the file, a passed check rests only on the file's own claims. Its evidence is not shown. */
function evidence(check: Shown, { page, state }: Reading): Html {
  const { language } = page
  const isShown = check.outcome !== 'missing' && !(check.outcome === 'passed' && isNobodys(state))
  const facts = isShown ? Object.entries(check.evidence ?? {}) : []
  const reason = check.outcome === 'passed' || check.outcome === 'missing' ? undefined : check.reason
  return html`<dl class="ev"><dt>${say(language, 'checks.what')}</dt><dd>${say(language, `check.${check.name}.what`)}</dd>${reason === undefined ? '' : html`<dt>${say(language, 'checks.code')}</dt><dd><code>${reason}</code></dd>`}${facts.map(([name, value]) => fact(name, value, page))}</dl>`
}

/** Shows each check with its reason and its evidence (R-089). */
export function checks(reading: Reading): Html {
  const { values, page } = reading
  const { language } = page
  const shown = inOrder(values.verification.checks)
  const count = (...outcomes: Shown['outcome'][]) => shown.filter((check) => outcomes.includes(check.outcome)).length
  const rows = shown.map((check) => {
    const { head, why } = statement(check, reading)
    const { className, icon: name } = marks[check.outcome]
    return html`<details${check.outcome === 'passed' ? '' : html` open`}><summary><span class="st ${className}">${icon(name)}</span><span><b>${head}</b>${why === undefined ? '' : html`<span class="why">${why}</span>`}</span><span class="chev">${icon('chev')}</span></summary>${evidence(check, reading)}</details>`
  })
  return html`<section><div class="h-row"><h2>${say(language, 'checks.title')}</h2><p class="dim">${say(language, 'checks.count', { passed: count('passed'), failed: count('failed'), open: count('not_performed', 'missing') })}</p></div><div class="checks">${rows}</div></section>`
}
