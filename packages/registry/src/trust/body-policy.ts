import { type EventShapes, requireKnown } from '../known-events.ts'
import { type Commit, type CommitReader, streams } from '../stream.ts'
import { countingAt, type Moments } from './dated.ts'
import { EVERYTHING } from './entity.ts'

/** What a body may let a second person approve. A batch has its own number of rows. */
export const policyActs = ['issue', 'correct', 'renew', 'revoke', 'suspend'] as const
export type PolicyAct = (typeof policyActs)[number]

/** How many officers decide about one certificate of another state. */
export type DecidedBy = 'one' | 'two'

/** What two officers of a body decided about its own certificates, or two of an authority about how it decides. */
export interface BodyPolicy {
  /** Acts for which a second person is needed. */
  secondPerson: readonly PolicyAct[]
  /** A batch of so many rows or more needs a second person. */
  batchFrom: number
  /** Years from the day of issue for which the body keeps the content of a certificate. Absent: not stated, so nothing ends by itself. */
  retentionYears?: number
  /** How the body numbers its certificates. Absent: each number follows the last one of its qualification. */
  numberPattern?: string
  /** Of an authority alone. Absent: two officers. */
  decidedBy?: DecidedBy
}

/** The policy of a body whose officers set none. */
export const usualPolicy: BodyPolicy = { secondPerson: [], batchFrom: 50 }

export type PolicyEvent = { type: 'policy-set' } & BodyPolicy

const shapes: EventShapes<PolicyEvent> = { 'policy-set': ['secondPerson', 'batchFrom'] }

/** Every policy that was set, oldest record first. Strongly consistent. */
export async function policyHistory(body: string, reader: CommitReader): Promise<readonly Commit<PolicyEvent>[]> {
  const commits = await reader.read<PolicyEvent>(streams.own(body, 'policy'))
  requireKnown(commits, shapes)
  return commits
}

/** The policy of a body at a moment, by what was recorded by another. */
export async function policyOn(body: string, moments: Moments, reader: CommitReader): Promise<BodyPolicy> {
  return policyIn(await policyHistory(body, reader), moments)
}

export function policyIn(history: readonly Commit<PolicyEvent>[], moments: Moments): BodyPolicy {
  const [event] = countingAt(history, moments)?.events ?? []
  if (event === undefined) return usualPolicy
  const { type: _, ...policy } = event
  return policy
}

/** How long a body keeps the content of its certificates. `undefined`: it has not stated that. */
export async function retentionOf(
  body: string,
  moments: Moments,
  reader: CommitReader,
): Promise<{ years: number } | undefined> {
  const { retentionYears } = await policyOn(body, moments, reader)
  return retentionYears === undefined ? undefined : { years: retentionYears }
}

/** True if the policy of this moment asks for a second person. Everything that was recorded by now counts. */
export async function asksForSecond(
  { body, act }: { body: string; act: PolicyAct },
  { store, now }: { store: CommitReader; now: Date },
): Promise<boolean> {
  const moment = now.toISOString()
  return (await policyOn(body, { effective: moment, recorded: EVERYTHING }, store)).secondPerson.includes(act)
}

/** The same for a batch of so many rows. */
export async function batchAsksForSecond(
  { body, rows }: { body: string; rows: number },
  { store, now }: { store: CommitReader; now: Date },
): Promise<boolean> {
  const moment = now.toISOString()
  const { secondPerson, batchFrom } = await policyOn(body, { effective: moment, recorded: EVERYTHING }, store)
  return rows >= batchFrom || secondPerson.includes('issue')
}

/** How many officers of this authority decide about one certificate, by its policy of this moment. */
export async function decidersOf(
  authority: string,
  { store, now }: { store: CommitReader; now: Date },
): Promise<DecidedBy> {
  const { decidedBy } = await policyOn(authority, { effective: now.toISOString(), recorded: EVERYTHING }, store)
  return decidedBy ?? 'two'
}
