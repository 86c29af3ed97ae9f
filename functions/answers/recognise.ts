import { type Answer, type Answers, approvingSignIn, route } from '@sijil/http'
import {
  approveSingle,
  askForChange,
  openLetter,
  openSingle,
  proposeSingle,
  rejectSingle,
  type SignedReceipts,
  signReceipt,
} from '@sijil/registry/decisions'
import type { SingleChange, SingleRecord } from '@sijil/registry/recognition'
import type * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'
import { decisionId } from './decision-id.ts'
import { nothingInput } from './decision-inputs.ts'
import type { RecogniseParts } from './recognise-parts.ts'
import { appealSingleInput, approveSingleInput, endSingleInput, singleInput } from './recognition-inputs.ts'
import { listsOf } from './single-lists.ts'
import { singlePageAnswers } from './single-pages.ts'
import { strict } from './strict.ts'
import { tokenOf } from './token-of.ts'

type Of = { authority: string; id: string }
type Caller = { subject: string; scopes: readonly string[] }
interface Asked {
  params: Of
  caller: Caller
}

/** Decisions about single certificates. No answer but that of an approval and an opening holds what was decided. */
export const recogniseAnswers = ({
  clock,
  newId,
  approving,
  ...parts
}: RecogniseParts): Answers<RouteRowOf<'recognise'>[]> => {
  const pages = singlePageAnswers({ clock, newId, approving, ...parts })
  const deps = () => ({ ...parts, now: clock() })
  const remembered: SignedReceipts = new Map()
  const of = ({ params: { authority, id }, caller: { subject } }: Asked) => ({ authority, subject, id: decisionId(id) })

  const propose = async (
    { authority, subject, replaces }: { authority: string; subject: string; replaces?: string },
    { link, ...given }: z.output<typeof singleInput>,
  ): Promise<Answer> => {
    const asked = { authority, subject, id: newId(), token: tokenOf(link, parts.baseUrl), terms: strict(given) }
    return waits(await proposeSingle({ ...asked, ...(replaces && { replaces }) }, deps()))
  }
  const ask = async (asked: Asked, change: SingleChange): Promise<Answer> =>
    waits(await askForChange({ ...of(asked), change }, deps()))

  return {
    ...pages,
    'GET /corridors/{id}/{track}/receipts/{manifest}': route<
      { id: string; track: string; manifest: string },
      undefined
    >({
      answer: async ({ params: { id: corridor, track, manifest } }) => ({
        status: 200,
        body: await signReceipt({ corridor, track, manifest }, { ...deps(), remembered }),
      }),
    }),
    'POST /authorities/{authority}/single-decisions': route({
      input: singleInput,
      answer: ({ params: { authority }, caller: { subject }, input }) => propose({ authority, subject }, input),
    }),
    'GET /authorities/{authority}/single-decisions': route({
      knows: ['limit', 'page', 'letters'],
      async answer({ params: { authority }, caller: { subject }, query }) {
        const lists = await listsOf({ authority, subject, query }, { reader: parts.store, now: clock() })
        return { status: 200, body: { ...lists, decisions: lists.decisions.map(shown) } }
      },
    }),
    'POST /authorities/{authority}/letters/{id}/open': route({
      input: nothingInput,
      async answer(asked) {
        const { letter, link } = await openLetter(of(asked), deps())
        return { status: 200, body: { ...letter, link } }
      },
    }),
    'POST /authorities/{authority}/single-decisions/{id}/open': route({
      input: nothingInput,
      async answer(asked) {
        const { record, draft } = await openSingle(of(asked), deps())
        const { terms, isShown, original, qualification, replaces } = draft
        const about = { certificate: original.id, qualification: qualification.id, ...(replaces && { replaces }) }
        return { status: 200, body: { ...shown(record), ...about, isShown, terms } }
      },
    }),
    'POST /authorities/{authority}/single-decisions/{id}/complete': route({
      input: singleInput,
      answer: ({ params: { authority, id }, caller: { subject }, input }) =>
        propose({ authority, subject, replaces: decisionId(id) }, input),
    }),
    'POST /authorities/{authority}/single-decisions/{id}/end': route({
      input: endSingleInput,
      answer: ({ input: { reason }, ...asked }) => ask(asked, { kind: 'end', reason }),
    }),
    'POST /authorities/{authority}/single-decisions/{id}/appeal': route({
      input: appealSingleInput,
      answer: ({ input: { state }, ...asked }) => ask(asked, { kind: 'appeal', state }),
    }),
    'POST /authorities/{authority}/single-decisions/{id}/approve': route({
      input: approveSingleInput,
      async answer({ input: { hash, link }, ...asked }) {
        const token = link === undefined ? {} : { token: tokenOf(link, parts.baseUrl) }
        const signedInAt = approvingSignIn(asked.caller, approving)
        const { record, document } = await approveSingle({ ...of(asked), hash, ...token, signedInAt }, deps())
        return { status: 200, body: { ...shown(record), ...(document && { verifiableCredential: document }) } }
      },
    }),
    'POST /authorities/{authority}/single-decisions/{id}/reject': route({
      input: nothingInput,
      answer: async (asked) => ({ status: 200, body: shown(await rejectSingle(of(asked), deps())) }),
    }),
  }
}

const waits = (record: SingleRecord): Answer => ({
  status: 202,
  headers: { location: `/authorities/${record.host}/single-decisions` },
  body: shown(record),
})

/** A decision as its officers see it in a list: what waits, and what became of it. */
const shown = ({
  id,
  host,
  state,
  proposedBy,
  proposedAt,
  hash,
  open,
  decided,
  issuedAt,
  ended,
  replaced,
  appealed,
}: SingleRecord) => ({
  id,
  authority: host,
  state,
  proposedBy,
  proposedAt,
  hash: open?.hash ?? hash,
  ...(open?.change && { asks: open.change }),
  ...(decided && { decidedBy: decided.decidedBy }),
  ...(issuedAt && { issuedAt }),
  ...(ended && { ended }),
  ...(replaced && { replaced }),
  ...(appealed && { appealed }),
})
