import { isStatusAct, isTouchedBy, listBatches, mustHaveSecond } from '@sijil/registry/batches'
import { listActions } from '@sijil/registry/decisions'
import type { Role } from '@sijil/registry/trust'
import type { BodyWaits, ShownProposal } from '@sijil/web'
import type { DeskDeps, Office } from './office.ts'
import { reportsView } from './reports.ts'
import { shownActions } from './waiting.ts'

/** Entries of each kind that are looked through, newest first. */
const LOOKED_THROUGH = 20

/** Everything of a body that somebody has to do, for what this member may read, and whether this member can do it. */
export async function bodyWaits(
  office: Office,
  { subject, proposals }: { subject: string; proposals: readonly ShownProposal[] },
  deps: DeskDeps,
): Promise<BodyWaits> {
  const { authority: body, roles } = office
  const has = (...wanted: readonly Role[]) => wanted.some((role) => roles.includes(role))
  const asked = { subject, limit: LOOKED_THROUGH }
  const decides = has('propose', 'approve')
  const [actions, batches, reports] = await Promise.all([
    has('issue', 'status', 'propose', 'approve') ? openActions(body.id, asked, deps) : [],
    has('issue', 'status', 'approve') ? batchesUnderWay(office, asked, deps) : [],
    decides ? reportsView(office, { limit: LOOKED_THROUGH }, deps).then(({ values }) => values.reports) : [],
  ])
  return {
    proposals: proposals
      .filter(({ state }) => state === 'open' || state === 'approved')
      .map((proposal) => ({ ...proposal, isYours: has('approve') && proposal.proposedBy !== subject })),
    // After an approval, the one who asked for a new certificate sends it again. Nobody approves what they asked for.
    actions: actions.map((action) => ({
      ...action,
      isYours: action.state === 'approved' ? action.askedBy === subject : has('approve') && action.askedBy !== subject,
    })),
    batches,
    reports: reports.filter(({ closed }) => closed === undefined),
  }
}

async function openActions(owner: string, asked: { subject: string; limit: number }, deps: DeskDeps) {
  const { actions } = await listActions({ owner, ...asked }, deps)
  return shownActions(
    actions.filter(({ state }) => state === 'open' || state === 'approved'),
    deps,
  )
}

async function batchesUnderWay(
  { authority: body, roles }: Office,
  { subject, limit }: { subject: string; limit: number },
  deps: DeskDeps,
): Promise<BodyWaits['batches']> {
  const { batches } = await listBatches({ issuer: body.id, subject, limit }, deps)
  const unfinished = batches.filter(({ state }) => state !== 'finished' && state !== 'cancelled')
  return Promise.all(
    unfinished.map(async (batch) => {
      const { id, act, state, rows, submittedAt, submittedBy } = batch
      const maySend = roles.includes(isStatusAct(act) ? 'status' : 'issue')
      const mayApprove = roles.includes('approve') && !isTouchedBy(batch, subject)
      const isYours = state === 'closed' ? mayApprove || (maySend && !(await mustHaveSecond(batch, deps))) : maySend
      return { id, act, state, rows, submittedAt, submittedBy, isYours }
    }),
  )
}
