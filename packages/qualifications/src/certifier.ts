import type { Confidence } from './confidence.ts'
import certifierRecords from './data/certifiers.data.json' with { type: 'json' }

/** A real body, under a key of ours. That it stands here says nothing about trust: trust is recorded by the registry. */
export interface Certifier {
  id: string
  /** ISO 3166-1 alpha-2; null for a body of the region. */
  state: string | null
  name: string
  localName?: { text: string; language: string }
  acronym?: string
  /** Not checked by us: to be confirmed before it enters a trust list. */
  domain?: string
  role:
    | 'skills-certifier'
    | 'trade-certifier'
    | 'tvet-awarding'
    | 'professional-regulator'
    | 'regulator'
    | 'nqf-authority'
    | 'regional-register'
  /** `years`: how long it is valid, where the sources state it. */
  awards: readonly { title: string; levels?: readonly number[]; years?: number }[]
  /** Mutual recognition arrangements that it acts under. */
  arrangements?: readonly string[]
  /** What it is there for, by which law. Absent, or without a law: our sources do not state it. */
  mandate?: {
    text: string
    law?: string
    /** A day, a month or a year: of that law, when it was signed or came into force. */
    dated?: string
    sources: readonly string[]
    confidence: Confidence
  }
  /** An office, never a person. */
  contact?: { office: string; sources: readonly string[] }
  /** Its public register: of certificates, of people, or of qualifications. */
  register?: string
  note?: string
  sources: readonly string[]
  confidence: Confidence
}

// The file is held to this shape by records.test.ts.
const certifiers = certifierRecords as readonly Certifier[]
const byId = new Map(certifiers.map((certifier) => [certifier.id, certifier]))

export const listCertifiers = (): readonly Certifier[] => certifiers
export const findCertifier = (id: string): Certifier | undefined => byId.get(id)
