import {
  type Answer,
  type Answers,
  approvingSignIn,
  type Caller,
  createPageToken,
  parseQuery,
  readPage,
  requireScope,
  route,
} from '@sijil/http'
import {
  answerBatch,
  approveBatch,
  type Batch,
  type BatchDeps,
  type BatchRequest,
  cancelBatch,
  closeBatch,
  countRows,
  listBatches,
  mustHaveSecond,
  pauseBatch,
  previewBatch,
  receiveBatch,
  reopenBatch,
  requireBatchOf,
  resultsOf,
  resumeBatch,
  uploadTarget,
} from '@sijil/registry/batches'
import type { RouteRowOf } from '../routes.ts'
import { approveBatchInput, batchAnswersInput, partIn, resultsQuery, startBatchInput } from './batch-inputs.ts'
import { batchPageAnswers } from './batch-pages/pages.ts'
import type { BatchesParts } from './batch-pages/parts.ts'
import { batchResultsAnswers, filesShown } from './batch-results.ts'
import { previewed, shown } from './batch-shown.ts'
import { nothingInput } from './decision-inputs.ts'
import { requireKey } from './idempotency-key.ts'
import { calling, fatesOf, requireScopeOfAct, scopeOf, submission } from './status-list-answers.ts'
import { strict } from './strict.ts'

type Of = { issuer: string; id: string }

/** A season's batch or a list of changes, from its file to the outcome of each row. No answer holds a name, a number or a link. */
export const batchesAnswers = ({ clock, approving, ...parts }: BatchesParts): Answers<RouteRowOf<'batches'>[]> => {
  const pages = batchPageAnswers({ clock, approving, ...parts })
  const deps = () => ({ ...parts, now: clock() })
  const asked = ({ params, caller }: { params: Of; caller: { subject: string } }): BatchRequest => ({
    ...params,
    id: params.id.toLowerCase(),
    subject: caller.subject,
  })
  /** For a route that any act has. */
  const askedFor = async (request: { params: Of; caller: Caller }): Promise<BatchRequest> => {
    await requireScopeOfAct(asked(request), request.caller, parts)
    return asked(request)
  }
  const previewNow = async (request: BatchRequest & { part?: number }) => {
    const preview = await previewBatch(request, deps())
    return { status: 200, body: { ...previewed(preview), ...(await fatesOf(preview, request, deps())) } }
  }
  const shownNow = async (batch: Batch) =>
    shown(batch, {
      counts: await countRows(batch, parts),
      second: await mustHaveSecond(batch, deps()),
      now: clock(),
    })
  const decided = (change: (request: BatchRequest, deps: BatchDeps) => Promise<Batch>) =>
    route<Of, Caller>({
      input: nothingInput,
      answer: async (request): Promise<Answer> => {
        const batch = await change(await askedFor(request), deps())
        return { status: 200, body: await shownNow(batch), ...(await calling(batch, parts)) }
      },
    })
  return {
    ...pages,
    ...batchResultsAnswers({ clock, approving, ...parts }),
    'POST /issuers/{issuer}/batches': submission('issue', deps, shownNow),
    'POST /issuers/{issuer}/credentials/revoke': submission('revoke', deps, shownNow),
    'POST /issuers/{issuer}/credentials/suspend': submission('suspend', deps, shownNow),
    'POST /issuers/{issuer}/credentials/reinstate': submission('reinstate', deps, shownNow),
    'GET /issuers/{issuer}/batches': route({
      knows: ['limit', 'page'],
      async answer({ params: { issuer }, caller: { subject }, query }) {
        const question = { index: `BATCHES#${issuer}` }
        const { batches, next } = await listBatches({ issuer, subject, ...readPage(query, question) }, parts)
        const rows = await Promise.all(batches.map(shownNow))
        return { status: 200, body: { batches: rows, ...(next && { next: createPageToken(next, question) }) } }
      },
    }),
    'GET /issuers/{issuer}/batches/{id}': route({
      answer: async (request) => ({ status: 200, body: await shownNow(await requireBatchOf(asked(request), parts)) }),
    }),
    'GET /issuers/{issuer}/batches/{id}/preview': route({
      knows: ['part'],
      answer: async (request) => previewNow({ ...(await askedFor(request)), ...partIn(request.query) }),
    }),
    'POST /issuers/{issuer}/batches/{id}/answers': route({
      input: batchAnswersInput,
      answer: async (request) => {
        const batch = await askedFor(request)
        await answerBatch({ ...batch, answers: strict(request.input) }, deps())
        return previewNow(batch)
      },
    }),
    'POST /issuers/{issuer}/batches/{id}/close': decided(closeBatch),
    'POST /issuers/{issuer}/batches/{id}/reopen': decided(reopenBatch),
    'POST /issuers/{issuer}/batches/uploads': route({
      input: nothingInput,
      async answer({ params: { issuer }, caller, headers }) {
        const asked = { issuer, subject: caller.subject, idempotencyKey: requireKey(headers) }
        return { status: 201, body: await uploadTarget(asked, deps()) }
      },
    }),
    'POST /issuers/{issuer}/batches/{id}/start': route({
      input: startBatchInput,
      answer: async (request) => {
        const { hash, act } = request.input
        if (hash === undefined) {
          requireScope(request.caller, [scopeOf(act)])
          return { status: 200, body: await shownNow(await receiveBatch({ ...asked(request), act }, deps())) }
        }
        const batch = await approveBatch({ ...(await askedFor(request)), hash, signedInAt: undefined }, deps())
        return { status: 200, body: await shownNow(batch) }
      },
    }),
    'POST /issuers/{issuer}/batches/{id}/approve': route({
      input: approveBatchInput,
      answer: async (request) => ({
        status: 200,
        body: await shownNow(
          await approveBatch(
            {
              ...asked(request),
              hash: request.input.hash,
              signedInAt: approvingSignIn(request.caller, approving),
            },
            deps(),
          ),
        ),
      }),
    }),
    'POST /issuers/{issuer}/batches/{id}/pause': decided(pauseBatch),
    'POST /issuers/{issuer}/batches/{id}/resume': decided(resumeBatch),
    'POST /issuers/{issuer}/batches/{id}/cancel': decided(cancelBatch),
    'GET /issuers/{issuer}/batches/{id}/results': route({
      knows: ['format', 'part'],
      async answer(request) {
        const { format } = parseQuery(resultsQuery, request.query)
        const found = await resultsOf({ ...asked(request), ...partIn(request.query) }, parts)
        const { batch, rows, part, parts: count } = found
        const shownRows = rows.map(({ certificate, ...row }) => ({
          ...row,
          ...(certificate && { certificate: `urn:uuid:${certificate}` }),
        }))
        if (format === 'ndjson')
          return {
            status: 200,
            body: shownRows.map((row) => `${JSON.stringify(row)}\n`).join(''),
            type: 'application/x-ndjson',
          }
        return {
          status: 200,
          body: {
            ...(await shownNow(batch)),
            part,
            parts: count,
            rows: shownRows,
            files: await filesShown(asked(request), parts),
          },
        }
      },
    }),
  }
}
