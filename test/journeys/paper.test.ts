import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openForTest } from '../../packages/paper/src/sample-reading.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'

let registry: OpenRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(() => registry.close())

const caseOf = (name: string) => {
  const found = registry.demonstration.certificates.find((one) => one.case === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return found
}
const tokenOf = (name: string) => String(caseOf(name).link).slice(-26)

async function printed(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${registry.baseUrl}${path}`, { method: 'POST', headers, redirect: 'manual' })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return { status: answer.status, headers: answer.headers, bytes, text: Buffer.from(bytes).toString('utf8') }
}

describe('POST /v/{token}/paper', () => {
  test('R-003, R-024: whoever holds the link gets a PDF with the signed certificate attached', async () => {
    const { status, headers, bytes } = await printed(`/v/${tokenOf('signed-aqrf-level')}/paper`)
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      200,
      'application/pdf',
      'no-store',
    ])
    const pdf = await openForTest(bytes)
    expect(pdf.pageCount).toBe(2)
    const [attached] = pdf.attachments()
    expect(JSON.parse(Buffer.from(attached ?? []).toString('utf8'))).toEqual(
      await registry.document('signed-aqrf-level'),
    )
  })

  test('P007: the name of the file holds no person', async () => {
    const { headers } = await printed(`/v/${tokenOf('in-force')}/paper`)
    expect(headers.get('content-disposition')).toBe('attachment; filename="certificate.pdf"')
  })

  test.each(['revoked', 'suspended', 'superseded'])('P010: no paper of a certificate that is %s', async (name) => {
    const { status, text } = await printed(`/v/${tokenOf(name)}/paper`, { accept: 'application/json' })
    expect([status, JSON.parse(text)]).toEqual([
      409,
      expect.objectContaining({
        type: `${registry.baseUrl}/problems/conflict`,
        detail: 'This certificate is not in force, so no paper is made. Open its link to see why.',
      }),
    ])
    expect(text).not.toContain('EXAMPLE')
  })

  test.each(['0'.repeat(26), 'short', '%2e%2e'])('P010: no paper for the link %s, which nobody has', async (token) => {
    const { status, text } = await printed(`/v/${token}/paper`, { accept: 'application/json' })
    expect([status, JSON.parse(text).type]).toEqual([404, `${registry.baseUrl}/problems/not-found`])
  })

  test('every certificate of the demonstration that counts has a paper', async () => {
    for (const { case: name, link, verdict } of registry.demonstration.certificates) {
      if (link === undefined || verdict !== 'valid') continue
      expect([name, (await printed(`/v/${link.slice(-26)}/paper`)).status]).toEqual([name, 200])
    }
  })
})

describe('POST /issuers/{issuer}/credentials/{id}/paper', () => {
  const BODY = 'demo-ph-tesda'
  const idOf = async (name: string) => String((await registry.document(name)).id).slice('urn:uuid:'.length)
  const asked = async (issuer: string, id: string, token: string) =>
    registry.ask(`/issuers/${issuer}/credentials/${id}/paper`, { body: {}, token })

  test('I58: the body gets the same paper, and the opening is recorded before', async () => {
    const id = await idOf('in-force')
    const { status, headers } = await asked(BODY, id, await registry.token(BODY, 'credentials:issue'))
    expect([status, headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const { localParts } = await import('../../infra/local/demonstration/entities.ts')
    registry.showAll()
    const { commits } = await localParts().store.list(`OPENINGS#${BODY}`, { limit: 10, newestFirst: true })
    expect(commits.map(({ events }) => events)).toContainEqual([
      expect.objectContaining({ type: 'opened', purpose: 'print', certificate: id }),
    ])
  })

  test('P010, I36: a certificate of another body answers like one that does not exist', async () => {
    const token = await registry.token('demo-th-dsd', 'credentials:issue')
    const foreign = await asked(BODY, await idOf('in-force'), token)
    const own = await asked('demo-th-dsd', await idOf('in-force'), token)
    const none = await asked('demo-th-dsd', '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11', token)
    expect([foreign.status, own.status, none.status]).toEqual([404, 404, 404])
    expect(own.json()).toEqual(none.json())
  })

  test('a token that may only read gets no paper', async () => {
    const { status } = await asked(BODY, await idOf('in-force'), await registry.token(BODY, 'credentials:read'))
    expect(status).toBe(403)
  })

  test('P010: no paper of a certificate that is revoked, for its own body either', async () => {
    const { status, text } = await asked(BODY, await idOf('revoked'), await registry.token(BODY, 'credentials:issue'))
    expect([status, text.includes('EXAMPLE')]).toEqual([409, false])
  })

  test('B003: after thirty prints in an hour through the API the member waits', async () => {
    const [id, token] = [await idOf('in-force'), await registry.token(BODY, 'credentials:issue')]
    // Each request counts, also one that is refused because the paper was printed before.
    let last = 0
    for (let at = 0; at < 31 && last !== 429; at += 1) last = (await asked(BODY, id, token)).status
    expect(last).toBe(429)
  })
})
