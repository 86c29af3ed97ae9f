import { type Confidence, isFact, weakest } from './confidence.ts'
import { type Day, inWords, parseDay } from './day.ts'
import {
  type Framework,
  findStateName,
  type LevelTable,
  nationalFrameworkOf,
  type Referencing,
  referenceFramework,
} from './framework.ts'
import { noticeOf, type Qualification } from './qualification.ts'

/** A statement about a level, with its basis. Two levels are at most comparable: the host authority decides. */
export interface LevelStatement {
  /** `PQF`, `AQRF` … `none` for a regional title, which belongs to no framework. */
  framework: string
  /** What a page shows of a national framework. Absent: the AQRF, or no framework. */
  frame?: { acronym: string; state: string; stateName: string; levels: number | null }
  /** Absent: there is deliberately no framework level. */
  level?: string
  /** `PQF level 2`. */
  name?: string
  /** The name of the level in the framework: `NC II`. */
  title?: string
  /** The citation (report, table version, dates), or the reason why there is no level. */
  basis: string
  /** Whether the national authority confirmed it. */
  confirmed: boolean
  confidence: Confidence
  /** Path of the framework's page. */
  url?: string
  /** True if the referencing was endorsed after the requested day. The basis then names both days. */
  referencedLater?: boolean
}

/** A statement about an AQRF level. National frameworks are compared only through it. */
export type AqrfStatement = LevelStatement & { framework: 'AQRF' }

const pageOf = (framework: string) => `/frameworks/${framework}`

/** The levels of a qualification that may be stated for a day: the day of issue, or the day of the question. */
export function levelsOf(
  qualification: Qualification,
  { on }: { on: Day },
): { national: LevelStatement; aqrf: AqrfStatement } {
  const framework = frameworkOf(qualification)
  return { national: nationalLevel(qualification, framework), aqrf: aqrfLevel(qualification, framework, on) }
}

/** The framework in which the qualification has a level. */
export const frameworkOf = ({ framework, frameworkRecord }: Qualification): Framework | undefined =>
  frameworkRecord?.id === framework ? frameworkRecord : undefined

/** The framework of its state, of which a record without a level needs little. */
function frameworkOfState({ state, frameworkRecord }: Qualification): NationalFramework | undefined {
  const id = nationalFrameworkOf(state)
  if (id === undefined || state === null) return undefined
  return frameworkRecord?.id === id ? frameworkRecord : { id, state, stateName: findStateName(state) ?? state }
}

/** Without `levels` nothing is known about its levels here. */
type NationalFramework = Pick<Framework, 'id' | 'acronym' | 'state' | 'stateName'> & { levels?: number | null }

const shortName = ({ id, acronym = id }: Pick<Framework, 'id' | 'acronym'>): string => acronym

const frameOf = (framework: NationalFramework): LevelStatement['frame'] & object => ({
  acronym: shortName(framework),
  state: framework.state,
  stateName: framework.stateName,
  levels: framework.levels ?? null,
})

/** Taken from the record of the qualification, never from its title or its code. */
function nationalLevel(qualification: Qualification, framework: Framework | undefined): LevelStatement {
  const { level, levelConfidence, levelConfirmedBy, recordedOn } = qualification
  if (framework === undefined || level === undefined || levelConfidence === undefined) {
    const ofState = frameworkOfState(qualification)
    return {
      framework: ofState?.id ?? 'none',
      ...(ofState && { frame: frameOf(ofState), url: pageOf(ofState.id) }),
      basis: whyNoNationalLevel(qualification, ofState),
      confirmed: false,
      confidence: qualification.confidence,
    }
  }
  const title = framework.titles[level]?.[0]
  return {
    framework: framework.id,
    frame: frameOf(framework),
    level: String(level),
    name: `${shortName(framework)} level ${level}`,
    ...(title !== undefined && { title }),
    basis: `Record of this qualification, ${inWords(recordedOn)}, ${sourceOf(qualification, framework)}.${editionOf(framework)}`,
    confirmed: levelConfirmedBy !== undefined,
    confidence: levelConfidence,
    url: pageOf(framework.id),
  }
}

