import type { Evidence } from '@sijil/qualifications'
import { html } from 'hono/html'
import { assetPaths } from './assets.ts'
import { partiesWords, partyLines } from './comparison-words.ts'
import type { DeclaredTrackValues, ShownStepOf } from './corridor-values.ts'
import { pathOfTrack, plainTitle, titleOf } from './corridor-words.ts'
import { corridorNotice, openData } from './corridors-page.ts'
import { day } from './dates.ts'
import { fileComparison, sameFile } from './file-comparison.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { occupationWords, qualificationWords } from './qualification-words.ts'
import { crumb } from './reported-corridor-page.ts'
import { roadmapOf } from './roadmap-list.ts'
import { nameInState, stateWords } from './state-names.ts'
import { type Cell, table } from './table.ts'
import { partyWords, trackTimeline } from './track-timeline.ts'

/** What is not public has no title here, and its hash says nothing to who does not have the document and its random bits. */
function evidenceWords(one: Evidence, { language }: PageContext): Html {
  const kind = say(language, `corridor.artefact.${one.artefact}`)
  return one.access === 'public'
    ? html`${kind}: <a href="${one.address}" rel="external nofollow noreferrer">${foreign(one.title)}</a><br><span class="small dim">SHA-256 <code>${one.sha256}</code></span>${sameFile(one.sha256, language)}`
    : html`${kind} ${tag('gy', 'lock', say(language, 'corridor.restricted'))}<br><span class="small dim"><code>${one.commitment}</code></span>`
}

/** Who declared it, for which part, with which evidence. Both days are shown: that of the work, and that of the declaration. */
function declarationsOf(step: ShownStepOf, context: PageContext): Html {
  const { language } = context
  const { declarations, attached, missing, settledAt } = step
  if (declarations.length === 0) return html``
  const lines = declarations.map(({ declaredBy, statement, recordedAt, joined, hash }) => {
    const name = partyWords(declaredBy, context)
    const date = day(recordedAt, language)
    const words = joined
      ? say(language, 'corridor.joined', { name, date })
      : say(language, `corridor.declared.${statement.progress}`, { name, date, on: day(statement.on, language) })
    const own = joined
      ? ''
      : html`<br>${foreign(statement.part)}<br><span class="small dim noprint"><code>${hash}</code></span>`
    return html`<li>${words}${own}</li>`
  })
  const evidence = [
    ...declarations
      .flatMap(({ statement, joined }) => (joined ? [] : statement.evidence))
      .map((one) => evidenceWords(one, context)),
    ...attached.map(
      ({ by, recordedAt, ...one }) =>
        html`${evidenceWords(one, context)} <span class="small dim">${say(language, 'corridor.evidence.by', { name: partyWords(by, context), date: day(recordedAt, language) })}</span>`,
    ),
  ]
  const open =
    missing.length === 0
      ? ''
      : html`<p class="small">${say(language, 'corridor.missing', { names: html`${missing.map(({ id, state, stateName }, at) => html`${at === 0 ? '' : ', '}${nameInState(html`<code>${id}</code>`, state === undefined ? undefined : { state, ...(stateName && { stateName }) }, language)}`)}` })}</p>`
  return html`${settledAt === undefined ? '' : html`<p class="small">${say(language, 'corridor.settled', { date: day(settledAt, language) })}</p>`}<ul class="bul noprint">${lines}</ul>${open}${evidence.length === 0 ? '' : html`<p class="small noprint"><b>${say(language, 'corridor.evidence')}</b></p><ul class="bul noprint">${evidence.map((words) => html`<li>${words}</li>`)}</ul>`}`
}

function occupations({ track, qualifications }: DeclaredTrackValues, context: PageContext): Html {
  const { language } = context
  const list = track.occupations.map(
    ({ isco, descriptions, roles }) =>
      html`<li>${occupationWords(isco, qualifications, context)}${descriptions.map((one) => html`<br>${foreign(one.text, one.language)}`)}${roles.length === 0 ? '' : html`<p class="small">${say(language, 'corridor.roles')}</p><ul class="bul">${roles.map((role) => html`<li>${foreign(role)}</li>`)}</ul>`}</li>`,
  )
  const rows = track.areas.map(({ area, occupations: of, qualifications: named }): [Cell, ...Cell[]] => [
    foreign(area),
    bullets(of.map((code) => occupationWords(code, qualifications, context))),
    bullets(named.map((id) => qualificationWords(id, qualifications, context))),
  ])
  const heads = (['area', 'occupation', 'qualification'] as const).map((head) =>
    phrase(language, `corridor.map.${head}`),
  )
  return html`<section class="noprint"><h2>${say(language, 'corridor.occupations')}</h2><ul class="bul">${list}</ul>${rows.length === 0 ? '' : table(say(language, 'corridor.map.area'), heads, rows)}</section>`
}

