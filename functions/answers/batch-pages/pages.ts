import { csvOf } from '@sijil/credentials/csv'
import {
  type Answer,
  approvingSignIn,
  createPageToken,
  parseInput,
  readPage,
  route,
  type SignedIn,
  upload,
} from '@sijil/http'
import { addressOfFile, approveFiles, askForFiles } from '@sijil/registry/batch-files'
import {
  acts,
  amendAnswers,
  approveBatch,
  type Batch,
  cancelBatch,
  closeBatch,
  pauseBatch,
  receiveBatch,
  reopenBatch,
  requireBatchOf,
  resumeBatch,
  submitBatch,
  uploadTarget,
} from '@sijil/registry/batches'
import { batchesView, batchView, requireMemberAt } from '@sijil/views/desk'
import { type BatchesValues, type BatchPress, type BatchValues, batchesPage, batchPage, deskPathOf } from '@sijil/web'
import * as z from 'zod'
import { partIn } from '../batch-inputs.ts'
import { correctable, type DeskRequest, deskContext, orReturned, seeOther } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { calling } from '../status-list-answers.ts'
import type { BatchesParts } from './parts.ts'
import { amendment, type Form, fileIn, hashIn, pressIn, requestIn, wishIn } from './presses.ts'
import { rowColumns, rowsOf } from './rows.ts'

type OfBody = { issuer: string }
type OfOne = OfBody & { id: string }
type Asked<Params extends OfBody = OfBody> = DeskRequest & { params: Params; input?: unknown }

const uploadForm = z.strictObject({ table: upload, key: z.uuid(), act: z.enum(acts).default('issue') })
/** A large file that the store of files took. */
const arrivedForm = z.object({ arrived: z.uuid(), act: z.enum(acts).default('issue') })
const returnable = [...correctable, 'idempotency-key-reuse'] as const

