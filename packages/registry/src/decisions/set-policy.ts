import { parseNumberPattern } from '../certificates/number-pattern.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { type BodyPolicy, type PolicyEvent, policyHistory, policyIn } from '../trust/body-policy.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { noSuchIssuer } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps, DecideReader } from './decide-deps.ts'
import { requireAsProposed } from './own-records.ts'

/** What a body decides about itself alone. `effectiveAt`: RFC 3339 UTC. */
export interface OwnChange {
  body: string
  effectiveAt: string
  /** Number of commits of the record at the proposal. A later one makes the proposal fail. */
  version?: number
}

export type PolicyChange = { verb: 'set-policy' } & OwnChange & BodyPolicy

/** Limits of a policy. `MOST_ROWS` is as large as the largest batch, so it asks nearly nobody. */
export const [MOST_ROWS, MOST_YEARS] = [100_000, 99]

/** Records the policy of a body, or how many officers of an authority decide about one certificate. Throws `conflict` if it says already what counts from that moment on. */
export async function setPolicy(
  { body, effectiveAt, version, ...stated }: Omit<PolicyChange, 'verb'>,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  await requireOwnPolicy({ body, ...stated }, authority, deps)
  const history = await policyHistory(body, deps.store)
  requireAsProposed(history, version)
  requireLimits(stated, deps)
  const { secondPerson, batchFrom, retentionYears, numberPattern, decidedBy } = stated
  const policy: BodyPolicy = {
    secondPerson: [...new Set(secondPerson)].sort(),
    batchFrom,
    ...(retentionYears !== undefined && { retentionYears }),
    ...(numberPattern !== undefined && { numberPattern }),
    ...(decidedBy !== undefined && { decidedBy }),
  }
  const present = policyIn(history, { effective: effectiveAt, recorded: EVERYTHING })
  if (isSame(present, policy))
    throw new RegistryError('conflict', 'this is its policy on that day already', { reason: 'nothing-changes' })
  const event: PolicyEvent = { type: 'policy-set', ...policy }
  await deps.store.append(
    nextCommit(streams.own(body, 'policy'), history, { events: [event], actor, effectiveAt, now: deps.now }),
  )
}

/** An authority says by how many officers it decides, and a body says everything else. */
async function requireOwnPolicy(
  { body, decidedBy }: Pick<PolicyChange, 'body' | 'decidedBy'>,
  by: string,
  deps: DecideReader,
): Promise<void> {
  if (decidedBy === undefined) return requireOwnBody(body, by, deps)
  const entity = body === by ? entityAt(body, await trustOf(deps.store)(body), EVERYTHING) : undefined
  if (entity === undefined || entity.kind === 'centre' || entity.elsewhere) throw noSuchIssuer()
  if (entity.kind === 'body')
    throw new RegistryError('validation-failed', 'the policy cannot be set as described', {
      faults: [{ pointer: '/decidedBy', detail: 'only an authority decides about certificates of other states' }],
    })
}

/** Only a body of this registry decides about itself. Its authority does not, and neither does another body (I36). */
export async function requireOwnBody(body: string, by: string, { store }: DecideReader): Promise<void> {
  const entity = body === by ? entityAt(body, await trustOf(store)(body), EVERYTHING) : undefined
  if (entity?.kind !== 'body' || entity.elsewhere) throw noSuchIssuer()
}

function requireLimits(
  { batchFrom, retentionYears, numberPattern }: BodyPolicy,
  { now }: Pick<DecideDeps, 'now'>,
): void {
  const isWhole = (number: number, most: number) => Number.isInteger(number) && number >= 1 && number <= most
  const faults = [
    ...(isWhole(batchFrom, MOST_ROWS) ? [] : [limitFault('/batchFrom', MOST_ROWS)]),
    ...(retentionYears === undefined || isWhole(retentionYears, MOST_YEARS)
      ? []
      : [limitFault('/retentionYears', MOST_YEARS)]),
    ...(numberPattern === undefined || parseNumberPattern(numberPattern, now) ? [] : [patternFault]),
  ]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the policy cannot be set as described', { faults })
}

const patternFault: Fault = {
  pointer: '/numberPattern',
  detail:
    'must have one run of three to nine zeros, at most one YYYY or YY, and else letters, digits, spaces and - . /',
  reason: 'no-number-pattern',
}

const limitFault = (pointer: string, most: number) => ({
  pointer,
  detail: `must be a whole number from 1 to ${most}`,
})

const isSame = (one: BodyPolicy, other: BodyPolicy): boolean =>
  one.batchFrom === other.batchFrom &&
  one.retentionYears === other.retentionYears &&
  one.numberPattern === other.numberPattern &&
  (one.decidedBy ?? 'two') === (other.decidedBy ?? 'two') &&
  one.secondPerson.length === other.secondPerson.length &&
  one.secondPerson.every((act) => other.secondPerson.includes(act))