/** Which edition of the framework a level is of. The same number can be another level in the next one. */
const editionOf = ({ edition, levels }: Framework): string =>
  edition === undefined ? '' : ` A level of the edition ${edition} of the framework, which has ${levels} levels.`

/** A report about another edition of the framework stays a basis only because its authority confirmed the table. */
const ofOtherEdition = ({ edition, referencing }: Framework): string =>
  edition === undefined || referencing.edition === undefined || referencing.edition === edition
    ? ''
    : ` The report is about the edition ${referencing.edition} of the framework, and the level is of the edition ${edition}.`

/** Prefers a page that the framework also cites, because it lists the levels. Otherwise the first page of the qualification. */
function sourceOf(
  { levelConfirmedBy, levelConfidence, statedBy, sources }: Qualification,
  framework: Framework,
): string {
  if (levelConfirmedBy !== undefined) return `confirmed by ${levelConfirmedBy}`
  if (statedBy !== undefined) return `claimed by ${statedBy.name}, not confirmed by the authority of the framework`
  const pages = sources.filter((source) => source.startsWith('http'))
  const page = pages.find((source) => framework.sources.includes(source)) ?? pages[0]
  if (page === undefined) return 'from general knowledge, unconfirmed'
  const isStated = levelConfidence !== undefined && isFact(levelConfidence)
  return `from public sources${isStated ? '' : ', unconfirmed'} (${page})`
}

function whyNoNationalLevel(qualification: Qualification, framework: NationalFramework | undefined): string {
  const notice = noticeOf(qualification)
  if (qualification.kind === 'mra-title') return `A mutual recognition title has no framework level. ${notice}`
  if (framework === undefined) return `No framework level. It belongs to no national framework. ${notice ?? ''}`.trim()
  const reason =
    framework.levels === null
      ? `${framework.stateName} has no national framework with numbered levels.`
      : `Our sources place it on no level of the framework of ${framework.stateName} (${framework.id}).`
  return `No framework level. ${reason}${notice === undefined ? '' : ` ${notice}`}`
}

/**
 * An AQRF level follows only from an endorsed referencing, through the national level. Exported so that a test can pass a confirmed
 * table.
 */
export function aqrfLevel(
  {
    level,
    levelConfidence,
    statedBy,
    levelConfirmedBy,
  }: Pick<Qualification, 'level' | 'levelConfidence' | 'statedBy' | 'levelConfirmedBy'>,
  framework: Framework | undefined,
  on: Day,
): AqrfStatement {
  parseDay(on)
  const none = (basis: string, confidence: Confidence): AqrfStatement => ({
    framework: referenceFramework.id,
    basis: `No AQRF level. ${basis}.`,
    confirmed: false,
    confidence,
    url: pageOf(referenceFramework.id),
  })
  if (framework === undefined || level === undefined || levelConfidence === undefined)
    return none('There is no national level that it could be read from', 'high')
  // What an owner claims has no AQRF level until the authority of the framework places the edition.
  if (statedBy !== undefined && levelConfirmedBy === undefined)
    return none(`The authority of ${shortName(framework)} has not placed this edition at a level`, 'high')
  const { referencing, table } = framework
  if (referencing.status !== 'endorsed') return none(referencing.report, referencing.confidence)
  const row = table?.rows.find(({ national }) => national === level)
  if (table === undefined || row === undefined) return none('No level table is known to us', referencing.confidence)
  if (row.aqrf === null)
    return none(
      `The counterpart of ${shortName(framework)} level ${level} is not known to us (${row.note ?? 'see the report'}). ${referencing.report}`,
      table.confidence,
    )
  const timing = endorsed(referencing, on)
  return {
    framework: referenceFramework.id,
    level: String(row.aqrf),
    name: `AQRF level ${row.aqrf}`,
    basis: `${referencing.report}. ${cite(table)}${ofOtherEdition(framework)}${timing === 'by-then' ? '' : ` ${explain(timing, referencing, on)}`}`,
    confirmed: table.confirmedBy !== undefined,
    confidence: weakest(levelConfidence, referencing.confidence, table.confidence),
    url: pageOf(referenceFramework.id),
    ...(timing === 'later' && { referencedLater: true }),
  }
}

