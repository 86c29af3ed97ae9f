import type { ChainLink, LinkDecision, TrustPolicy } from '@sijil/registry/trust'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { foreign, type Html } from '../html.ts'
import { type IconName, tag } from '../icons.ts'
import { say } from '../messages/say.ts'
import { local, type PageContext } from '../page.ts'
import { namesInState } from '../state-names.ts'

export interface Around {
  /** The links of the chain. A decision names its authority as the chain does. */
  chain: readonly ChainLink[]
  /** True if the ids are of this registry. Another registry may use the same id for another entity. */
  isHere: boolean
  /** Indexes of entries in the log of the registry, if they were looked up. */
  places: Readonly<Record<string, number>>
}

/** A decision that names nobody was made by the operator, or by a law itself. No law made a demonstration. */
function who({ by }: LinkDecision, link: ChainLink, { chain }: Around, { language }: PageContext): Html {
  if (by.length === 0 && link.review === undefined) return say(language, 'chain.decided.operator')
  if (by.length === 0) return say(language, link.demonstration ? 'event.inDemonstration' : 'chain.decided.law')
  const names = by.map((id) => chain.find((link) => link.id === id) ?? { name: id })
  return say(language, 'chain.decided.by', { by: namesInState(names, language) })
}

/** Names an entry by its index, or by its id if the index was not looked up. The id then links to the entity's page, which has the index. */
function where({ entry }: LinkDecision, { isHere, places }: Around, page: PageContext): Html {
  const { language } = page
  const index = places[entry]
  if (index !== undefined)
    return html`<a href="${local(`/changes/${index}`, page)}">${say(language, 'changes.entry', { index })}</a>`
  const name = html`<bdi class="mono">${entry}</bdi>`
  const [id = ''] = entry.split('/')
  return isHere ? html`<a href="${local(`/issuers/${id}`, page)}#log">${name}</a>` : name
}

/** Lists each decision behind a link: who decided, when it was recorded, and where it stands in the public log (R-045). */
export function decisionsOf(link: ChainLink, around: Around, page: PageContext): Html {
  const { language } = page
  const lines = link.decisions.map((decision) => {
    const recorded = say(language, 'changes.recorded', { date: day(decision.recordedAt, language) })
    return html`<p class="small dim">${who(decision, link, around, page)} · ${recorded} · ${say(language, 'chain.logged', { entry: where(decision, around, page) })}</p>`
  })
  return html`${lines}`
}

// biome-ignore format: it reads as a table
const tones = {
  none: { tone: 'am', icon: 'q' },
  gaps: { tone: 'am', icon: 'warn' },
  good: { tone: 'ok', icon: 'check' },
} as const satisfies Record<string, { tone: string; icon: IconName }>

/** Summarises the quality review of a link, and says so if there is none (R-069). */
export function reviewOf({ review }: ChainLink, { language }: PageContext): Html {
  if (review === undefined) return html``
  if (review === 'none')
    return html`<p class="small">${tag(tones.none.tone, tones.none.icon, say(language, 'issuer.scope.noReview'))} ${say(language, 'chain.review.none')}</p>`
  const { gaps, reviewer, reviewedOn } = review
  const { tone, icon } = gaps === 0 ? tones.good : tones.gaps
  const found = gaps === 0 ? say(language, 'issuer.scope.noGaps') : say(language, 'issuer.scope.gaps', { count: gaps })
  return html`<p class="small">${say(language, 'issuer.assurance.by', { reviewer: foreign(reviewer, 'en'), date: day(reviewedOn, language) })} ${tag(tone, icon, found)}</p>`
}

/** Says how many links there are, where the chain ends, and which policy accepts that end (R-045, R-122). */
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
