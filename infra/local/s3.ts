import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { findBytes, privateFolder, writeOnce } from './durable-file.ts'
import { closeServer, listenOnLoopback, onlyPrograms } from './loopback.ts'
import { answerPeople, type Mount } from './s3-for-people.ts'

export interface LocalS3 {
  endpoint: string
  /** What S3 answers people with a signed address, or with a form that a policy allows, below a path of another server. */
  forPeople(mount: Omit<Mount, 'folder'>): RequestListener
  close(): Promise<void>
}

interface Answer {
  status: number
  /** Without a code: the bytes of the object, or nothing. */
  body?: Uint8Array
  code?: string
}

const MOST_BYTES = 256 * 1024 * 1024
/** `/{bucket}/{key}`. No part of the key begins with a dot. */
const PATH = /^\/[a-z0-9-]+\/((?:[\w-][\w.-]*\/)*[\w-][\w.-]*)$/

/**
 * The two operations of S3 that we use, for one machine. Each object is a file in `folder`. It refuses what the policy of the bucket
 * refuses on AWS: a write that could replace an object. As there, a missing object is answered like one that may not be read.
 */
export async function startS3({ folder, port }: { folder: string; port?: number }): Promise<LocalS3> {
  await privateFolder(folder)

  async function answer(request: IncomingMessage): Promise<Answer> {
    const [, key] = PATH.exec(new URL(request.url ?? '', 'http://127.0.0.1').pathname) ?? []
    if (key === undefined) return { status: 400, code: 'InvalidURI' }
    // One folder holds all files, so that one call makes a new name durable.
    const path = join(folder, encodeURIComponent(key))
    if (request.method === 'GET') {
      const body = await findBytes(path)
      return body === undefined ? { status: 403, code: 'AccessDenied' } : { status: 200, body }
    }
    if (request.method !== 'PUT') return { status: 403, code: 'AccessDenied' }
    if (request.headers['if-none-match'] !== '*') return { status: 403, code: 'AccessDenied' }
    if (request.headers['content-encoding'] !== undefined) return { status: 501, code: 'NotImplemented' }
    const bytes = await bodyOf(request)
    if (bytes === undefined) return { status: 400, code: 'EntityTooLarge' }
    return (await writeOnce(path, bytes)) ? { status: 200 } : { status: 412, code: 'PreconditionFailed' }
  }

  const server = createServer(
    onlyPrograms(async (request, response) => {
      const { status, body, code } = await answer(request).catch(
        () => ({ status: 500, code: 'InternalError' }) as Answer,
      )
      const isFault = code !== undefined
      response.writeHead(status, { 'content-type': isFault ? 'application/xml' : 'application/octet-stream' })
      response.end(isFault ? `<Error><Code>${code}</Code></Error>` : body)
    }),
  )
  const endpoint = await listenOnLoopback(server, port)
  return {
    endpoint,
    forPeople: (mount) => answerPeople({ ...mount, folder }),
    close: () => closeServer(server),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > MOST_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}
