import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SigningKey } from '@sijil/registry'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Environment } from '../functions/environment.ts'
import { keyMakerOf, patience, signerOf } from '../functions/wiring.ts'
import { type LocalKms, startKms } from '../infra/local/kms.ts'
import { localKeyHolders } from '../infra/local/kms-access.ts'

const issuer = 'did:web:registry.example:issuers:tesda'
const environment = {
  BASE_URL: 'https://registry.example',
  KEY_ACCOUNTS: '',
  ROLES: localKeyHolders.roles,
  KEY_ADMINISTRATOR: localKeyHolders.administrator,
  KEY_REPLICA_REGION: '',
  SIGNATURES_PER_SECOND: '',
} as Environment
let folder: string
let kms: LocalKms
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-settings-'))
  kms = await startKms({ folder: join(folder, 'keys') })
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', kms.endpoint)
  vi.stubEnv('AWS_REGION', 'local')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await kms.close()
  await rm(folder, { recursive: true })
})

let requests = 0
function aKeyOf(KEY_REPLICA_REGION: string) {
  requests += 1
  const request = { name: `request-${requests}`, isRepeated: false }
  return keyMakerOf({ ...environment, KEY_REPLICA_REGION }).createKey(issuer, 'lists', 'Ed25519', request)
}

describe('a function over KMS follows the settings of its deployment', () => {
  test('its keys stay in their region, and may be copied only if a second region is named', async () => {
    expect((await aKeyOf('')).keyRef).not.toContain('mrk-')
    expect((await aKeyOf('eu-west-1')).keyRef).toContain('mrk-')
  })

  test('it signs no faster than its share of the quota, so that a reserve is left to the others', async () => {
    const key: SigningKey = { kid: 'lists-1', purpose: 'lists', algorithm: 'Ed25519', ...(await aKeyOf('')) }
    const pauses: number[] = []
    const pause = vi.spyOn(patience, 'pause').mockImplementation(async (wait) => void pauses.push(wait))
    const twice = async (SIGNATURES_PER_SECOND: string) => {
      const signer = signerOf({ ...environment, SIGNATURES_PER_SECOND })
      await Promise.all([1, 2].map(() => signer.sign(key, issuer, 'lists', new Uint8Array(64).fill(7))))
    }
    await twice('')
    expect(pauses).toEqual([])
    await twice('1')
    pause.mockRestore()
    expect(pauses).toEqual([expect.closeTo(1_000, -2)])
  })
})
