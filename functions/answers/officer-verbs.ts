import { approvingSignIn, type Caller, type SignInPolicy } from '@sijil/http'
import type { CheckedStore, NoteOpener, NoteSealer, Patience, ReceiverCheck } from '@sijil/registry'
import { importRegistry, suspendList } from '@sijil/registry/accepted-registries'
import { type Affected, countAffected } from '@sijil/registry/certificates'
import {
  approveProposal,
  type CarryOutDeps,
  listProposals,
  openSignatories,
  type Proposal,
  type ProposedChange,
  proposeChange,
  rehearseProposal,
  rejectProposal,
  requireReceiver,
  sealSignatory,
  storeLogo,
  suspendAllByOfficer,
  suspendByOfficer,
  suspendKeyByOfficer,
} from '@sijil/registry/decisions'
import { countSignedBy, type SignedByKey } from '@sijil/registry/log'
import type { GivenGrants } from '@sijil/registry/trust'
import { askReplay, makeSecret } from '@sijil/registry/webhooks'
import type * as z from 'zod'
import { accreditationOf } from './accreditation-id.ts'
import type { suspendInput } from './decision-inputs.ts'
import type { signatoryInput, webhookInput } from './own-inputs.ts'
import { proposedChanges } from './proposed-changes.ts'
import { strict } from './strict.ts'

type Signatory = z.output<typeof signatoryInput>
type Webhook = z.output<typeof webhookInput>

export type DecisionParts = Omit<CarryOutDeps, 'now'> & {
  newId: () => string
  clock: () => Date
  /** The sign-ins that suffice to approve. */
  approving: SignInPolicy
  /** Seals the names of signatories. */
  sealer: NoteSealer
  /** Keeps the logos of bodies. */
  logos: CheckedStore
  /** Seals the secrets of webhooks, and checks where events may be sent. */
  webhookSealer: NoteSealer
  receivers: ReceiverCheck
  random: (bytes: number) => Uint8Array
  patience: Patience
}

/** A proposal as officers see it: without its commits. */
export type ShownProposal =
  | Omit<Proposal, 'commits'>
  | (Omit<Proposal, 'commits'> & Affected)
  | (Omit<Proposal, 'commits'> & SignedByKey)

/** The officer, and the authority for which they act. */
interface ActingOfficer {
  authority: string
  subject: string
}

export type DecideDeps = ReturnType<typeof officerVerbs>

