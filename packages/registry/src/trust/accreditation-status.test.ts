import { describe, expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import {
  AUTHORITY,
  after,
  aWorld,
  BODY,
  FROM,
  GRANT,
  identity,
  noon,
  SECOND,
} from '../../../../test/support/registry-world.ts'
import {
  accredit,
  establish,
  liftSuspension,
  suspendAccreditation,
  withdrawAccreditation,
} from '../decisions/accredit.ts'
import { registerAuthority, registerBody } from '../decisions/register.ts'
import { nextCommit, streams } from '../stream.ts'
import { accreditationStatus, type TrustQuestion } from './accreditation-status.ts'
import type { TrustEvent } from './events.ts'
import { trustOf } from './reader.ts'

const by = { by: AUTHORITY, basis: 'decision 2', actor: 'registrar', grantee: BODY, grant: GRANT }
const world = await aWorld()

type Change = Partial<Omit<TrustQuestion, 'qualification'> & { qualification: string }>

async function ask(
  { qualification = 'ph-masonry-nc2', ...change }: Change = {},
  { store = world.store, demonstration = true } = {},
) {
  const moment = noon.toISOString()
  return accreditationStatus(
    {
      issuer: BODY,
      qualification: baselineHistory(qualification),
      place: 'PH',
      site: undefined,
      effective: moment,
      recorded: moment,
      ...change,
    },
    { trust: trustOf(store), policy: { demonstration } },
  )
}

describe('may this issuer issue this, there, on that day', () => {
  test('authorised, with the chain from its root down', async () => {
    expect(await ask()).toMatchObject({
      standing: 'authorised',
      chain: [
        { id: AUTHORITY, role: 'authority', standing: 'authorised' },
        { id: BODY, role: 'body', standing: 'authorised', basis: 'decision 1', from: FROM },
      ],
    })
  })

  test.each([
    ['another qualification', { qualification: 'ph-tile-nc2' }, 'not-for-this'],
    ['a qualification that does not exist', { qualification: 'ph-nothing' }, 'not-for-this'],
    ['another place', { place: 'TH' }, 'not-for-this'],
    ['no place, if the grant names some', { place: undefined }, 'not-for-this'],
    ['a day before the grant', { effective: '2019-12-31T23:59:59.999Z' }, 'not-for-this'],
    ['a recorded moment before the registration', { recorded: '2019-12-31T00:00:00.000Z' }, 'unknown'],
    ['an unknown id', { issuer: 'nobody' }, 'unknown'],
    ['an authority, which issues nothing', { issuer: AUTHORITY }, 'not-for-this'],
  ])('%s', async (_, change, standing) => {
    expect(await ask(change)).toMatchObject({ standing })
  })

  test('demonstration bodies are unknown if the policy does not accept them', async () => {
    expect(await ask({}, { demonstration: false })).toMatchObject({ standing: 'unknown', chain: [] })
  })

  test('a body behind a demonstration root is unknown if the policy does not accept demonstration roots', async () => {
    const { store, keys, baseUrl } = await aWorld()
    const deps = { store, keys, secrets: keys, policy: { demonstration: true }, now: new Date(FROM) }
    const effective = { actor: 'registrar', effectiveAt: FROM }
    await registerBody({ id: 'real', identity: identity({ demonstration: false }), baseUrl, ...effective }, deps)
    await accredit(
      {
        grantee: 'real',
        grant: GRANT,
        right: 'issue',
        grantors: [AUTHORITY],
        basis: 'decision',
        scope: {},
        ...effective,
      },
      deps,
    )
    expect(await ask({ issuer: 'real' }, { store, demonstration: false })).toMatchObject({ standing: 'unknown' })
    expect(await ask({ issuer: 'real' }, { store, demonstration: true })).toMatchObject({ standing: 'authorised' })
  })

  test('I11: the sandbox is never authorised, not even with a grant', async () => {
    const { store, keys, baseUrl } = await aWorld()
    const deps = { store, keys, secrets: keys, policy: { demonstration: true }, now: new Date(FROM) }
    const effective = { actor: 'registrar', effectiveAt: FROM }
    await registerBody({ id: 'sandbox', identity: identity(), baseUrl, sandbox: true, ...effective }, deps)
    await establish({ grantee: 'sandbox', grant: GRANT, right: 'issue', basis: 'law', scope: {}, ...effective }, deps)
    expect(await ask({ issuer: 'sandbox' }, { store })).toMatchObject({ standing: 'unknown' })
  })

  test('a body established by law is its own root', async () => {
    const { store, keys, baseUrl } = await aWorld()
    const deps = { store, keys, secrets: keys, policy: { demonstration: true }, now: new Date(FROM) }
    const effective = { actor: 'registrar', effectiveAt: FROM }
    await registerBody({ id: 'by-law', identity: identity(), baseUrl, ...effective }, deps)
    await establish({ grantee: 'by-law', grant: GRANT, right: 'issue', basis: 'Act 1', scope: {}, ...effective }, deps)
    const answer = await ask({ issuer: 'by-law' }, { store })
    expect(answer).toMatchObject({ standing: 'authorised', chain: [{ id: 'by-law', basis: 'Act 1' }] })
  })

  test('a registered body without a grant is known, but not authorised', async () => {
    const { store, keys, baseUrl } = await aWorld()
    const deps = { store, keys, secrets: keys, policy: { demonstration: true }, now: new Date(FROM) }
    await registerBody({ id: 'bare', identity: identity(), baseUrl, actor: 'registrar', effectiveAt: FROM }, deps)
    expect(await ask({ issuer: 'bare' }, { store })).toMatchObject({
      standing: 'not-for-this',
      chain: [{ id: 'bare' }],
    })
  })
})

describe('a change of an accreditation', () => {
  const effectiveAt = after(-SECOND).toISOString()
  const earlier = after(-2 * SECOND).toISOString()

  test('a suspension counts from its day until it is lifted', async () => {
    const { store, at } = await aWorld()
    await suspendAccreditation({ ...by, effectiveAt }, at(after(-SECOND)))
    expect(await ask({}, { store })).toMatchObject({ standing: 'suspended', since: effectiveAt })
    expect(await ask({ effective: earlier }, { store })).toMatchObject({ standing: 'authorised' })
    await liftSuspension({ ...by, effectiveAt: noon.toISOString() }, at(noon))
    expect(await ask({}, { store })).toMatchObject({ standing: 'authorised' })
    expect(await ask({ effective: effectiveAt }, { store })).toMatchObject({ standing: 'suspended' })
  })

  test('a withdrawal counts from its day on', async () => {
    const { store, at } = await aWorld()
    await withdrawAccreditation({ ...by, effectiveAt }, at(after(-SECOND)))
    expect(await ask({}, { store })).toMatchObject({ standing: 'withdrawn', since: effectiveAt })
    expect(await ask({ effective: earlier }, { store })).toMatchObject({ standing: 'authorised' })
  })

  test('a withdrawal for fraud counts from the beginning, and answers for earlier recorded moments stay', async () => {
    const { store, at } = await aWorld()
    await withdrawAccreditation({ ...by, effectiveAt: FROM }, at(after(-SECOND)))
    expect(await ask({ effective: '2021-06-01T00:00:00.000Z' }, { store })).toMatchObject({ standing: 'withdrawn' })
    const known = { effective: '2021-06-01T00:00:00.000Z', recorded: earlier }
    expect(await ask(known, { store })).toMatchObject({ standing: 'authorised' })
  })

  test.each([suspendAccreditation, liftSuspension, withdrawAccreditation])(
    '%o of a grant that does not exist is refused',
    async (decide) => {
      const { at } = await aWorld()
      await expect(decide({ ...by, grant: 'other', effectiveAt }, at(noon))).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(decide({ ...by, grantee: 'nobody', effectiveAt }, at(noon))).rejects.toMatchObject({
        code: 'not-found',
      })
    },
  )

  test('a grant is recorded only once', async () => {
    const { at } = await aWorld()
    const request = { ...by, right: 'issue' as const, grantors: [AUTHORITY] as const, scope: {}, effectiveAt: FROM }
    await expect(accredit(request, at(noon))).rejects.toMatchObject({ code: 'conflict' })
    await expect(establish(request, at(noon))).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('no root speaks for another state', () => {
  async function anExternalRoot(state: string) {
    const foreign = await aWorld()
    const { store } = foreign
    const request = { id: 'root', identity: identity({ state }), actor: 'registrar', effectiveAt: FROM }
    await registerAuthority(request, { store, now: new Date(FROM) })
    return foreign
  }
  const request = {
    ...by,
    right: 'issue' as const,
    grant: 'foreign',
    grantors: ['root'] as const,
    scope: {},
    effectiveAt: FROM,
  }

  test('an authority of another state cannot accredit', async () => {
    const { at } = await anExternalRoot('TH')
    await expect(accredit(request, at(noon))).rejects.toMatchObject({ code: 'validation-failed' })
  })

  test('an authority of the region can', async () => {
    const { at, store } = await anExternalRoot('ASEAN')
    await accredit(request, at(noon))
    expect(await ask({ qualification: 'ph-tile-nc2' }, { store })).toMatchObject({ standing: 'authorised' })
  })

  test('a body cannot, and an unknown id cannot', async () => {
    const { at } = await anExternalRoot('TH')
    await expect(accredit({ ...request, grantors: [BODY] }, at(noon))).rejects.toMatchObject({
      code: 'validation-failed',
    })
    await expect(accredit({ ...request, grantors: ['nobody'] }, at(noon))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a grant of a foreign root counts for nothing, even if it is in the stream', async () => {
    const { store } = await anExternalRoot('TH')
    const stream = streams.trust(BODY)
    const event: TrustEvent = {
      type: 'accredited',
      right: 'issue',
      grant: 'foreign',
      grantors: ['root'],
      basis: 'none',
      scope: {},
    }
    const history = await store.read(stream)
    const stated = { events: [event], actor: 'intruder', now: new Date(FROM), effectiveAt: FROM }
    await store.append(nextCommit(stream, history, { ...stated, index: 'TRUST' }))
    expect(await ask({ qualification: 'ph-tile-nc2' }, { store })).not.toMatchObject({ standing: 'authorised' })
    expect(await ask({}, { store })).toMatchObject({ standing: 'authorised' })
  })

  test('R013: a stream with a commit outside every index is refused, because the log would not show that commit', async () => {
    const { store } = await aWorld()
    const stream = streams.trust('hidden')
    const stated = { actor: 'intruder', now: new Date(FROM), effectiveAt: FROM }
    const registered: TrustEvent = {
      type: 'body-registered',
      did: 'did:web:registry.example:issuers:hidden',
      sandbox: false,
      identity: identity(),
    }
    const allowed: TrustEvent = { type: 'established', grant: 'g', right: 'issue', law: 'none', scope: {} }
    const first = nextCommit(stream, [], { ...stated, events: [registered], index: 'ENTITIES' })
    const hidden = nextCommit(stream, [first], { ...stated, events: [allowed] })
    await store.append(first)
    await store.append(hidden)
    await expect(ask({ issuer: 'hidden' }, { store })).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('registering a body', () => {
  const request = { id: 'new', identity: identity(), baseUrl: 'https://registry.example', actor: 'registrar' }

  test('is refused for an id that is taken or malformed', async () => {
    const { store, keys } = await aWorld()
    const deps = { store, keys, secrets: keys, now: noon }
    await expect(registerBody({ ...request, id: BODY }, deps)).rejects.toMatchObject({ code: 'conflict' })
    await expect(registerBody({ ...request, id: AUTHORITY }, deps)).rejects.toMatchObject({ code: 'conflict' })
    await expect(registerBody({ ...request, id: 'No/Body' }, deps)).rejects.toThrow()
  })

  test('resumes after any interruption when it is sent again, and makes no part twice', async () => {
    const { store, keys } = await aWorld()
    for (let writes = 0; writes < 4; writes++) {
      const id = `new-${writes}`
      let left = writes
      const dying = Object.assign(Object.create(store) as typeof store, {
        read: store.read.bind(store),
        append: async (commit: Parameters<typeof store.append>[0]) => {
          if (left-- === 0) throw new Error('the process ended')
          await store.append(commit)
        },
      })
      const deps = { keys, secrets: keys, now: noon }
      await expect(registerBody({ ...request, id }, { ...deps, store: dying })).rejects.toThrow('the process ended')
      await registerBody({ ...request, id }, { ...deps, store })
      const events = (await store.read<TrustEvent>(streams.trust(id))).flatMap((commit) => commit.events)
      expect(events.map((event) => ('key' in event ? event.key.kid : event.type))).toEqual([
        'body-registered',
        'certificates-1',
        'lists-1',
      ])
      expect(await store.read(streams.secret(id))).toHaveLength(1)
      await expect(registerBody({ ...request, id }, { ...deps, store })).rejects.toMatchObject({ code: 'conflict' })
    }
  })
})
