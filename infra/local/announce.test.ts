import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scanHalfBlocks } from '../../test/support/half-blocks.ts'
import { announcement } from './announce.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sijil an'nounce "))
  const certificate = {
    id: 'urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
    issuer: { id: 'did:web:localhost%3A4700:issuers:demo-xs-stc' },
    credentialSubject: { achievement: { name: 'Bricklaying and Plastering, Level 2' } },
  }
  await writeFile(join(folder, 'one.json'), JSON.stringify(certificate))
})
afterAll(() => rm(folder, { recursive: true }))

const link = 'http://localhost:4700/v/0123456789ABCDEFGHJKMNPQRS'
const certificates = [{ case: 'signed-aqrf-level', file: 'one.json', link }]
const linesAt = (baseUrl: string, path: string) => {
  // Only the link and the file of the first certificate are used.
  const demonstration = { certificates, officers: [] } as unknown as Parameters<typeof announcement>[0]['demonstration']
  return announcement({ baseUrl, folder: path, demonstration })
}
const commandAt = async (baseUrl: string, path: string) =>
  (await linesAt(baseUrl, path)).find((line) => line.includes('npx sijil'))
const revoke = 'npx sijil revoke 5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11 --issuer demo-xs-stc --reason issued-in-error'

test('shows the home page, a certificate as link and QR code, how to revoke it, and where to find the rest', async () => {
  const lines = await linesAt('http://localhost:4700', folder)
  const place = relative(process.cwd(), folder)
  expect(lines).toEqual([
    'Sijil is ready: http://localhost:4700',
    '',
    'A first certificate (demonstration): Bricklaying and Plastering, Level 2. Open its link, or scan:',
    link,
    expect.stringMatching(/^[█▀▄ \n]+$/),
    'Revoke it, then open the link again:',
    expect.stringContaining(revoke),
    '',
    'Officers of an authority decide in a browser: http://localhost:4700/desk/sign-in',
    '',
    `Everything else to try, one certificate for each case: ${place}/demo.json`,
  ])
  expect(scanHalfBlocks(lines[4] ?? '')).toBe(link)
})

test('with another port or folder, the command is printed with its environment variables', async () => {
  const place = relative(process.cwd(), folder).replaceAll("'", "'\\''")
  expect(await commandAt('http://localhost:4711', folder)).toBe(
    `  SIJIL_URL=http://localhost:4711 SIJIL_DATA='${place}' ${revoke}`,
  )
  expect(await commandAt('http://localhost:4700', folder)).toBe(`  SIJIL_DATA='${place}' ${revoke}`)
})
