import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { presignedAddress } from '@sijil/aws'
import { findBytes, replaceBytes } from './durable-file.ts'
import { LOCAL_REGION, localCredentials } from './local-credentials.ts'
import { policyFault } from './post-policy.ts'

export interface Mount {
  folder: string
  /** The address of the server, without the path. */
  baseUrl: string
  mount: `/${string}`
  bucket: string
  clock: () => number
}

/** No part of the key begins with a dot. */
const KEY = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/

/** As on AWS: a signed address loads one object until it ends, and a form stores one if its policy allows that. Nothing else is answered. */
export function answerPeople(mount: Mount): RequestListener {
  return (request, response) => {
    const answered = request.method === 'POST' ? store(request, response, mount) : load(request, response, mount)
    answered.catch(() => refuse(response, 500, 'InternalError'))
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<Error><Code>${code}</Code></Error>`)
}

/** The URL that a server gets, without the path below which it lies. */
async function load(request: IncomingMessage, response: ServerResponse, { folder, baseUrl, mount, clock }: Mount) {
  const { pathname, searchParams } = new URL(request.url ?? '/', baseUrl)
  const key = pathname.slice(1)
  const parameters = Object.fromEntries([...searchParams].filter(([name]) => !name.startsWith('X-Amz-')))
  const at = (searchParams.get('X-Amz-Date') ?? '').replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    '$1-$2-$3T$4:$5:$6Z',
  )
  const [now, seconds] = [new Date(at), Number(searchParams.get('X-Amz-Expires'))]
  if (request.method !== 'GET' || Number.isNaN(now.getTime()) || !KEY.test(key))
    return refuse(response, 403, 'AccessDenied')
  const signed = { credentials: localCredentials, region: LOCAL_REGION, now, seconds, parameters }
  const right = new URL(presignedAddress(`${baseUrl}${mount}/${key}`, signed)).searchParams.get('X-Amz-Signature')
  if (right !== searchParams.get('X-Amz-Signature')) return refuse(response, 403, 'SignatureDoesNotMatch')
  if (clock() > now.getTime() + seconds * 1_000) return refuse(response, 403, 'AccessDenied')
  const bytes = await findBytes(join(folder, encodeURIComponent(key)))
  if (bytes === undefined) return refuse(response, 404, 'NoSuchKey')
  const disposition = searchParams.get('response-content-disposition')
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    ...(disposition !== null && { 'content-disposition': disposition }),
  })
  response.end(bytes)
}

/** S3 adds these to the address. */
function withKey(address: string, about: Record<string, string>): string {
  const to = new URL(address)
  for (const [name, value] of Object.entries(about)) to.searchParams.set(name, value)
  return to.href
}

const MOST_FIELDS = 64 * 1024

/** A browser sends the file as the last field. S3 ignores what follows it. */
async function store(request: IncomingMessage, response: ServerResponse, { folder, bucket, clock }: Mount) {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) return refuse(response, 412, 'PreconditionFailed')
  const form = await new Response(request as unknown as ReadableStream, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined)
  if (form === undefined) return refuse(response, 400, 'MalformedPOSTRequest')
  const file = form.get('file')
  const fields = Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && value.length < MOST_FIELDS ? [[name, value]] : [],
    ),
  )
  if (file === null || typeof file === 'string') return refuse(response, 400, 'InvalidArgument')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const fault = policyFault(fields, { bucket, bytes: bytes.length, now: new Date(clock()) })
  if (fault !== undefined) return refuse(response, fault === 'EntityTooLarge' ? 400 : 403, fault)
  const key = fields.key ?? ''
  if (!KEY.test(key)) return refuse(response, 400, 'InvalidURI')
  await replaceBytes(join(folder, encodeURIComponent(key)), bytes)
  const to = fields.success_action_redirect
  if (to === undefined) response.writeHead(204).end()
  else response.writeHead(303, { location: withKey(to, { bucket, key }) }).end()
}
