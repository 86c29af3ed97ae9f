import { activities, type ReportedStep, type StepId } from '@sijil/qualifications'
import { html } from 'hono/html'
import { citations } from './citations.ts'
import type { ReportedTrackValues } from './corridor-values.ts'
import { pathOfTrack, plainTitle, stepsText, titleOf } from './corridor-words.ts'
import { corridorNotice, openData } from './corridors-page.ts'
import { day, dayOrLess } from './dates.ts'
import { describedLine } from './described-line.ts'
import { bullets, foreign, type Html } from './html.ts'
import { icon, tag } from './icons.ts'
import { phrase, say } from './messages/say.ts'
import { local, type PageContext, page } from './page.ts'
import { occupationWords, qualificationWords } from './qualification-words.ts'
import { crumb } from './reported-corridor-page.ts'
import { updatesOf } from './reported-updates.ts'
import { roadmapOf } from './roadmap-list.ts'
import { stateInSentence } from './state-names.ts'
import { type Cell, table } from './table.ts'

type Known = Exclude<ReportedStep, { progress: 'nothing' }>

/** Who said what, in one sentence for each: the reader sees before anything else that nobody declared it here. */
function reportedWords({ track, corridor }: ReportedTrackValues, { language }: PageContext): Html {
  const known = track.steps.filter((step): step is Known & ReportedStep => step.progress !== 'nothing')
  const groups = Map.groupBy(known, ({ basis, by = '', progress: how }) => `${basis} ${how} ${by}`)
  const sentences = [...groups.values()].map((steps) => {
    const [{ basis, by, progress: how } = { basis: 'inferred', by: undefined, progress: 'done' } as const] = steps
    const words = {
      steps: stepsText(
        steps.map(({ step }) => step as StepId),
        language,
      ),
    }
    return basis === 'reported' && by !== undefined
      ? say(language, `corridor.reported.${how}`, { ...words, state: stateInSentence({ state: by }, language) })
      : say(language, `corridor.inferred.${how}`, words)
  })
  return html`<b>${say(language, 'corridor.notDeclared', { date: day(track.reportedOn, language) })} ${sentences.map((sentence, at) => html`${at === 0 ? '' : ' '}${sentence}`)}</b> ${foreign(corridor.note, 'en')}`
}

function pairs(values: ReportedTrackValues, { cite }: ReturnType<typeof citations>, context: PageContext): Html {
  const { language } = context
  const { track } = values
  const rows = track.pairs.map(({ from, to, progress, on, confidence }): [Cell, ...Cell[]] => [
    qualificationWords(from, values.qualifications, context),
    to.length === 0
      ? say(language, 'corridor.noHost')
      : bullets(to.map((id) => qualificationWords(id, values.qualifications, context))),
    html`${say(language, `corridor.pair.${progress}`)}${on === undefined ? '' : html` (${dayOrLess(on, language)})`}${cite({ sources: track.sources, confidence })}`,
  ])
  const heads = (['from', 'to', 'progress'] as const).map((head) => phrase(language, `corridor.pair.${head}`))
  return html`<section><h2>${say(language, 'corridor.pairs')}</h2>${table(say(language, 'corridor.pairs'), heads, rows)}</section>`
}

/** Where the report names functional areas: area → occupation → qualification → level. */
function occupations(values: ReportedTrackValues, context: PageContext): Html {
  const { language } = context
  const { occupations: codes, areas } = values.track
  const heading = html`<h2>${say(language, 'corridor.occupations')}</h2>`
  if (areas === undefined)
    return html`<section class="noprint">${heading}<ul class="bul">${codes.map((code) => html`<li>${occupationWords(code, values.qualifications, context)}</li>`)}</ul></section>`
  const rows = areas.map(({ area, occupations: of, qualifications }): [Cell, ...Cell[]] => [
    foreign(area, 'en'),
    bullets(of.map((code) => occupationWords(code, values.qualifications, context))),
    bullets(qualifications.map((id) => qualificationWords(id, values.qualifications, context))),
  ])
  const heads = (['area', 'occupation', 'qualification'] as const).map((head) =>
    phrase(language, `corridor.map.${head}`),
  )
  return html`<section class="noprint">${heading}${table(say(language, 'corridor.occupations'), heads, rows)}</section>`
}

/** The thirteen activities of Table 3, where a track follows them. */
function activitiesOf({ track }: ReportedTrackValues, { language }: PageContext): Html {
  if (track.activities === undefined) return html``
  const rows = track.activities.map(
    ({ activity, progress }) =>
      html`<li>${foreign(activities[activity - 1] ?? '', 'en')} ${tag('gy', progress === 'done' ? 'file' : 'clock', say(language, `corridor.activity.${progress}`))}</li>`,
  )
  return html`<section class="noprint"><h2>${say(language, 'corridor.activities')}</h2><ol class="num">${rows}</ol></section>`
}

/** One track as it was reported. The printed brief leaves out what only serves to go on reading. */
export function reportedTrackPage(values: ReportedTrackValues, context: PageContext): string {
  const { language } = context
  const { corridor, track, listed } = values
  const sources = citations(context)
  const address = pathOfTrack(listed)
  const main = html`${crumb(`/corridors/${corridor.id}`, say(language, 'corridor.back'), context)}
<div class="head"><h1>${titleOf(listed, language)}</h1></div>
<div class="call am mb2">${icon('file')}<p>${reportedWords(values, context)}${sources.cite(track)}</p></div>
${corridorNotice(language)}
<div class="sheet brief">${roadmapOf(listed.steps, context)}
${pairs(values, sources, context)}
${occupations(values, context)}
${activitiesOf(values, context)}
${updatesOf(track.updates, sources, context)}
</div>
<div class="sheet mt3 noprint">${sources.list()}
${openData(html`<li><a href="${local(`${address}/profile`, context)}">${say(language, 'profile.open')}</a></li><li><a href="${local(`${address}/portfolio`, context)}">${say(language, 'portfolio.open')}</a></li><li><a href="${address}/steps.csv">${say(language, 'corridor.csv')}</a></li><li><a href="/descriptions/corridor:${corridor.id}/records">${say(language, 'corridor.records')}</a></li>`, language)}</div>${describedLine(corridor, context)}`
  return page({ title: plainTitle(listed, language), main }, context)
}