/** The level for a country. In its own country the national level is stated directly, without a comparison through the AQRF. */
export const levelIn = ({ national, aqrf }: ReturnType<typeof levelsOf>, host: Framework): LevelStatement =>
  national.framework === host.id ? national : levelInHost(aqrf, host)

/** The host's level at the same AQRF level. If there is not exactly one, no level and the reason. Never the nearest level. */
export function levelInHost(aqrf: AqrfStatement, host: Framework | undefined): LevelStatement {
  const none = (reason: string, confidence: Confidence): LevelStatement => ({
    framework: host?.id ?? 'none',
    ...(host && { frame: frameOf(host), url: pageOf(host.id) }),
    basis: `No framework level. ${reason}.`,
    confirmed: false,
    confidence,
  })
  if (host === undefined) return none('This state has no framework here', 'high')
  if (host.referencing.status !== 'endorsed') return none(host.referencing.report, host.referencing.confidence)
  const { table } = host
  if (aqrf.level === undefined) return none('There is no AQRF level to compare through', aqrf.confidence)
  if (table === undefined) return none('No level table is known to us', host.referencing.confidence)
  const at = table.rows.filter((row) => String(row.aqrf) === aqrf.level)
  const open = table.rows.filter((row) => row.aqrf === null && row.candidates?.some((n) => String(n) === aqrf.level))
  const [row] = at
  if (row === undefined || at.length > 1)
    return none(
      `${at.length} levels of ${host.id} stand at AQRF level ${aqrf.level}. ${host.referencing.report}`,
      table.confidence,
    )
  const remark = open.map(({ national, note }) => ` ${host.id} level ${national} may stand there as well (${note}).`)
  return {
    framework: host.id,
    frame: frameOf(host),
    level: String(row.national),
    name: `${host.id} level ${row.national}`,
    basis: `Comparable through AQRF level ${aqrf.level}. ${host.referencing.report}. ${cite(table)}${remark.join('')}`,
    confirmed: aqrf.confirmed && table.confirmedBy !== undefined,
    confidence: weakest(aqrf.confidence, host.referencing.confidence, table.confidence),
    url: pageOf(host.id),
  }
}

/** Whether the referencing was endorsed by the end of that day. Of a month or a period, the last day counts. */
export function endorsed({ endorsedOn, endorsedBetween }: Referencing, on: Day): 'by-then' | 'later' | 'not-known' {
  // As text, a month sorts before its days, and the month with `-31` not before its last day.
  const from = endorsedOn ?? endorsedBetween?.from
  const to = endorsedOn?.length === 7 ? `${endorsedOn}-31` : (endorsedOn ?? endorsedBetween?.to)
  if (from === undefined || to === undefined) return 'not-known'
  if (to <= on) return 'by-then'
  return from > on ? 'later' : 'not-known'
}

function explain(timing: 'later' | 'not-known', { endorsedOn, endorsedBetween }: Referencing, on: Day): string {
  if (timing === 'not-known') return `Whether that was before or after ${inWords(on)} is not known to us.`
  const when =
    endorsedOn !== undefined
      ? `later, ${endorsedOn.length === 7 ? 'in' : 'on'} ${inWords(endorsedOn)}`
      : `later, not before ${inWords(endorsedBetween?.from ?? on)}`
  return `The day asked about is ${inWords(on)}; the referencing was endorsed ${when}.`
}

function cite({ version, date, confirmedBy, sources }: LevelTable): string {
  const isPage = (source: string) => source.startsWith('http')
  // A page may support the referencing but not its rows, so the weaker source is named.
  const general = sources.some(isPage) ? 'partly from general knowledge' : 'from general knowledge'
  const basis = sources.length > 0 && sources.every(isPage) ? 'from public sources' : general
  const who = confirmedBy === undefined ? `${basis}, unconfirmed` : `confirmed by ${confirmedBy}`
  return `Level table ${version} of ${inWords(date)}, ${who}.`
}
