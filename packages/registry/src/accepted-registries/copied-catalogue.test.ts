import { documentHash, type ProfileDocument } from '@sijil/credentials'
import { hashesFromTiles, proveInclusion } from '@sijil/tlog'
import { beforeAll, describe, expect, test } from 'vitest'
import { COOKERY, cookery, FRAMEWORK, placeCookery, stateFramework } from '../../../../test/support/cookery.ts'
import { AUTHORITY, BODY, FROM, type World } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { decideRecognition } from '../decisions/decide-class.ts'
import { publishBundle, readBundle } from '../log/bundle.ts'
import { readVerifierKeys } from '../log/log-keys.ts'
import { logNames } from '../log/logs.ts'
import { storedTiles } from '../log/read-log.ts'
import { listRecords } from '../log/record-files.ts'
import { sequenceLog } from '../log/sequence.ts'
import { findPlace } from '../log/serve.ts'
import { recognitionsOf } from '../recognition/reader.ts'
import { publishStatusList } from '../status/status-list.ts'
import { verifyDocument } from '../verification/verify.ts'
import { copiedCatalogue, type ProvenRecord } from './copied-catalogue.ts'
import { listOf } from './list-of.ts'
import { type OpenedBundle, openBundle } from './open-bundle.ts'
import { verifyOffline } from './verify-offline.ts'

const general = () => import('@sijil/credentials/general')

/** What `sijil bundle --qualification` fetches at that moment. */
async function packed({ store, artefacts, keys, baseUrl, at }: World, now: Date, qualification = COOKERY) {
  const parts = { store, artefacts, signer: keys, keys, baseUrl, now }
  for (const log of logNames) await sequenceLog(log, { ...parts, seen: new Set() })
  await publishBundle({ ...parts, policy: { demonstration: true } })
  const file: unknown = JSON.parse((await readBundle({ store, artefacts })) ?? '')
  const bundle = openBundle(file, { keys: await readVerifierKeys('registry', baseUrl, store) })
  const size = bundle.catalogue?.size ?? 0
  const records = await Promise.all(
    ((await listRecords(qualification, store)) ?? []).map(async ({ entry, record }): Promise<ProvenRecord> => {
      const index = (await findPlace('catalogue', entry, store))?.index ?? -1
      const proof = await proveInclusion(index, size, hashesFromTiles(size, storedTiles('catalogue', store)))
      return { record, index, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) }
    }),
  )
  const lists = new Map<string, unknown>()
  for (const purpose of ['revocation', 'suspension']) {
    const id = `${BODY}-1-${purpose}`
    lists.set(`${baseUrl}/status-lists/${id}`, JSON.parse((await publishStatusList(id, at(now))).text))
  }
  return { bundle, records, statusList: async (url: string) => lists.get(url) }
}
type Packed = Awaited<ReturnType<typeof packed>>

function verify(document: ProfileDocument, { bundle, records, statusList }: Packed, now: Date) {
  const logged = async (hash: string) => (hash === documentHash(document) ? { index: 0, size: 1 } : undefined)
  return verifyOffline(document, { list: listOf(bundle, {}, { statusList, logged, records }), now, general })
}

let here: TwoOfficers
let document: ProfileDocument
let pack: Packed
/** Long enough for a reservation to be settled. */
function anHourPasses(): Date {
  for (let minute = 1; minute < 60; minute++) here.next()
  return here.next()
}
beforeAll(async () => {
  here = await withTwoOfficers()
  await decisionsIn(here.world).authority('demo-host', 'TH')
  await stateFramework(here)
  await here.decide(cookery({ level: { framework: FRAMEWORK, national: 3 } }), BODY)
  await here.decide(placeCookery, AUTHORITY)
  await here.decide(
    {
      verb: 'accredit',
      grantee: BODY,
      grant: 'cooks',
      right: 'issue',
      scope: { qualifications: [COOKERY] },
      basis: 'decision 7',
      effectiveAt: FROM,
    },
    AUTHORITY,
  )
  const issued = await here.world.issue(
    { qualification: COOKERY, certificateNumber: 'C-1' },
    { key: 'C-1', deps: { now: here.next() } },
  )
  document = issued.verifiableCredential as ProfileDocument
  pack = await packed(here.world, anHourPasses())
})

