import { RegistryError } from '../errors.ts'
import type { NoteSealer } from '../ports.ts'
import { type CommitReader, nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { requireMember } from '../trust/members.ts'
import { type SealedSignatory, type SignatoryEvent, signatoryHistory, signatoryIn } from '../trust/signatory.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requireAsProposed } from './own-records.ts'
import { type OwnChange, requireOwnBody } from './set-policy.ts'
import { verdictFaults } from './verdict-words.ts'

export type SignatoryChange = { verb: 'set-signatory'; signatory: SealedSignatory | null } & OwnChange

/**
 * Seals the name, so that the proposal holds no readable person. Only for a member who may propose for this body. Throws
 * `validation-failed` for a text that reads like a verdict (P013).
 */
export async function sealSignatory(
  { body, subject, name, title }: { body: string; subject: string; name: string; title: string },
  { store, sealer }: { store: CommitReader; sealer: NoteSealer },
): Promise<SealedSignatory> {
  await requireMember({ owner: body, subject, role: 'propose' }, { reader: store })
  const faults = [...verdictFaults('/name', name), ...verdictFaults('/title', title)]
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the signatory cannot be named as described', { faults })
  return { sealed: await sealer.seal(body, name), title }
}

/** Records who signs for a body from a moment on. `null`: nobody. */
export async function setSignatory(
  { body, effectiveAt, version, signatory }: Omit<SignatoryChange, 'verb'>,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  await requireOwnBody(body, authority, deps)
  const history = await signatoryHistory(body, deps.store)
  requireAsProposed(history, version)
  const present = signatoryIn(history, { effective: effectiveAt, recorded: EVERYTHING })
  if (signatory === null && present === undefined)
    throw new RegistryError('conflict', 'nobody is named on that day', { reason: 'nothing-changes' })
  const event: SignatoryEvent = { type: 'signatory-set', signatory }
  await deps.store.append(
    nextCommit(streams.own(body, 'signatory'), history, { events: [event], actor, effectiveAt, now: deps.now }),
  )
}
