import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { createSecretReader, kmsClient } from '@sijil/aws'
import { decodeList, documentHash, isSet, parseProfile } from '@sijil/credentials'
import { verifyIndependently } from '@sijil/credentials/independent'
import { RegistryError, streams } from '@sijil/registry'
import { suspendAccreditation } from '@sijil/registry/decisions'
import { issueCertificate, noQuota } from '@sijil/registry/issuance'
import { auditStreams, sequenceLog } from '@sijil/registry/log'
import { publishStatusList } from '@sijil/registry/status'
import {
  compareCheckpoints,
  decodeTile,
  openCheckpoint,
  parseVerifierKey,
  type TileReader,
  tilePath,
} from '@sijil/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localParts } from '../../infra/local/demonstration/entities.ts'
import { askingOnce } from '../support/asking-once.ts'
import { withFaults } from '../support/faults.ts'
import { filesOfRegistry } from '../support/local-artefacts.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { openLocalStores } from '../support/local-stores.ts'
import { releasedEntry } from '../support/released-entry.ts'
import { aBricklayer, checkOf, officerOf, TESDA, verify } from './certificate.ts'
import { aThaiBricklayer, DSD } from './trust.ts'

/** Races, crashes, wrong clocks and changed rows, over the embedded store and the emulated KMS: docs/issuing.md, "If something breaks". */
let registry: OpenRegistry
let tesda: ReturnType<typeof officerOf>
let dsd: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  tesda = officerOf(registry, TESDA)
  dsd = officerOf(registry, DSD)
})
afterAll(() => registry.close())

const secretReader = () =>
  createSecretReader({ kms: kmsClient(), keyId: process.env.SECRETS_KEY_ID ?? '', now: () => registry.now() })

describe('F17: two publishers of one list', () => {
  test('one version wins, and both publishers answer with it', async () => {
    const { id, verifiableCredential } = await tesda.issue(aBricklayer('F17-1'))
    const [{ statusListCredential = '', statusListIndex = '' } = {}] = verifiableCredential.credentialStatus as Record<
      string,
      string
    >[]
    const list = statusListCredential.split('/').at(-1) ?? ''
    const stream = streams.listVersions(TESDA, list)
    const artefacts = filesOfRegistry()
    const parts = () => ({ ...localParts(), artefacts, baseUrl: registry.baseUrl, now: registry.now() })
    await publishStatusList(list, parts())
    const before = (await localParts().store.read(stream)).length
    await tesda.change({ id }, 'revoke', { reason: 'misconduct' })
    // The publishers are called here and not by a GET, so nothing waits for a lagging index.
    registry.showAll()
    const all = await Promise.all(Array.from({ length: 5 }, () => publishStatusList(list, parts())))
    expect(new Set(all.map(({ text }) => text)).size).toBe(1)
    expect((await localParts().store.read(stream)).length).toBe(before + 1)
    const { credentialSubject } = JSON.parse(all[0]?.text ?? '')
    expect(isSet(decodeList(credentialSubject.encodedList), Number(statusListIndex))).toBe(true)
  })
})

describe('F18: the writer of a log dies between two of its writes', () => {
  const opened = async () => {
    const note = await (await fetch(`${registry.baseUrl}/log/certificates/checkpoint`)).text()
    const key = (await registry.ask('/log/certificates/key')).text.trim()
    const origin = `${new URL(registry.baseUrl).host}/log/certificates`
    return openCheckpoint(Buffer.from(note), { origin, keys: [parseVerifierKey('ed25519', key)] }).checkpoint
  }
  const tiles: TileReader = async (tile) => {
    const answer = await fetch(`${registry.baseUrl}/log/certificates/${tilePath(tile)}`)
    return decodeTile(new Uint8Array(await answer.arrayBuffer()), tile.width)
  }

  test.each(
    [1, 2, 3, 4].flatMap((call) => (['fails-before', 'fails-after'] as const).map((outcome) => ({ call, outcome }))),
  )(
    'append $call $outcome: the next run completes the work, and nobody ever sees a fork',
    async ({ call, outcome }) => {
      const before = await opened()
      const issued = await tesda.issue(aBricklayer(`F18-${call}-${outcome}`))
      const parts = localParts()
      const { port } = withFaults(parts.store, [{ method: 'append', call, outcome }])
      // One append fails, so this run never succeeds.
      const run = {
        ...parts,
        artefacts: filesOfRegistry(),
        store: port,
        now: registry.now(),
        baseUrl: registry.baseUrl,
        seen: new Set<string>(),
      }
      await sequenceLog('certificates', run).catch((error: unknown) => expect(error).toBeInstanceOf(RegistryError))
      const seen = await opened()
      expect(await compareCheckpoints(before, seen, tiles)).toBe('consistent')
      const hash = documentHash(parseProfile(issued.verifiableCredential))
      const place = async () => (await registry.ask(`/log/certificates/index/${hash}`)).status
      expect(await registry.later(place)).toBe(200)
      const after = await opened()
      expect(await compareCheckpoints(seen, after, tiles)).toBe('consistent')
      expect(after.size).toBeGreaterThan(before.size)
    },
  )
})

