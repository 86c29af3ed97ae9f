import type { ChainLink, LinkDecision, TrustPolicy } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import { namesInState } from '../state-names.ts'

export interface Around {
  /** The links of the chain: whoever decided is called as it is called there. */
  chain: readonly ChainLink[]
  /** Its ids are those of this registry; another's may be the same and mean somebody else. */
  isHere: boolean
  /** Places in the log of the registry, where they were asked for. */
  places: Readonly<Record<string, number>>
}

function who({ by }: LinkDecision, isGrant: boolean, { chain }: Around, { language }: PageContext): Html {
  if (by.length === 0) return say(language, isGrant ? 'chain.decided.law' : 'chain.decided.operator')
  const names = by.map((id) => chain.find((link) => link.id === id) ?? { name: id })
  return say(language, 'chain.decided.by', { by: namesInState(names, language) })
}

/** An entry by its place, or by its name where nobody asked for the place: the page of whom it is about has it. */
function where({ entry }: LinkDecision, { isHere, places }: Around, page: PageContext): Html {
  const { language } = page
  const index = places[entry]
  if (index !== undefined)
    return html`<a href="${local(`/changes/${index}`, page)}">${say(language, 'changes.entry', { index })}</a>`
  const name = html`<bdi class="mono">${entry}</bdi>`
  const [id = ''] = entry.split('/')
  return isHere ? html`<a href="${local(`/issuers/${id}`, page)}#log">${name}</a>` : name
}

/** Each decision that a link rests on: by whom, since when it is recorded, and where it stands in the public log (R-045). */
export function decisionsOf({ decisions, review }: ChainLink, around: Around, page: PageContext): Html {
  const { language } = page
  const lines = decisions.map((decision) => {
    const recorded = say(language, 'changes.recorded', { date: day(decision.recordedAt, language) })
    return html`<p class="small dim">${who(decision, review !== undefined, around, page)} · ${recorded} · ${say(language, 'chain.logged', { entry: where(decision, around, page) })}</p>`
  })
  return html`${lines}`
}

// biome-ignore format: it reads as a table
const tones = {
  none: { tone: 'am', icon: 'q' },
  gaps: { tone: 'am', icon: 'warn' },
  good: { tone: 'ok', icon: 'check' },
} as const satisfies Record<string, { tone: string; icon: IconName }>

/** Its quality review in short; that there is none is said too (R-069). */
export function reviewOf({ review }: ChainLink, { language }: PageContext): Html {
  if (review === undefined) return html``
  if (review === 'none')
    return html`<p class="small">${tag(tones.none.tone, tones.none.icon, say(language, 'issuer.scope.noReview'))}</p>`
  const { gaps, reviewer, reviewedOn } = review
  const { tone, icon } = gaps === 0 ? tones.good : tones.gaps
  const found = gaps === 0 ? say(language, 'issuer.scope.noGaps') : say(language, 'issuer.scope.gaps', { count: gaps })
  return html`<p class="small">${say(language, 'issuer.assurance.by', { reviewer: foreign(reviewer, 'en'), date: day(reviewedOn, language) })} ${tag(tone, icon, found)}</p>`
}

/** How many links there are, where the chain ends, and by whose choice it may end there (R-045, R-122). */
export function endsIn(chain: readonly ChainLink[], policy: TrustPolicy | undefined, { language }: PageContext): Html {
  const roots = chain.filter(({ root }) => root)
  const length = say(language, 'chain.length', { count: chain.length })
  const end =
    roots.length === 0
      ? say(language, 'chain.rootless')
      : say(language, 'chain.rooted', { names: namesInState(roots, language) })
  const { roots: named, refused = [] } = policy ?? {}
  const choice =
    policy === undefined
      ? ''
      : html` ${named === undefined ? say(language, 'chain.policy.every') : say(language, 'chain.policy.named', { count: named.length })} ${refused.length === 0 ? say(language, 'chain.policy.noneRefused') : say(language, 'chain.policy.refused', { count: refused.length })}`
  return html`<p class="small">${length}</p><p class="small">${end}${choice}</p>`
}