/** The pages of batches, over the same verbs as the API. A GET shows no name. */
export const batchPageAnswers = (parts: BatchesParts) => {
  const deps = () => ({ ...parts, now: parts.clock() })
  const pathOf = ({ params: { issuer } }: Asked, ...more: string[]) => deskPathOf('issuers', issuer, 'batches', ...more)
  const idOf = ({ params: { id } }: Asked<OfOne>) => id.toLowerCase()
  const officeOf = ({ params, caller }: Asked) => requireMemberAt(params.issuer, caller.subject, deps())
  const requestOf = (asked: Asked<OfOne>) => ({
    issuer: asked.params.issuer,
    subject: asked.caller.subject,
    id: idOf(asked),
  })

  const list = async (
    asked: Asked,
    more: Pick<BatchesValues, 'problem' | 'large' | 'arrived'> = {},
  ): Promise<string> => {
    const { issuer } = asked.params
    const { subject } = asked.caller
    const question = { index: `BATCHES#${issuer}` }
    const place = { subject, ...readPage(asked.query, question) }
    const { values, next } = await batchesView(await officeOf(asked), place, deps())
    const further = next && { next: createPageToken(next, question) }
    return batchesPage({ ...values, key: parts.newId(), ...further, ...more }, deskContext(asked, pathOf(asked), parts))
  }

  /** The form comes back to the list, which then offers to read the file. */
  const targetOf = (asked: Asked) => {
    const returnTo = (id: string) => `${parts.baseUrl}${pathOf(asked)}?${new URLSearchParams({ arrived: id })}`
    const { issuer } = asked.params
    return uploadTarget({ issuer, subject: asked.caller.subject, idempotencyKey: parts.newId(), returnTo }, deps())
  }

  const one = async (
    asked: Asked<OfOne>,
    { part, place, areNamesOpen, ...more }: Pick<BatchValues, 'problem' | 'isDone' | 'address'> & Shown,
  ): Promise<string> => {
    const { subject } = asked.caller
    const at = Number(/^[1-9]\d{0,3}$/.exec(String(place ?? ''))?.[0] ?? 1)
    const shown = { part: 1, ...partIn({ part: typeof part === 'string' ? part : undefined }), place: at }
    const question = { id: idOf(asked), subject, ...shown, ...(areNamesOpen && { areNamesOpen }) }
    const values = await batchView(await officeOf(asked), question, deps())
    return batchPage({ ...values, ...more }, deskContext(asked, pathOf(asked, idOf(asked)), parts))
  }

  const changed = (press: BatchPress, asked: Asked<OfOne>, form: Form) => {
    const request = requestOf(asked)
    switch (press) {
      case 'close':
        return closeBatch(request, deps())
      case 'reopen':
        return reopenBatch(request, deps())
      case 'start':
        return approveBatch({ ...request, hash: hashIn(form), signedInAt: undefined }, deps())
      case 'approve': {
        const signedInAt = approvingSignIn(asked.caller, parts.approving)
        return approveBatch({ ...request, hash: hashIn(form), signedInAt }, deps())
      }
      case 'files':
        return askForFiles({ ...request, ...wishIn(form) }, deps())
      case 'approve-files': {
        const signedInAt = approvingSignIn(asked.caller, parts.approving)
        return approveFiles({ ...request, ...requestIn(form), signedInAt }, deps())
      }
      case 'pause':
        return pauseBatch(request, deps())
      case 'resume':
        return resumeBatch(request, deps())
      case 'cancel':
        return cancelBatch(request, deps())
      default:
        return amendAnswers({ ...request, change: amendment(press, form) }, deps())
    }
  }

  return {
    'GET /desk/issuers/{issuer}/batches': route<OfBody, SignedIn>({
      answer: async (asked) => {
        const { large, arrived } = asked.query
        const target = large === 'yes' ? await targetOf(asked) : undefined
        return page(
          await list(asked, {
            ...(target && { large: target }),
            ...(arrived !== undefined && z.uuid().safeParse(arrived).success && { arrived }),
          }),
        )
      },
    }),
    'POST /desk/issuers/{issuer}/batches': route<OfBody, SignedIn>({
      body: 'multipart-list',
      async answer(asked) {
        await officeOf(asked)
        return orReturned(
          async () => {
            const { issuer } = asked.params
            const { subject } = asked.caller
            const came = arrivedForm.safeParse(asked.input)
            if (came.success) {
              const { id } = await receiveBatch({ issuer, subject, id: came.data.arrived, act: came.data.act }, deps())
              return seeOther(pathOf(asked, id), asked)
            }
            const { table, key, act } = parseInput(uploadForm, asked.input)
            const sent = { issuer, subject, act, idempotencyKey: key, bytes: table.bytes }
            return seeOther(pathOf(asked, (await submitBatch(sent, deps())).id), asked)
          },
          (problem) => list(asked, { problem }),
          { ...parts, wants: asked.wants, codes: returnable },
        )
      },
    }),
    'GET /desk/issuers/{issuer}/batches/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => {
        const { part, rows: place, done } = asked.query
        return page(await one(asked, { part, place, isDone: done === 'yes' }))
      },
    }),
    'POST /desk/issuers/{issuer}/batches/{id}': route<OfOne, SignedIn>({
      body: 'form',
      async answer(asked) {
        const form = asked.input as Form
        await requireBatchOf(requestOf(asked), parts)
        return orReturned(
          async () => {
            const press = pressIn(form)
            if (press === 'names')
              return page(await one(asked, { part: form.part, place: form.rows, areNamesOpen: true }))
            if (press === 'file') {
              const { request, file } = fileIn(form)
              const { url } = await addressOfFile({ ...requestOf(asked), request, file: file - 1 }, deps())
              return page(await one(asked, { address: url }))
            }
            const batch = await changed(press, asked, form)
            const called = 'act' in batch ? await calling(batch, parts) : {}
            const part = nextPart(batch, form)
            const more = { done: 'yes', ...(part !== undefined && { part: String(part) }) }
            return { ...seeOther(pathOf(asked, idOf(asked)), asked, more), ...called }
          },
          (problem) => one(asked, { problem, part: form.part, place: form.rows }),
          { ...parts, wants: asked.wants },
        )
      },
    }),
    'GET /desk/issuers/{issuer}/batches/{id}/rows.csv': route<OfOne, SignedIn>({
      async answer(asked): Promise<Answer> {
        await officeOf(asked)
        const rows = await rowsOf({ ...requestOf(asked), ...partIn(asked.query) }, deps())
        const headers = { 'content-disposition': `attachment; filename="batch-${idOf(asked)}.csv"` }
        return {
          status: 200,
          body: `\ufeff${csvOf(rowColumns, rows)}`,
          type: 'text/csv; charset=utf-8; header=present',
          headers,
        }
      },
    }),
  }
}

interface Shown {
  part?: unknown
  place?: unknown
  areNamesOpen?: boolean
}

/** The part of a long file that is shown next: after a close the one that follows it. */
function nextPart(batch: object, { part }: Form): number | undefined {
  const { closing, state } = batch as Partial<Batch>
  if (state !== 'open') return undefined
  return closing !== undefined ? closing.parts + 1 : partIn({ part: typeof part === 'string' ? part : undefined }).part
}
