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
