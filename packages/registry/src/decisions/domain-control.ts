import {
  createDomainText,
  type DomainClaim,
  type DomainTextFault,
  hashDomainText,
  placeOfDomainText,
  readDomainText,
} from '@sijil/credentials'
import { DAY_MS } from '../clocks.ts'
import { RegistryError } from '../errors.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import type { DomainControl } from '../trust/events.ts'

/** A text counts for 30 days, so that a text which a former owner of the domain left there shows nothing. */
const TEXT_LIFE_MS = 30 * DAY_MS

/** Makes and checks marks of texts. Nobody else can make one. */
export interface TextMarks {
  make(text: string): Promise<string>
  isOf(text: string, mark: string): Promise<boolean>
}

/** An authority asks a body to show that it controls its website. */
interface DomainQuestion {
  authority: string
  body: string
  /** With https and a domain name. */
  website: string
}

interface DomainDeps {
  baseUrl: string
  marks: TextMarks
  now: Date
}

export interface DomainRequest {
  domain: string
  /** Where the body must publish the text. */
  address: string
  text: string
}

/** The text that the body must publish. It is the same for all officers of the authority on one day, and nothing of it is stored. */
export async function requestDomainText(question: DomainQuestion, deps: DomainDeps): Promise<DomainRequest> {
  const { claim, address } = placeOf(question, deps)
  const day = dayOf(deps.now)
  const mark = await deps.marks.make(markedPart(question.authority, claim, day))
  return { domain: claim.domain, address, text: createDomainText(claim, `${day}.${mark}`) }
}

/**
 * Compares a text that an officer read at the website. Throws `validation-failed` unless this registry made it for this authority, body
 * and website in the last 30 days. Nothing is fetched: where the text was read is the word of the officer.
 */
export async function compareDomainText(
  { found, ...question }: DomainQuestion & { found: string },
  deps: DomainDeps,
): Promise<DomainControl> {
  const { claim } = placeOf(question, deps)
  const read = readDomainText(found, claim)
  if ('fault' in read) throw refused(read.fault)
  const [, day, mark = ''] = /^(\d{4}-\d\d-\d\d)\.(.+)$/.exec(read.mark) ?? []
  if (day === undefined || !(await deps.marks.isOf(markedPart(question.authority, claim, day), mark)))
    throw refused('another-text')
  const age = deps.now.getTime() - Date.parse(day)
  if (!(age >= 0 && age < TEXT_LIFE_MS)) throw refused('text-too-old')
  const sha256 = hashDomainText(createDomainText(claim, read.mark))
  return { domain: claim.domain, sha256, readOn: dayOf(deps.now) }
}

function placeOf({ body, website }: DomainQuestion, { baseUrl }: DomainDeps): { claim: DomainClaim; address: string } {
  const { domain, address } = placeOfDomainText(new URL(website))
  return { claim: { registry: baseUrl, body, domain }, address }
}

/** Everything that the mark must bind, one value a line. The text shows all of it but the authority. */
const markedPart = (authority: string, claim: DomainClaim, day: string) =>
  createDomainText(claim, `${day}\n${authority}`)

const dayOf = (moment: Date) => moment.toISOString().slice(0, 10)

const details: Readonly<Record<DomainTextFault | 'text-too-old', string>> = {
  'not-a-domain-text': 'must be the one-time text, from its first line on',
  'text-of-another-registry': 'must name this registry in its second line',
  'text-of-another-body': 'must name this body in its third line',
  'text-of-another-website': 'must name the domain of this website in its fourth line',
  'another-text': 'must have five lines, the last as this registry made it for this authority',
  'text-too-old': 'must be at most 30 days old: make a new one',
}

function refused(reason: DomainTextFault | 'text-too-old'): RegistryError {
  const fault = { pointer: '/text', detail: details[reason], reason: reason satisfies RefusalReason }
  return new RegistryError('validation-failed', 'This text does not show control of the website.', { faults: [fault] })
}
