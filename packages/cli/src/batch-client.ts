import { type Asker, answerAs } from './ask-as.ts'
import { CommandFailure } from './failure.ts'
import { isObject, textAt } from './json.ts'
import { sendForm } from './send-form.ts'

type Deps = Parameters<typeof answerAs>[2]

/** What a list of certificates does with them. */
export type ListAct = 'revoke' | 'suspend' | 'reinstate'

/** A batch as the registry describes it. */
export interface BatchStatus {
  id: string
  state: string
  submitted: number
  issued: number
  /** Of a list: certificates whose status it changed. */
  changed?: number
  rejected: number
  pending: number
  hash?: string
  second: boolean
  paused?: string
  perMinute?: number
  secondsLeft?: number
}

interface RowFault {
  line: number
  kind: string
  field?: string
}

export interface BatchPreview {
  ready: number
  faults: RowFault[]
  misfits: string[]
}

export interface RowOutcome {
  line: number
  state: string
  code: string
  certificate: string
}

/** What people say about the file. */
export interface BatchWords {
  same?: Record<string, string>
  order?: string
  accepted?: string[]
}

const numberAt = (body: object, name: string): number => {
  const value = (body as Record<string, unknown>)[name]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw notABatch()
  return value
}
const notABatch = () => new CommandFailure('unexpected', { title: 'The answer describes no batch' })
const listAt = (body: object, name: string): unknown[] => {
  const value = (body as Record<string, unknown>)[name]
  return Array.isArray(value) ? value : []
}

function parseBatch(body: unknown): BatchStatus {
  if (!isObject(body)) throw notABatch()
  const [id, state, hash, paused] = ['id', 'state', 'hash', 'paused'].map((name) => textAt(body, name))
  if (id === undefined || !/^[0-9a-f-]{36}$/.test(id) || state === undefined) throw notABatch()
  const [submitted, issued, rejected, pending] = ['submitted', 'issued', 'rejected', 'pending'].map((name) =>
    numberAt(body, name),
  ) as [number, number, number, number]
  return {
    ...{ id, state, submitted, issued, rejected, pending, second: body.second === true },
    ...(typeof body.changed === 'number' && { changed: body.changed }),
    ...(hash !== undefined && { hash }),
    ...(paused !== undefined && { paused }),
    ...(typeof body.perMinute === 'number' && { perMinute: body.perMinute }),
    ...(typeof body.secondsLeft === 'number' && { secondsLeft: body.secondsLeft }),
  }
}

function parsePreview(body: unknown): BatchPreview {
  if (!isObject(body)) throw notABatch()
  const faults = listAt(body, 'faults').flatMap((fault): RowFault[] => {
    if (!isObject(fault)) return []
    const field = textAt(fault, 'field')
    return [{ line: numberAt(fault, 'line'), kind: textAt(fault, 'kind') ?? 'other', ...(field && { field }) }]
  })
  return { ready: numberAt(body, 'ready'), faults, misfits: listAt(body, 'misfits').map(String) }
}

/** Bytes. A file of so few has fewer rows than a request may have. */
const MOST_IN_REQUEST = 20_000
/** The registry takes no longer file. */
const MOST_PARTS = 10

/** The first part, and as many more as it says. A registry that names no parts has one. */
async function everyPart(first: unknown, ask: (query: string) => Promise<unknown>): Promise<object[]> {
  const parts = isObject(first) && typeof first.parts === 'number' ? Math.min(first.parts, MOST_PARTS) : 1
  const found = [first]
  for (let part = 2; part <= parts; part++) found.push(await ask(`?part=${part}`))
  return found.map((body) => {
    if (!isObject(body)) throw notABatch()
    return body
  })
}

/** The requests of a batch, in the name of an issuer. With `act`, it is a list of certificates. */
export function batchClient(asker: Asker, deps: Deps, act?: ListAct) {
  const sending = act === undefined ? 'credentials:issue' : 'credentials:status'
  const ask = async (method: 'GET' | 'POST', path: string, body?: unknown) =>
    (
      await answerAs(
        asker,
        {
          method,
          path: `/batches${path}`,
          scope: method === 'GET' && !path.includes('/preview') ? 'credentials:read' : sending,
          ...(body !== undefined && { body }),
        },
        deps,
      )
    ).body
  const previewOf = async (id: string, first: unknown): Promise<BatchPreview> => {
    const found = await everyPart(first, (query) => ask('GET', `/${id}/preview${query}`))
    const parts = found.map(parsePreview)
    return {
      ready: parts.reduce((sum, { ready }) => sum + ready, 0),
      faults: parts.flatMap(({ faults }) => faults),
      misfits: parts[0]?.misfits ?? [],
    }
  }
  return {
    /** The same bytes under the same key are the same batch. A large file goes to a target that the registry names, without the token. */
    send: async (bytes: Uint8Array, { key, type }: { key: string; type: string }): Promise<BatchStatus> => {
      const headers = { 'idempotency-key': key }
      if (bytes.length <= MOST_IN_REQUEST) {
        const path = act === undefined ? '/batches' : `/credentials/${act}`
        const typed = { ...headers, 'content-type': type }
        return parseBatch(
          (await answerAs(asker, { method: 'POST', path, scope: sending, headers: typed, bytes }, deps)).body,
        )
      }
      const target = { method: 'POST', path: '/batches/uploads', scope: sending, headers, body: {} } as const
      const { body } = await answerAs(asker, target, deps)
      const [id, url] = isObject(body) ? [textAt(body, 'id'), textAt(body, 'url')] : []
      const fields = isObject(body) && isObject(body.fields) ? body.fields : undefined
      if (id === undefined || url === undefined || fields === undefined) throw notABatch()
      await sendForm(url, fields, bytes, deps.retry)
      return parseBatch(await ask('POST', `/${encodeURIComponent(id)}/start`, act === undefined ? {} : { act }))
    },
    find: async (id: string) => parseBatch(await ask('GET', `/${id}`)),
    /** All parts of a long file together. */
    preview: async (id: string) => previewOf(id, await ask('GET', `/${id}/preview`)),
    answer: async (id: string, words: BatchWords) => previewOf(id, await ask('POST', `/${id}/answers`, words)),
    /** A long file is closed part by part. */
    close: async (id: string) => {
      for (let closed = 0; ; closed++) {
        const batch = parseBatch(await ask('POST', `/${id}/close`, {}))
        if (batch.state !== 'open') return batch
        if (closed >= MOST_PARTS) throw notABatch()
      }
    },
    start: async (id: string, hash: string) => parseBatch(await ask('POST', `/${id}/start`, { hash })),
    results: async (id: string): Promise<RowOutcome[]> => {
      const path = `/${id}/results`
      const parts = await everyPart(await ask('GET', path), (query) => ask('GET', `${path}${query}`))
      return parts
        .flatMap((body) => listAt(body, 'rows'))
        .flatMap((row) =>
          isObject(row)
            ? [
                {
                  line: numberAt(row, 'line'),
                  state: textAt(row, 'state') ?? '',
                  code: textAt(row, 'code') ?? '',
                  certificate: textAt(row, 'certificate') ?? '',
                },
              ]
            : [],
        )
    },
  }
}
export type BatchClient = ReturnType<typeof batchClient>
