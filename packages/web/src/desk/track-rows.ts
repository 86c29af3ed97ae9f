import type { OfferedEvidence } from '@sijil/qualifications'
import { html } from 'hono/html'
import { day } from '../dates.ts'
import { bullets, foreign, type Html } from '../html.ts'
import { say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import type { ShownChange, ShownStepChange, ShownVersion } from './values.ts'

type Row = readonly [label: Html, value: Html]

/** What a party decides about one step, whole: its officers read every word before they approve. */
export const trackRows = (
  {
    corridor,
    id,
    step,
    gap,
    comparison,
    manifest,
    action,
    hash,
    progress,
    on,
    part,
    evidence,
    office,
    due,
  }: ShownStepChange,
  language: Language,
): readonly Row[] => [
  [say(language, 'desk.corridor.track'), html`<code>${corridor}</code> <code>${id}</code>`],
  ...rowIf(step, say(language, 'desk.corridor.step'), (text) => html`${text}`),
  ...rowIf(gap, say(language, 'desk.corridor.gap'), (text) => html`<code>${text}</code>`),
  ...rowIf(comparison, say(language, 'desk.corridor.comparison'), (of) => html`<code>${of.id}</code> ${of.number}`),
  ...rowIf(manifest, say(language, 'desk.corridor.manifest'), (text) => html`<code>${text}</code>`),
  ...rowIf(action, say(language, 'desk.corridor.action'), (text) => foreign(text)),
  ...rowIf(hash, say(language, 'desk.joint.hash'), (text) => html`<code>${text}</code>`),
  ...rowIf(progress, say(language, 'desk.corridor.progress'), (one) => say(language, `desk.corridor.progress.${one}`)),
  ...rowIf(on, say(language, 'desk.corridor.on'), (text) => html`${day(text, language)}`),
  ...rowIf(part, say(language, 'desk.corridor.part'), (text) => foreign(text)),
  ...rowIf(office, say(language, 'desk.corridor.office'), (text) => foreign(text)),
  ...rowIf(due, say(language, 'desk.corridor.due'), (text) => html`${day(text, language)}`),
  ...(evidence ?? []).map((one): Row => [say(language, 'desk.corridor.evidence'), evidenceWords(one, language)]),
]

const rowIf = <T>(value: T | undefined, label: Html, show: (value: T) => Html): Row[] =>
  value === undefined ? [] : [[label, show(value)]]

const evidenceWords = (one: OfferedEvidence, language: Language): Html =>
  html`<code>${one.artefact}</code> ${foreign(one.title)} (${say(language, `desk.corridor.${one.access}`)})${one.access === 'public' ? html`<br>${foreign(one.address)}` : ''}<br><code>${one.sha256}</code>`

/** What a state declares of one action line, whole. */
export const complianceRows = (
  { arrangement, line, title, degree, on, evidence }: NonNullable<ShownChange['compliance']>,
  language: Language,
): readonly Row[] => [
  [say(language, 'desk.field.arrangement'), say(language, `desk.arrangement.${arrangement}`)],
  [say(language, 'desk.field.lineTitle'), html`<code>${line}</code> ${foreign(title)}`],
  [say(language, 'desk.field.degree'), say(language, `desk.degree.${degree}`)],
  [say(language, 'desk.field.degreeOn'), html`${day(on, language)}`],
  ...evidence.map(
    (one): Row => [
      say(language, 'desk.field.documents'),
      html`${foreign(one.title)}<br>${foreign(one.address)}<br><code>${one.sha256}</code>`,
    ],
  ),
]

/** The text of a corridor, whole. */
export const corridorRows = (
  { title, tracks }: NonNullable<ShownVersion['corridor']>,
  language: Language,
): readonly Row[] => [
  [say(language, 'desk.corridor.title'), foreign(title)],
  ...tracks.flatMap(({ id, skillsArea, origin, host, demand, occupations, areas }): Row[] => [
    [
      say(language, 'desk.corridor.track'),
      html`<code>${id}</code> ${foreign(skillsArea)}${origin === undefined ? '' : html` ${origin} → ${host ?? ''}`}`,
    ],
    [say(language, 'desk.corridor.demand'), bullets(demand.map((one) => evidenceWords(one, language)))],
    [
      say(language, 'desk.corridor.occupations'),
      bullets(
        occupations.map(
          ({ isco, descriptions, roles }) =>
            html`<code>${isco}</code> ${[...descriptions.map((one) => foreign(one.text, one.language)), ...roles.map((role) => foreign(role))].map((words) => html`<br>${words}`)}`,
        ),
      ),
    ],
    ...(areas.length === 0
      ? []
      : [
          [
            say(language, 'desk.corridor.areas'),
            bullets(
              areas.map(
                ({ area, occupations: codes, qualifications }) =>
                  html`${foreign(area)}: ${codes.join(', ')}${qualifications.map((named) => html` <code>${named}</code>`)}`,
              ),
            ),
          ] as Row,
        ]),
  ]),
]
