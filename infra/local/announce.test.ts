import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announcement } from './announce.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sijil an'nounce "))
  await writeFile(join(folder, 'one.json'), '{"id":"urn:uuid:5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11"}')
})
afterAll(() => rm(folder, { recursive: true }))

const certificates = [{ case: 'in-force', file: 'one.json', link: 'http://localhost:4700/v/X' }]
const commandAt = async (baseUrl: string, path: string) => {
  // Only the link and the file of the first certificate are read.
  const demonstration = { certificates, officers: [] } as unknown as Parameters<typeof announcement>[0]['demonstration']
  return (await announcement({ baseUrl, folder: path, demonstration })).find((line) => line.includes('npx sijil'))
}
const revoke = 'npx sijil revoke 5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11 --issuer demo-ph-tesda --reason issued-in-error'

test('elsewhere than usual, a command is printed with what it needs to be told', async () => {
  const place = relative(process.cwd(), folder).replaceAll("'", "'\\''")
  expect(await commandAt('http://localhost:4711', folder)).toBe(
    `  SIJIL_URL=http://localhost:4711 SIJIL_DATA='${place}' ${revoke}`,
  )
  expect(await commandAt('http://localhost:4700', folder)).toBe(`  SIJIL_DATA='${place}' ${revoke}`)
})