describe('F20: the clock of one machine is ten minutes off', () => {
  const tables = { commits: 'SijilCommits', boxes: 'SijilBoxes' }
  const refused = { code: 'clock-astray' }
  const settled = () => {
    const moment = new Date(registry.now().getTime() - 6 * 60_000).toISOString()
    return `/issuers/${DSD}/accreditations?effective=${moment}&recorded=${moment}&qualification=th-brick-1`
  }
  const sizeOf = async (log: string) => (await registry.ask(`/log/${log}/checkpoint`)).text.split('\n')[1]

  test.each([10, -10])(
    '%i: that machine decides, issues and signs nothing; settled answers and logs stay unchanged',
    async (minutes) => {
      const question = settled()
      const before = [(await registry.ask(question)).text, await sizeOf('registry')]
      const clock = () => registry.now().getTime() + minutes * 60_000
      const skew = openLocalStores({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '', tables, clock })
      const parts = { ...localParts(), store: skew.commits, boxes: skew.boxes }
      const now = new Date(clock())
      const policy = { demonstration: true }
      const [{ authority } = { authority: '' }] = registry.demonstration.officers
      const decision = {
        grantee: DSD,
        grant: 'main',
        by: authority,
        basis: 'x',
        actor: 'x',
        effectiveAt: now.toISOString(),
      }
      await expect(suspendAccreditation(decision, { ...parts, policy, now })).rejects.toMatchObject(refused)
      await expect(
        issueCertificate(
          { issuer: DSD, subject: DSD, idempotencyKey: 'astray', input: aThaiBricklayer('F20') },
          {
            ...parts,
            policy,
            now,
            secrets: secretReader(),
            sealer: { seal: () => Promise.reject(new Error('no letter is sent here')) },
            baseUrl: registry.baseUrl,
            verifyIndependently,
            quota: noQuota,
          },
        ),
      ).rejects.toMatchObject(refused)
      const writing = {
        ...parts,
        artefacts: filesOfRegistry(),
        now,
        baseUrl: registry.baseUrl,
        seen: new Set<string>(),
      }
      await expect(sequenceLog('registry', writing)).rejects.toMatchObject(refused)
      skew.client.destroy()
      expect([(await registry.ask(question)).text, await sizeOf('registry')]).toEqual(before)
      // Machines with a correct clock go on.
      await dsd.issue(aThaiBricklayer(`F20-${minutes + 20}`))
    },
  )
})

describe('F22: a row in the store was changed from outside', () => {
  test('one changed bit of a recorded hash: the certificate is invalid at once, and the hourly audit names its entry', async () => {
    // Each audit asks for the reservations of all days since 2025. Those of earlier days do not change here.
    const today = `PENDING#${registry.now().toISOString().slice(0, 10)}`
    const store = askingOnce(
      localParts().store,
      (question) => (/PENDING#[\d-]{10}/.exec(question)?.[0] ?? today) < today,
    )
    const { id, verifiableCredential } = await tesda.issue(aBricklayer('F22-1'))
    const stream = streams.certificate(TESDA, id.slice(9))
    const client = new DynamoDBClient({})
    const Key = { pk: { S: `STREAM#${stream}` }, sk: { S: 'COMMIT#000000000000' } }
    const { Item } = await client.send(new GetItemCommand({ TableName: 'SijilCommits', Key }))
    const hash = documentHash(parseProfile(verifiableCredential))
    const bits = Buffer.from(hash, 'base64url')
    bits[7] = (bits[7] ?? 0) ^ 1
    const changed = bits.toString('base64url')
    const flipped = JSON.parse(JSON.stringify(Item).replace(hash, changed))
    expect(flipped).not.toEqual(Item)
    const look = async () => {
      const now = new Date(registry.now().getTime() + 11 * 60_000)
      return (await auditStreams({ store, artefacts: filesOfRegistry(), now })).differences
    }
    const placeOf = async (entry: string) => {
      const place = async () => (await registry.ask(`/log/certificates/index/${entry}`)).status
      expect(await registry.later(place)).toBe(200)
      return (await registry.ask(`/log/certificates/index/${entry}`)).json<{ index: number }>().index
    }
    const reservedNowhere = (place: number, entry: string) =>
      expect.stringContaining(`log/certificates/${place} (${entry}): reserved on no day since `)
    const place = await placeOf(hash)
    expect(await registry.later(look)).toEqual([])
    await client.send(new PutItemCommand({ TableName: 'SijilCommits', Item: flipped }))

    const verdict = await verify(registry, { verifiableCredential })
    expect([verdict.verdict, checkOf(verdict, 'recorded')?.reason]).toEqual(['invalid', 'not-recorded'])
    const released = await placeOf(releasedEntry(hash))
    const former = [reservedNowhere(place, hash), reservedNowhere(released, releasedEntry(hash))]
    expect(await registry.later(look)).toEqual(expect.arrayContaining(former))
    // The row is so young that the writer of the log takes it for a new one and logs the changed hash as well.
    const second = await placeOf(changed)
    const both = [
      reservedNowhere(second, changed),
      reservedNowhere(await placeOf(releasedEntry(changed)), releasedEntry(changed)),
    ]
    expect(await registry.later(look)).toEqual(former)

    await client.send(new PutItemCommand({ TableName: 'SijilCommits', Item }))
    expect(await registry.later(look)).toEqual(both)
    expect((await verify(registry, { verifiableCredential })).verdict).toBe('valid')
  })
})
