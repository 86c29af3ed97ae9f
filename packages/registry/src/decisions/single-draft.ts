import type { SingleDecision, Unit } from '@sijil/credentials'
import { hashOf } from '../four-eyes.ts'
import type { NoteOpener, NoteSealer } from '../ports.ts'
import type { DecisionTerms, RegistrationTerms } from '../recognition/events.ts'
import type { SingleRecord } from '../recognition/single-record.ts'

export interface SingleTerms extends DecisionTerms {
  /** Of a refusal: whether the page of the link shows it. Other decisions are always shown. */
  showRefusal?: boolean
  /** Of a decision for a time: the holder is registered. */
  registration?: RegistrationTerms
}

/** What officers decide about one certificate, before it is signed. Only the officers of the host can read it. */
export interface SingleDraft {
  /** The certificate: its id, and the digest of its signed document. Nobody who does not have the document can guess it. */
  original: SingleDecision['original']
  qualification: SingleDecision['qualification']
  /** Units that are recognised, with their titles in the certificate. */
  units: readonly Unit[]
  terms: Omit<SingleTerms, 'showRefusal'>
  /** False: a refusal that only its holder gets. */
  isShown: boolean
  /** UUID of the decision whose place it takes. */
  replaces?: string
}

/** What an approval names. */
export const hashOfDraft = (draft: SingleDraft): string => hashOf(draft)

/** Letters of one note. In no script do they take more bytes than a note may have. */
const NOTE_LETTERS = 1_300

export function sealDraft(host: string, draft: SingleDraft, sealer: NoteSealer): Promise<string[]> {
  const text = JSON.stringify(draft)
  const parts = Array.from({ length: Math.ceil(text.length / NOTE_LETTERS) }, (_, at) =>
    // A letter outside of the first plane must not be cut. Its halves would be lost in UTF-8.
    escaped(text.slice(at * NOTE_LETTERS, (at + 1) * NOTE_LETTERS)),
  )
  return Promise.all(parts.map((part) => sealer.seal(host, part)))
}

export async function openDraft({ host, sealed }: SingleRecord, opener: NoteOpener): Promise<SingleDraft> {
  const parts = await Promise.all(sealed.map((part) => opener.open(host, part)))
  return JSON.parse(parts.join('')) as SingleDraft
}

/** Halves of letters stand only within texts of the JSON, where an escape means the same. */
const escaped = (part: string): string =>
  part.replace(/[\ud800-\udbff]$|^[\udc00-\udfff]/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`)