describe('I56: a certificate of a recorded qualification, without a network', () => {
  test('is valid with the statements that it rests on, and shows its levels', async () => {
    const answer = await verify(document, pack, here.next())
    expect([answer.verdict, answer.checks.filter(({ outcome }) => outcome !== 'passed')]).toEqual(['valid', []])
    expect(answer.levels?.map(({ framework, level }) => [framework, level])).toEqual([
      [FRAMEWORK, '3'],
      ['AQRF', '4'],
    ])
  })

  test('is neither valid nor invalid without them, or without those of its framework', async () => {
    for (const records of [[], pack.records.filter(({ record }) => !record.stream.includes(FRAMEWORK))]) {
      const answer = await verify(document, { ...pack, records }, here.next())
      expect(answer.verdict).toBe('indeterminate')
    }
  })

  test('keeps its edition and its levels when another follows and its placement ends', async () => {
    await here.decide(
      {
        verb: 'state-edition',
        qualification: COOKERY,
        edition: {
          id: '2027',
          from: '2026-03-01',
          supersedes: '2026',
          units: [],
          validity: 'none',
          source: 'https://b.example',
        },
        effectiveAt: here.now().toISOString(),
      },
      BODY,
    )
    // A correction from the first day on, which the authority decided after the certificate was issued.
    await here.decide(
      {
        verb: 'end-placement',
        qualification: COOKERY,
        edition: '2026',
        framework: FRAMEWORK,
        basis: 'decision 9',
        effectiveAt: FROM,
      },
      AUTHORITY,
    )
    const later = await packed(here.world, anHourPasses())
    const answer = await verify(document, later, here.next())
    expect(answer.verdict).toBe('valid')
    expect(answer.certificate?.qualification).toMatchObject({ edition: '2026' })
    expect(answer.levels?.map(({ level }) => level)).toEqual(['3', '4'])
    // Without a proof nobody knows when it was recorded, so the correction makes it neither.
    const { statusList, records } = later
    const list = listOf(later.bundle, {}, { statusList, records })
    const unproven = await verifyOffline(document, { list, now: here.next(), general })
    expect(unproven.verdict).toBe('indeterminate')
    expect(unproven.checks.find(({ name }) => name === 'qualification')).toMatchObject({ reason: 'kept-elsewhere' })
  })
})

test('K008, G008: a bundle brings class decisions, and the answer is the same as online. An accepted registry decides nothing here', async () => {
  const host = 'demo-host'
  const { world } = here
  const change = {
    verb: 'recognise-class',
    recognised: { qualification: COOKERY, edition: '2026' },
    decision: 'd1',
    class: { issuers: [BODY], award: { from: '2026-01-01', until: '2027-12-31' }, issuedUntil: '2027-12-31' },
    terms: { result: 'full', basis: 'Act 5', appeal: 'To the board' },
    effectiveAt: here.now().toISOString(),
  } as const
  await decideRecognition(change, { authority: host, actor: 'officer-1' }, world.at(here.next()))
  const later = await packed(world, anHourPasses())
  const now = here.next()
  const online = await verifyDocument(document, {
    ...world.verifying(now),
    recognitions: recognitionsOf(world.store),
  })
  const offline = await verify(document, later, now)
  expect(online.recognition).toMatchObject([{ host: { id: host }, result: 'full', applies: 'now' }])
  expect([offline.verdict, offline.recognition]).toEqual(['valid', online.recognition])
  expect((await verify(document, pack, now)).recognition).toBeUndefined()
  // Without the statements of the qualification nobody knows whether there is a decision.
  expect(await verify(document, { ...later, records: [] }, now)).toMatchObject({ recognitionUnread: true })
  // Another registry that accepts this list asks its own hosts alone.
  const { statusList, records, bundle } = later
  const list = listOf(bundle, {}, { statusList, records, logged: async () => ({ index: 0, size: 1 }) })
  const elsewhere = await verifyDocument(document, {
    ...world.verifying(now),
    trust: async () => [],
    baseUrl: 'https://other.example',
    findRemote: async () => list,
    recognitions: async () => [],
  })
  expect(elsewhere.recognition).toBeUndefined()
  expect(elsewhere.verdict).toBe('valid')
})

const broken: [string, (records: ProvenRecord[], bundle: OpenedBundle) => unknown][] = [
  ['with another word', ([first, ...rest]) => [{ ...first, record: { ...first?.record, by: 'demo-else' } }, ...rest]],
  ['at another place', ([first, ...rest]) => [{ ...first, index: (first?.index ?? 0) + 1 }, ...rest]],
  ['without its proof', ([first, ...rest]) => [{ ...first, proof: [] }, ...rest]],
  ['twice', ([first, ...rest]) => [first, first, ...rest]],
  ['of which the first is missing', (records) => records.slice(1)],
  ['that is no list', () => ({ length: 1 })],
  ['that is no record', () => [null]],
]
test.each(broken)('a file is refused that has a statement %s', (_, change) => {
  const { bundle, records } = pack
  expect(() => copiedCatalogue({ head: bundle.catalogue, baseline: [] }, change(records, bundle))).toThrow(
    expect.objectContaining({ code: 'validation-failed' }),
  )
})

test('statements need the head of their log', () => {
  expect(() => copiedCatalogue({ head: undefined, baseline: [] }, pack.records)).toThrow(
    expect.objectContaining({ code: 'validation-failed' }),
  )
})

test('the baseline answers where no owner stated anything, and only there', async () => {
  const { catalogue: head, baseline } = pack.bundle
  const history = await copiedCatalogue({ head, baseline })('ph-masonry-nc2')
  expect(qualificationAt(history, EVER)).toMatchObject({ title: 'Masonry NC II', frameworkRecord: { id: 'PQF' } })
  const owner = { verb: 'assign-record', kind: 'qualification', record: 'ph-masonry-nc2', owner: BODY } as const
  await here.decide({ ...owner, basis: 'decision 10', effectiveAt: FROM }, AUTHORITY)
  const { bundle } = await packed(here.world, anHourPasses())
  expect(await copiedCatalogue({ head: bundle.catalogue, baseline: bundle.baseline })('ph-masonry-nc2')).toEqual({
    id: 'ph-masonry-nc2',
    commits: [],
  })
})
