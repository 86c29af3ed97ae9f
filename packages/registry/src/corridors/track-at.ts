import { type Evidence, roadmap, type StepId } from '@sijil/qualifications'
import { hashOf } from '../four-eyes.ts'
import { type Corridor, partiesAt } from './corridor-at.ts'
import { type Declarer, requireKnownTrack, type StepStatement, type TrackCommits } from './events.ts'

/** What one party declares of a step now. */
export interface Declaration {
  declaredBy: Declarer
  statement: StepStatement
  hash: string
  /** When it was declared or joined. */
  recordedAt: string
  joined: boolean
}

export interface StepAt {
  step: StepId
  /** `waits`: some parties declared it done, and not all. */
  progress: 'nothing' | 'under-way' | 'waits' | 'done'
  declarations: readonly Declaration[]
  /** Evidence that was attached later. */
  attached: readonly (Evidence & { by: Declarer; recordedAt: string })[]
  /** Since all that were parties then had declared it. A party that came later does not undo it. */
  settled?: { at: string; parties: readonly string[] }
  /** Parties of today that have not declared it done. */
  missing: readonly string[]
}

/** What each party joins: the statement and its place. */
export const stepHash = (place: { corridor: string; track: string; step: StepId }, statement: StepStatement): string =>
  hashOf({ ...place, statement })

interface Folded {
  declarations: Map<string, Declaration>
  attached: StepAt['attached'][number][]
  settled?: StepAt['settled']
}

/** The steps of a track by what was recorded at a moment. Throws `UnknownEvent`. */
export function trackAt(commits: TrackCommits, corridor: Pick<Corridor, 'periods'>, moment: string): readonly StepAt[] {
  requireKnownTrack(commits)
  const steps = new Map<StepId, Folded>(roadmap.map(({ id }) => [id, { declarations: new Map(), attached: [] }]))
  for (const { events, recordedAt } of commits) {
    if (recordedAt > moment) break
    for (const event of events) {
      const folded = steps.get(event.step)
      if (folded === undefined) continue
      const { declaredBy } = event
      switch (event.type) {
        case 'step-declared': {
          const { statement, hash } = event
          folded.declarations.set(declaredBy.id, { declaredBy, statement, hash, recordedAt, joined: false })
          break
        }
        case 'step-joined': {
          const of = [...folded.declarations.values()].find(({ hash }) => hash === event.hash)
          if (of !== undefined) folded.declarations.set(declaredBy.id, { ...of, declaredBy, recordedAt, joined: true })
          break
        }
        case 'evidence-attached':
          for (const one of event.evidence) folded.attached.push({ ...one, by: declaredBy, recordedAt })
          continue
        case 'step-withdrawn':
          folded.declarations.delete(declaredBy.id)
          delete folded.settled
          continue
        default:
          event satisfies never
      }
      const parties = partiesAt(corridor, recordedAt)
      if (folded.settled === undefined && isDoneBy(parties, folded, event.step))
        folded.settled = { at: recordedAt, parties }
    }
  }
  const today = partiesAt(corridor, moment)
  return roadmap.map(({ id }) => stepOf(id, steps.get(id) ?? { declarations: new Map(), attached: [] }, today))
}

/** A step that needs all is one text that each of them joined. Of another step each has its own. */
function isDoneBy(parties: readonly string[], { declarations }: Folded, step: StepId): boolean {
  const own = parties.map((party) => declarations.get(party))
  if (own.length === 0 || own.some((one) => one?.statement.progress !== 'done')) return false
  const isJoint = roadmap.find(({ id }) => id === step)?.parties === 'all'
  return !isJoint || new Set(own.map((one) => one?.hash)).size === 1
}

function stepOf(step: StepId, { declarations, attached, settled }: Folded, today: readonly string[]): StepAt {
  const all = [...declarations.values()]
  const done = new Set(
    all.filter(({ statement }) => statement.progress === 'done').map(({ declaredBy }) => declaredBy.id),
  )
  const progress = settled ? 'done' : done.size > 0 ? 'waits' : all.length > 0 ? 'under-way' : 'nothing'
  const missing = today.filter((party) => !done.has(party))
  return { step, progress, declarations: all, attached, missing, ...(settled && { settled }) }
}

/** The steps that come before: each in the order of the roadmap, and 7b after step 6 like 7a. */
export function stepsBefore(step: StepId): readonly StepId[] {
  const ids = roadmap.map(({ id }) => id).filter((id) => id !== '7a')
  return step === '7a' ? ids.slice(0, ids.indexOf('7b')) : ids.slice(0, ids.indexOf(step))
}