function gapRegister({ gaps }: DeclaredTrackValues, context: PageContext): Html {
  if (gaps.length === 0) return html``
  const { language } = context
  const rows = gaps.map(({ unit, result, note, comparison, action, closed }): [Cell, ...Cell[]] => [
    html`<span><code>${unit}</code> ${say(language, `comparison.result.${result}`)}${note === '' ? '' : html`<br>${foreign(note)}`}<br><a class="small" href="${local(`/comparisons/${comparison.id}/${comparison.number}`, context)}">${say(language, 'corridor.gap.comparison')}</a></span>`,
    action === undefined ? '–' : foreign(action),
    closed === undefined
      ? tag('am', 'clock', say(language, 'corridor.gap.open'))
      : html`${tag('ok', 'check', say(language, 'corridor.gap.closed'))} <span class="small dim">${say(language, 'corridor.evidence.by', { name: partyWords(closed.by, context), date: day(closed.at, language) })}</span>${bullets(closed.evidence.map((one) => evidenceWords(one, context)))}`,
  ])
  const heads = (['unit', 'action', 'state'] as const).map((head) => phrase(language, `corridor.gap.${head}`))
  const open = gaps.filter(({ closed }) => closed === undefined).length
  return html`<section><h2>${say(language, 'corridor.gaps')}</h2><p>${say(language, 'corridor.gaps.count', { open, closed: gaps.length - open })}</p><div class="noprint">${table(say(language, 'corridor.gaps'), heads, rows)}</div></section>`
}

/** What step 7b left behind. It is no level of the AQRF, and stands apart from every certificate. */
function levelRecords({ levelRecords: records, qualifications }: DeclaredTrackValues, context: PageContext): Html {
  if (records.length === 0) return html``
  const { language } = context
  const rows = records.map((record): [Cell, ...Cell[]] => {
    const { edition, aqrf, hostLevel, host, source } = record
    const here =
      hostLevel === undefined
        ? ''
        : html` ${say(language, 'corridor.levels.host', { state: stateWords(host, language), level: hostLevel })}`
    return [
      html`<span>${qualificationWords(edition.qualification, qualifications, context)} <span class="small dim">${foreign(edition.edition)}</span></span>`,
      html`<span>${say(language, 'levels.level', { framework: 'AQRF', level: aqrf })}.${here}<br><a class="small" href="${source}" rel="external nofollow noreferrer">${say(language, 'corridor.levels.source')}</a></span>`,
      html`<div><p>${partiesWords(record, language)}</p>${partyLines(record, language)}</div>`,
    ]
  })
  const heads = (['of', 'level', 'who'] as const).map((head) => phrase(language, `corridor.levels.${head}`))
  return html`<section class="noprint"><h2>${say(language, 'corridor.levels')}</h2><p><b>${say(language, 'corridor.levels.lead')}</b></p>${table(say(language, 'corridor.levels'), heads, rows)}</section>`
}

/** One track with what its parties declared. The printed brief leaves out what only serves to go on reading. */
export function declaredTrackPage(values: DeclaredTrackValues, context: PageContext): string {
  const { language } = context
  const { corridor, listed, track, steps, timeline } = values
  const demand = track.demand.map((one) => html`<li>${evidenceWords(one, context)}</li>`)
  const main = html`${crumb(`/corridors/${corridor.id}`, foreign(corridor.title), context)}
<div class="head"><h1>${titleOf(listed, language)}</h1></div>
${corridor.state === 'ended' ? html`<div class="call am mb2">${icon('warn')}<p><b>${say(language, 'corridor.ended')}</b></p></div>` : ''}
${corridorNotice(language)}
<div class="sheet brief">${roadmapOf(steps, context, (step) => declarationsOf(step, context))}
<section class="noprint"><h2>${say(language, 'corridor.demand')}</h2><ul class="bul">${demand}</ul></section>
${fileComparison(context)}
${gapRegister(values, context)}
${levelRecords(values, context)}
${occupations(values, context)}
${trackTimeline(timeline, context)}</div>
<div class="sheet mt3 noprint">${openData(html`<li><a href="${local(`${pathOfTrack(listed)}/profile`, context)}">${say(language, 'profile.open')}</a></li><li><a href="${local(`${pathOfTrack(listed)}/portfolio`, context)}">${say(language, 'portfolio.open')}</a></li><li><a href="${pathOfTrack(listed)}/steps.csv">${say(language, 'corridor.csv')}</a></li>`, language)}</div>`
  return page({ title: plainTitle(listed, language), main, script: assetPaths.portfolio }, context)
}