/** The verbs of officers, shared by the API and the desk. Each turns a parsed input into a call of the registry. */
export function officerVerbs({
  newId,
  clock,
  approving,
  sealer,
  logos,
  webhookSealer,
  receivers,
  random,
  patience,
  ...parts
}: DecisionParts) {
  const deps = (): CarryOutDeps => ({ ...parts, now: clock() })

  /** Counts the certificates under a grant, and under others that end with it. */
  const countUnder = (
    { grantee, grant, also, since }: { grantee: string; grant: string; also?: readonly string[]; since?: string },
    { lookThrough, given }: { lookThrough?: number; given?: GivenGrants } = {},
  ) =>
    countAffected(
      { issuer: grantee, grant, ...(also && { also }), ...(since && { since }), ...(lookThrough && { lookThrough }) },
      { ...deps(), ...(given && { given }) },
    )

  const countSigned = (
    change: Parameters<typeof countSignedBy>[0],
    { lookThrough }: { lookThrough?: number } = {},
  ): Promise<SignedByKey> => countSignedBy(change, { ...deps(), ...(lookThrough && { lookThrough }) })

  /** Adds how many certificates a withdrawal or a compromise touches. Officers see it before they approve, and again afterwards. */
  const withAffected = async (
    proposal: ShownProposal,
    how: Parameters<typeof countUnder>[1] = {},
  ): Promise<ShownProposal> => {
    const { change } = proposal
    if (change.verb === 'compromise-key') return { ...proposal, ...(await countSigned(change, how)) }
    if (change.verb !== 'withdraw') return proposal
    return { ...proposal, ...(await countUnder({ ...change, since: change.effectiveAt }, how)) }
  }

  const propose = async ({ authority, subject }: ActingOfficer, change: ProposedChange): Promise<ShownProposal> =>
    withAffected(bodyOf(await proposeChange({ authority, subject, id: newId(), change }, deps())))

  return {
    deps,
    countUnder,
    countSigned,
    withAffected,
    propose,
    /** The change as it would be proposed. Throws what a proposal of it would throw, and writes nothing. */
    rehearse: ({ authority, subject }: ActingOfficer, change: ProposedChange): Promise<ProposedChange> =>
      rehearseProposal({ authority, subject, id: newId(), change }, deps()),
    /** Seals the name and proposes who signs for a body. `null`: nobody. */
    async proposeSignatory(body: string, subject: string, { signatory, effectiveFrom }: Signatory) {
      const sealed =
        signatory === null ? null : await sealSignatory({ body, subject, ...signatory }, { store: parts.store, sealer })
      const stated = { signatory: sealed, ...(effectiveFrom && { effectiveFrom }) }
      return propose(
        { authority: body, subject },
        proposedChanges['set-signatory']({ issuer: body }, stated, { now: clock() }),
      )
    },
    /** Opens the names of the signatories of a body, for one of its members. */
    openSignatories: (body: string, subject: string, opener: NoteOpener) =>
      openSignatories({ body, subject, id: newId() }, { store: parts.store, opener, now: clock() }),
    /** Encodes a picture anew, stores it and proposes it as the logo of a body. `null`: none. */
    async proposeLogo(
      body: string,
      subject: string,
      { png, effectiveFrom }: { png: Uint8Array | null; effectiveFrom?: string | undefined },
    ) {
      const logo = png === null ? null : await storeLogo({ body, subject, png }, { store: parts.store, files: logos })
      const stated = { logo, ...(effectiveFrom && { effectiveFrom }) }
      return propose(
        { authority: body, subject },
        proposedChanges['set-logo']({ issuer: body }, stated, { now: clock() }),
      )
    },
    /** Checks the address and proposes it as the endpoint of the webhooks of a body. `null`: none. */
    async proposeWebhook(body: string, subject: string, input: Webhook) {
      const { endpoint } = input
      if (endpoint !== null)
        await requireReceiver({ body, subject, url: endpoint.url }, { store: parts.store, receivers })
      return propose(
        { authority: body, subject },
        proposedChanges['set-webhook']({ issuer: body }, input, { now: clock() }),
      )
    },
    /** Makes the next secret of the webhooks of a body. Nobody sees it again. */
    makeWebhookSecret: (body: string, subject: string) =>
      makeSecret({ body, subject }, { store: parts.store, sealer: webhookSealer, random, patience, now: clock() }),
    /** Asks to have one event sent again, or all that failed: then `id` is `failed`, which is no id of an event. */
    replayEvents: (body: string, subject: string, id: string) =>
      askReplay(
        { body, subject, ...(id !== 'failed' && { event: id }) },
        { store: parts.store, patience, now: clock() },
      ),
    /** One officer suspends a key alone, at once. */
    suspendKey: (
      { authority, subject }: ActingOfficer,
      { issuer, kid, ...grounds }: { issuer: string; kid: string; basis?: string; reason?: string },
    ) => suspendKeyByOfficer({ authority, subject, issuer, kid, ...grounds }, deps()),
    /** One officer suspends the list of another registry alone, at once. */
    suspendList: ({ authority, subject }: ActingOfficer, { registry, basis }: { registry: string; basis: string }) =>
      suspendList({ authority, subject, registry, basis }, deps()),
    /** Any officer with the right to propose hands in a bundle, because the other registry signed it. */
    importList: ({ authority, subject }: ActingOfficer, file: unknown) =>
      importRegistry({ authority, subject, file }, deps()),
    /** One officer suspends alone, at once. */
    async suspend({ authority, subject }: ActingOfficer, id: string, input: z.output<typeof suspendInput>) {
      const { grantee, grant } = accreditationOf(id)
      const { all, ...grounds } = strict(input)
      const request = { authority, subject, grantee, grant, ...grounds }
      const now = clock()
      const counted = (also: readonly string[] = []) => countUnder({ grantee, grant, also, since: now.toISOString() })
      if (!all) {
        await suspendByOfficer(request, { ...deps(), now })
        return counted()
      }
      const suspended = await suspendAllByOfficer(request, { ...deps(), now })
      return { suspended: suspended.map((one) => `${grantee}.${one}`), ...(await counted(suspended)) }
    },
    async list(authority: string, page: { limit: number; after?: string }) {
      const { proposals, next } = await listProposals({ authority, ...page }, { reader: parts.store, now: clock() })
      return { proposals: proposals.map(bodyOf), ...(next && { next }) }
    },
    async approve({ authority, caller }: { authority: string; caller: Caller }, id: string, hash: string) {
      const signedInAt = approvingSignIn(caller, approving)
      const request = { authority, id, subject: caller.subject, hash, signedInAt }
      return withAffected(bodyOf(await approveProposal(request, deps())))
    },
    reject: async ({ authority, subject }: ActingOfficer, id: string, why: string | undefined) =>
      bodyOf(await rejectProposal({ authority, id, subject, ...(why && { why }) }, deps())),
  }
}

const bodyOf = ({ commits: _, ...proposal }: Proposal): ShownProposal => proposal
