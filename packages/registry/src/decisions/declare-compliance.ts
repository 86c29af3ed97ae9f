import { type ActionLine, type ComplianceStatement, claimsIn, complianceFaults } from '@sijil/qualifications'
import { readCompliance } from '../corridors/compliance.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { isWholeRoot } from '../trust/policy.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { declarerOf } from './decide-track.ts'
import { verdictFaults } from './verdict-words.ts'
import { findAuthority } from './version-parties.ts'

/** How far the state of an authority has come with one action line of the work plan of an arrangement. */
export interface ComplianceChange {
  verb: 'declare-compliance'
  action: ActionLine
  statement: ComplianceStatement
}

/** Records it. Throws `not-found` for an authority that does not speak for its whole state, `conflict`, and `validation-failed`. */
export async function declareCompliance(
  { action, statement }: ComplianceChange,
  { authority, actor }: { authority: string; actor: string },
  deps: CarryOutDeps,
): Promise<void> {
  const own = await findAuthority(authority, deps)
  if (own === undefined || !isWholeRoot(own, deps.policy))
    throw new RegistryError('not-found', 'the root of a state declares for it', { reason: 'not-below' })
  const commits = await readCompliance(action, deps.store)
  const events = commits.flatMap((commit) => commit.events)
  const [first] = events
  const titles = new Map(
    events.flatMap((event) => event.statement.evidence.map(({ sha256, title }) => [sha256, title] as const)),
  )
  const faults = [
    ...complianceFaults(action, statement, { titles, today: deps.now.toISOString().slice(0, 10) }),
    ...(first === undefined || first.line.title === action.title
      ? []
      : [{ pointer: '/title', detail: 'must be the title that this line has on record' }]),
    ...verdictFaults('/title', action.title),
    ...claimsIn('/title', action.title),
    ...statement.evidence.flatMap(({ title }, at) => [
      ...verdictFaults(`/evidence/${at}/title`, title),
      ...claimsIn(`/evidence/${at}/title`, title),
    ]),
  ]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the degree cannot be declared as described', { faults })
  const last = events.findLast(({ declaredBy }) => declaredBy.state === own.identity.state)
  if (last !== undefined && last.statement.degree === statement.degree && last.statement.on >= statement.on)
    throw new RegistryError('conflict', 'your state declared this already', { reason: 'nothing-changes' })
  const event = { type: 'compliance-declared', line: action, statement, declaredBy: declarerOf(own) } as const
  const stream = streams.compliance(action.arrangement, action.line)
  await deps.store.append(nextCommit(stream, commits, { events: [event], actor, now: deps.now, index: 'JOINT' }))
}
