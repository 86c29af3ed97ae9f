import { RegistryError } from '../errors.ts'
import type { ReceiverCheck } from '../ports.ts'
import { type CommitReader, nextCommit, streams } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { type Endpoint, type EndpointEvent, endpointHistory, endpointIn } from '../webhooks/endpoint.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requireAsProposed } from './own-records.ts'
import { type OwnChange, requireOwnBody } from './set-policy.ts'

export type WebhookChange = { verb: 'set-webhook'; endpoint: Endpoint | null } & OwnChange

/**
 * Throws `validation-failed` for an address to which nothing may be sent. Only for a member who may propose for this body, so that nobody
 * else makes the registry look up names. Each delivery checks the address again.
 */
export async function requireReceiver(
  { body, subject, url }: { body: string; subject: string; url: string },
  { store, receivers }: { store: CommitReader; receivers: ReceiverCheck },
): Promise<void> {
  await requireMember({ owner: body, subject, role: 'propose' }, { reader: store })
  const detail = await receivers.refusal(url)
  if (detail !== undefined)
    throw new RegistryError('validation-failed', 'events cannot be sent to this address', {
      faults: [{ pointer: '/endpoint/url', detail, reason: 'not-a-receiver' }],
    })
}

/** Records the endpoint of the webhooks of a body from a moment on. `null`: nothing is sent from then on. */
export async function setWebhook(
  { body, effectiveAt, version, endpoint }: Omit<WebhookChange, 'verb'>,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  await requireOwnBody(body, authority, deps)
  const history = await endpointHistory(body, deps.store)
  requireAsProposed(history, version)
  if (isSame(endpointIn(history, effectiveAt), endpoint ?? undefined))
    throw new RegistryError('conflict', 'this is its endpoint on that day already', { reason: 'nothing-changes' })
  const event: EndpointEvent = { type: 'webhook-set', endpoint }
  const change = { events: [event], actor, effectiveAt, now: deps.now, index: 'ENDPOINTS' as const }
  await deps.store.append(nextCommit(streams.own(body, 'webhook'), history, change))
}

const isSame = (one: Endpoint | undefined, other: Endpoint | undefined): boolean =>
  one?.url === other?.url && [...(one?.kinds ?? [])].sort().join() === [...(other?.kinds ?? [])].sort().join()
