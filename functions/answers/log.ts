import { type Answers, createPageToken, readPage, route } from '@sijil/http'
import { type CheckedReader, type CommitStore, RegistryError } from '@sijil/registry'
import {
  findPlace,
  isLogName,
  type LogName,
  listAllRecords,
  listDescriptionRecords,
  listFrameworkRecords,
  listRecords,
  readBundle,
  readCheckpoint,
  readPublicKeys,
  readRecord,
  readVerifierKeys,
  recordCosignatures,
  recordKinds,
  serveTile,
  type Witness,
} from '@sijil/registry/log'
import * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'

interface LogParts {
  store: CommitStore
  artefacts: CheckedReader
  witnesses: readonly Witness[]
  baseUrl: string
  clock: () => Date
}

export const recordsQuery = z.strictObject({
  of: z.enum(recordKinds),
  limit: z.string().optional(),
  page: z.string().optional(),
})

const TEXT = 'text/plain; charset=utf-8'

/** The public logs, in the layout of C2SP tlog-tiles. */
export const logAnswers = ({
  store,
  artefacts,
  witnesses,
  baseUrl,
  clock,
}: LogParts): Answers<RouteRowOf<'log'>[]> => ({
  'GET /log/{log}/checkpoint': route({
    async answer({ params }) {
      const note = await readCheckpoint(requireLog(params.log), store)
      if (note === undefined) throw nothing()
      return { status: 200, body: note, type: TEXT }
    },
  }),

  'GET /log/{log}/key': route({
    async answer({ params }) {
      const keys = await readVerifierKeys(requireLog(params.log), baseUrl, store)
      if (keys.length === 0) throw nothing()
      return { status: 200, body: keys.map((key) => `${key}\n`).join(''), type: TEXT }
    },
  }),

  'GET /log/{log}/keys': route({
    async answer({ params }) {
      return { status: 200, body: { keys: await readPublicKeys(requireLog(params.log), baseUrl, store) } }
    },
  }),

  'GET /log/{log}/tile/{path+}': route({
    async answer({ params }) {
      const bytes = await serveTile(requireLog(params.log), `tile/${params.path}`, { store, artefacts })
      if (bytes === undefined) throw nothing()
      return { status: 200, body: bytes, type: 'application/octet-stream' }
    },
  }),

  'GET /log/{log}/index/{key+}': route({
    async answer({ params }) {
      const place = await findPlace(requireLog(params.log), params.key, store)
      if (place === undefined) throw new RegistryError('not-found', NOT_COVERED)
      return { status: 200, body: place }
    },
  }),

  'GET /log/{log}/record/{key}': route({
    async answer({ params }) {
      const record =
        requireLog(params.log) === 'catalogue' ? await readRecord(params.key, { store, artefacts }) : undefined
      if (record === undefined) throw new RegistryError('not-found', NOT_COVERED)
      return { status: 200, body: record, type: 'application/json' }
    },
  }),

  'GET /log/{log}/records': route({
    query: recordsQuery,
    async answer({ params, query: { of, ...page } }) {
      if (requireLog(params.log) !== 'catalogue') throw nothing()
      const question = { index: 'RECORDS', filters: { of } }
      const { records, next } = await listAllRecords({ of, ...readPage(page, question) }, store)
      return { status: 200, body: { records, ...(next && { next: createPageToken(next, question) }) } }
    },
  }),

  'GET /qualifications/{id}/records': route({
    async answer({ params }) {
      const records = await listRecords(params.id, store)
      if (records === undefined) throw nothing()
      return { status: 200, body: { records } }
    },
  }),

  'GET /frameworks/{id}/records': route({
    async answer({ params }) {
      const records = await listFrameworkRecords(params.id, store)
      if (records === undefined) throw nothing()
      return { status: 200, body: { records } }
    },
  }),

  'GET /descriptions/{id}/records': route({
    async answer({ params }) {
      const records = await listDescriptionRecords(params.id, store)
      if (records === undefined) throw nothing()
      return { status: 200, body: { records } }
    },
  }),

  'GET /trust-bundle': route({
    async answer() {
      const text = await readBundle({ store, artefacts })
      if (text === undefined) throw nothing()
      return { status: 200, body: text, type: 'application/json' }
    },
  }),

  'POST /log/{log}/cosignatures': route({
    body: 'text',
    async answer({ params, text }) {
      const note = new TextEncoder().encode(text)
      const added = await recordCosignatures(
        { log: requireLog(params.log), note },
        { store, witnesses, baseUrl, now: clock() },
      )
      return { status: 200, body: { added } }
    },
  }),
})

const NOT_COVERED =
  'No checkpoint of this log covers an entry with this key. If it was recorded within the last minute, ask again after the next checkpoint.'
const nothing = () => new RegistryError('not-found', 'There is nothing at this address.')

function requireLog(name: string): LogName {
  if (!isLogName(name)) throw nothing()
  return name
}
