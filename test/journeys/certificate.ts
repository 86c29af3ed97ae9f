import type { Answer, RegistryClient } from '../support/local-registry.ts'

export const TESDA = 'demo-ph-tesda'
export const DSD = 'demo-th-dsd'
/** No certificate has this id. */
export const NOBODYS = '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11'

interface Check {
  name: string
  outcome: string
  reason?: string
  evidence?: Record<string, unknown>
}
export interface Verdict {
  verdict: string
  checks: Check[]
  certificate?: Record<string, unknown> & {
    qualification: { title: string }
    units?: object[]
    holder?: { name: string }
  }
  notices?: { code: string }[]
  history?: { state: string; at: string; reason?: string; successor?: string }[]
  issuer: Record<
    'onIssueDate' | 'today',
    { standing: string; sentence: string; chain: { id: string; successor?: { id: string; name: string } }[] }
  >
  levels: { framework: string; level?: string; basis: string; confirmed: boolean }[]
  problemDetails: { type: string }[]
  evaluatedAt: string
}
export interface Issued {
  id: string
  link: string
  verifiableCredential: Record<string, unknown>
}

export const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)

/** A valid request for a bricklayer's certificate. A test states only what differs. */
export const aBricklayer = (certificateNumber: string, change: Record<string, unknown> = {}) => ({
  qualification: 'ph-masonry-nc2',
  holder: { name: 'JUAN REYES EXAMPLE' },
  certificateNumber,
  assessedOn: day(12),
  awardedOn: day(10),
  ...change,
})

export const uuidOf = ({ id }: { id: string }) => id.slice('urn:uuid:'.length)
export const pathOf = ({ link }: { link: string }) => new URL(link).pathname
export const asPage = { accept: 'text/html' }

/** The requests of an officer of a body, with tokens of its own. */
export function officerOf(registry: RegistryClient, body: string) {
  const scopes = 'credentials:issue credentials:status credentials:read'
  const token = registry.token(body, scopes)
  const post = async (path: string, content: unknown, headers: Record<string, string> = {}) =>
    registry.ask(`/issuers/${body}${path}`, { body: content, token: await token, headers })
  const request = (input: object, key: string) => post('/credentials', input, { 'idempotency-key': key })
  return {
    token,
    post,
    request,
    get: async (path: string) => registry.ask(`/issuers/${body}${path}`, { token: await token }),
    /** Issues a certificate, and fails the test if that is refused. */
    async issue(input: { certificateNumber: string }, key = `key ${input.certificateNumber}`.replaceAll(' ', '-')) {
      const answer = await request(input, key)
      if (answer.status !== 201) throw new Error(`not issued: ${answer.status} ${answer.text}`)
      return answer.json<Issued>()
    },
    change: (issued: { id: string }, verb: string, content: object) =>
      post(`/credentials/${uuidOf(issued)}/${verb}`, content),
  }
}

/** Asks `POST /verify` and returns the verdict. */
export async function verify(registry: RegistryClient, question: object): Promise<Verdict> {
  const answer = await registry.ask('/verify', { body: question })
  if (answer.status !== 200) throw new Error(`no verdict: ${answer.status} ${answer.text}`)
  return answer.json<Verdict>()
}

export const checkOf = ({ checks }: Verdict, name: string) => checks.find((check) => check.name === name)

/** Returns the problem of an answer, which must have the media type of RFC 9457. */
export function problemOf(answer: Answer): {
  status: number
  type: string
  detail?: string
  errors?: { pointer: string; detail: string }[]
} {
  const type = answer.headers.get('content-type')
  if (!type?.startsWith('application/problem+json'))
    throw new Error(`no problem: ${answer.status} ${type} ${answer.text}`)
  return answer.json()
}
