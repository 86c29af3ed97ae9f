import type { BodyPolicy } from '@sijil/registry/trust'
import type { Endpoint, EventKind } from '@sijil/registry/webhooks'
import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { deskPathOf } from './frame.ts'
import type { ShownChange } from './values.ts'

type Row = readonly [label: Html, value: Html]

/** The policy of a body, one row for each part. A part that changes also shows its old value. */
export function policyRows(policy: BodyPolicy, language: Language, before?: BodyPolicy): Row[] {
  // An authority says only by how many officers it decides.
  const valuesOf = policy.decidedBy === undefined ? ofBody : ofAuthority
  const [now, old] = [valuesOf(policy, language), before && valuesOf(before, language)]
  return now.map(([label, value], at) => {
    const former = old?.[at]?.[1]
    const isOther = former !== undefined && String(former) !== String(value)
    const words = isOther ? html`<div class="dim">${say(language, 'desk.fact.before', { value: former })}</div>` : ''
    return [label, html`${value}${words}`]
  })
}

const ofAuthority = ({ decidedBy = 'two' }: BodyPolicy, language: Language): Row[] => [
  [say(language, 'desk.single.decidedBy'), say(language, `desk.decidedBy.${decidedBy}`)],
]

const ofBody = ({ secondPerson, batchFrom, retentionYears, numberPattern }: BodyPolicy, language: Language): Row[] => [
  [
    say(language, 'desk.fact.secondPerson'),
    secondPerson.length === 0
      ? say(language, 'desk.act.none')
      : html`<ul class="bul">${secondPerson.map((act) => html`<li>${say(language, `desk.act.${act}`)}</li>`)}</ul>`,
  ],
  [say(language, 'desk.fact.batchFrom'), html`${batchFrom}`],
  [
    say(language, 'desk.fact.retention'),
    retentionYears === undefined
      ? say(language, 'desk.fact.retention.none')
      : say(language, 'desk.fact.retention.years', { count: retentionYears }),
  ],
  [
    say(language, 'desk.fact.numberPattern'),
    numberPattern === undefined ? say(language, 'desk.fact.numberPattern.none') : html`<code>${numberPattern}</code>`,
  ],
]

/** A logo. The picture was encoded anew, and its address names its hash. */
export function logoPicture(
  body: string,
  { digest, width, height }: { digest: string; width: number; height: number },
  alt: string,
): Html {
  return html`<img class="logo" src="${deskPathOf('issuers', body, 'logo', digest)}" alt="${alt}" width="${width}" height="${height}">`
}

/** An endpoint in rows, as on the page of its proposal. */
export const endpointRows = ({ url, kinds }: Endpoint, language: Language): (readonly [Html, Html])[] => [
  [say(language, 'desk.fact.webhook'), html`<code>${foreign(url)}</code>`],
  [
    say(language, 'desk.fact.webhook.kinds'),
    html`<ul class="bul">${kinds.map((kind) => html`<li>${kindWords(kind, language)}</li>`)}</ul>`,
  ],
]

export const kindWords = (kind: EventKind, language: Language): Html => say(language, `desk.event.${kind}`)

/** What a proposal of a body about its own certificates says. */
export function ownRows({ about, policy, signatory, logo, webhook }: ShownChange, language: Language): Row[] {
  const none = say(language, 'desk.fact.none')
  const names = deskPathOf('issuers', about.id, 'signatory')
  const { digest, width = 0, height = 0 } = logo ?? {}
  return [
    ...(policy === undefined ? [] : policyRows(policy.stated, language, policy.before)),
    ...(signatory === undefined
      ? []
      : signatory.title === undefined
        ? [[say(language, 'desk.fact.signatory'), none] as const]
        : [
            [
              say(language, 'desk.fact.signatory'),
              say(language, 'desk.fact.signatory.sealed', {
                page: html`<a href="${names}">${say(language, 'desk.signatory')}</a>`,
              }),
            ] as const,
            [say(language, 'desk.fact.signatory.title'), foreign(signatory.title)] as const,
          ]),
    ...(logo === undefined
      ? []
      : [
          [
            say(language, 'desk.fact.logo'),
            digest === undefined
              ? none
              : html`${logoPicture(about.id, { digest, width, height }, '')}<p class="dim small">${say(language, 'desk.fact.logo.size', { width, height })}<br><code>${digest}</code></p>`,
          ] as const,
        ]),
    ...(webhook === undefined
      ? []
      : webhook === null
        ? [[say(language, 'desk.fact.webhook'), none] as const]
        : endpointRows(webhook, language)),
  ]
}
