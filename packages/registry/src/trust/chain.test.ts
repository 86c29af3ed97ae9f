import { describe, expect, test } from 'vitest'
import { after, aWorld, FROM, MINUTE, noon, SECOND } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'

const PQF = { qualifications: { framework: 'PQF' }, places: ['PH'] }
const MASONRY = { qualifications: ['ph-masonry-nc2'], places: ['PH'] }

/** council → (ministry →) body → centre. */
async function aChain({ long = false } = {}) {
  const is = decisionsIn(await aWorld())
  await is.authority('council')
  await is.body('body')
  await is.centre('centre')
  if (long) {
    await is.authority('ministry')
    await is.grant('ministry', ['council'], { right: 'accredit', scope: PQF })
  }
  const above = long ? 'ministry' : 'council'
  await is.grant('body', [above], { scope: MASONRY })
  await is.grant('body', [above], { grant: 'centres', right: 'accredit', scope: PQF })
  await is.grant('centre', ['body'], { right: 'assess', scope: MASONRY })
  return is
}

describe('a chain is only as good as each of its links', () => {
  test('three links: authority, body and centre, each with its basis', async () => {
    const is = await aChain()
    const { standing, chain, sentence } = await is.ask('centre', { right: 'assess' })
    expect(standing).toBe('authorised')
    expect(chain.map(({ id, role, standing }) => [id, role, standing])).toEqual([
      ['council', 'authority', 'authorised'],
      ['body', 'body', 'authorised'],
      ['centre', 'centre', 'authorised'],
    ])
    expect(chain.at(-1)).toMatchObject({ basis: 'decision', from: FROM })
    expect(sentence).toContain('was allowed to assess for Masonry NC II')
  })

  test('four links: an authority may be below an authority', async () => {
    const { chain, standing } = await (await aChain({ long: true })).ask('centre', { right: 'assess' })
    expect([standing, ...chain.map(({ id }) => id)]).toEqual(['authorised', 'council', 'ministry', 'body', 'centre'])
  })

  test.each(['ministry', 'body', 'centre'])(
    'the link of %s alone fails, and the first that fails is named',
    async (id) => {
      const is = await aChain({ long: true })
      const grant = id === 'body' ? 'centres' : 'main'
      const by = { ministry: 'council', body: 'ministry', centre: 'body' }[id] as string
      await is.suspend(id, by, { grant })
      const { standing, since, chain } = await is.ask('centre', { right: 'assess' })
      expect([standing, since]).toEqual(['suspended', noon.toISOString()])
      expect(chain.filter((link) => link.standing !== 'authorised').map((link) => link.id)).toEqual([id])
      expect(await is.ask('centre', { right: 'assess', effective: after(-SECOND).toISOString() })).toMatchObject({
        standing: 'authorised',
      })
    },
  )

  test('each right is separate: a right to assess does not allow issuing, and a right to issue does not allow accrediting', async () => {
    const is = await aChain()
    expect(await is.ask('centre')).toMatchObject({ standing: 'not-for-this' })
    expect(await is.ask('body', { right: 'assess' })).toMatchObject({ standing: 'not-for-this' })
    expect(await is.ask('body', { qualification: 'ph-masonry-nc1' })).toMatchObject({ standing: 'not-for-this' })
    expect(await is.ask('body', { right: 'accredit', qualification: 'ph-masonry-nc1' })).toMatchObject({
      standing: 'authorised',
    })
  })

  test('a circle of grants has no root', async () => {
    const is = decisionsIn(await aWorld())
    await is.authority('council')
    await is.body('one')
    await is.body('two')
    for (const id of ['one', 'two']) await is.grant(id, ['council'], { grant: 'first', right: 'accredit' })
    await is.grant('one', ['two'], { grant: 'circle', right: 'accredit' })
    await is.grant('two', ['one'], { grant: 'circle', right: 'accredit' })
    await is.grant('one', ['two'], { grant: 'issue' })
    expect(await is.ask('one')).toMatchObject({ standing: 'authorised' })
    for (const id of ['one', 'two']) await is.withdraw(id, 'council', { grant: 'first', effectiveAt: FROM })
    const { standing } = await is.ask('one')
    expect(standing).not.toBe('authorised')
    await expect(is.grant('one', ['two'], { grant: 'more' }, after(SECOND))).rejects.toMatchObject({
      code: 'validation-failed',
    })
  })

  test('a link says if it was recorded after the day from which it counts, and only then', async () => {
    const is = decisionsIn(await aWorld())
    await is.authority('council')
    await is.body('body')
    await is.grant('body', ['council'], {}, noon)
    const { chain } = await is.ask('body')
    expect(chain.map(({ recordedLater }) => recordedLater)).toEqual([undefined, true])
  })

  test('so does a link whose terms were amended for an earlier day', async () => {
    const is = decisionsIn(await aWorld())
    await is.authority('council')
    await is.body('body')
    await is.grant('body', ['council'], { scope: { qualifications: ['ph-tile-nc2'] } })
    expect((await is.ask('body', { qualification: 'ph-tile-nc2' })).chain.at(-1)?.recordedLater).toBeUndefined()
    await is.amend('body', 'council', { effectiveAt: FROM })
    expect(await is.ask('body')).toMatchObject({ standing: 'authorised', chain: [{}, { recordedLater: true }] })
  })

  test('R-081: every answer that depends on a pilot says so, wherever in the chain the pilot is', async () => {
    const is = decisionsIn(await aWorld())
    await is.authority('council')
    await is.authority('ministry')
    await is.body('body')
    await is.grant('ministry', ['council'], { right: 'accredit', pilot: true })
    await is.grant('body', ['ministry'])
    const answer = await is.ask('body')
    expect(answer).toMatchObject({ standing: 'authorised', pilot: true })
    expect(answer.sentence).toContain('as a pilot')
    await is.amend('ministry', 'council', { effectiveAt: after(-MINUTE).toISOString() })
    expect(await is.ask('body')).not.toHaveProperty('pilot')
  })
})

describe('which roots stand', () => {
  test('are named by the deployment: no other root counts, and no other body established by law', async () => {
    const is = decisionsIn(await aWorld())
    await is.authority('council')
    await is.body('body')
    await is.body('lawful')
    await is.grant('body', ['council'])
    await is.byLaw('lawful')
    const standing = async (id: string, roots: string[]) =>
      (await is.ask(id, {}, { demonstration: true, roots })).standing
    expect(await standing('body', ['council'])).toBe('authorised')
    expect(await standing('body', ['another'])).toBe('unknown')
    expect(await standing('lawful', ['lawful'])).toBe('authorised')
    expect(await standing('lawful', ['council'])).toBe('unknown')
  })

  test('an authority with a granted right to accredit is no root', async () => {
    const is = await aChain({ long: true })
    await is.withdraw('ministry', 'council', { effectiveAt: FROM })
    expect(await is.ask('body')).toMatchObject({ standing: 'withdrawn' })
  })
})

describe('a link that needs two grantors', () => {
  async function joint() {
    const is = decisionsIn(await aWorld())
    await is.authority('one')
    await is.authority('two')
    await is.authority('council')
    await is.grant('two', ['council'], { right: 'accredit', scope: PQF })
    await is.body('body')
    await is.grant('body', ['one', 'two'], { scope: MASONRY })
    return is
  }

  test('is authorised while both are, and shows both', async () => {
    const is = await joint()
    const { standing, chain } = await is.ask('body')
    expect([standing, chain.map(({ id }) => id)]).toEqual(['authorised', ['one', 'council', 'two', 'body']])
    await is.suspend('two', 'council')
    expect(await is.ask('body')).toMatchObject({ standing: 'suspended' })
  })

  test('is refused if only one of the two holds the right', async () => {
    const is = await joint()
    const beyond = is.grant('body', ['one', 'two'], { grant: 'more', scope: { places: ['PH'] } })
    await expect(beyond).rejects.toMatchObject({
      code: 'validation-failed',
      faults: [{ pointer: '/scope', detail: 'wider than its own: qualification' }],
    })
  })

  test('may be suspended by either grantor, and by no other', async () => {
    const is = await joint()
    await expect(is.suspend('body', 'council')).rejects.toMatchObject({ code: 'not-found' })
    await is.suspend('body', 'two')
    expect(await is.ask('body')).toMatchObject({ standing: 'suspended' })
  })
})

describe('an entity cannot grant more than it holds on that day', () => {
  const refusal = async (work: Promise<void>) => {
    const error = await work.then(
      () => undefined,
      (cause) => cause,
    )
    expect(error).toMatchObject({ code: 'validation-failed' })
    return error.faults.map(({ detail }: { detail: string }) => detail)
  }

  test('each difference is named once', async () => {
    const is = await aChain({ long: true })
    const scope = { places: ['PH', 'TH'], levels: { from: 1, to: 8 } }
    expect(await refusal(is.grant('body', ['ministry'], { grant: 'more', scope }))).toEqual([
      'wider than its own: qualification',
      'wider than its own: place',
    ])
  })

  test('nor for a longer time', async () => {
    const is = await aChain()
    await is.amend('body', 'council', { grant: 'centres', scope: PQF, until: '2027-12-31T23:59:59.999Z' })
    const longer = { grant: 'more', right: 'assess' as const, scope: MASONRY }
    expect(await refusal(is.grant('centre', ['body'], longer, noon))).toEqual(['wider than its own: period'])
    await is.grant('centre', ['body'], { ...longer, until: '2026-12-31T23:59:59.999Z' }, noon)
  })

  test('nor before its own grant begins, while that grant is suspended, or after it was withdrawn', async () => {
    const is = await aChain()
    const more = { grant: 'more', right: 'assess' as const, scope: MASONRY }
    const cannot = ['it may accredit nobody on that day']
    expect(await refusal(is.grant('centre', ['body'], { ...more, effectiveAt: '2019-12-31T00:00:00.000Z' }))).toEqual(
      cannot,
    )
    await is.suspend('body', 'council', { grant: 'centres' })
    const now = { ...more, effectiveAt: after(SECOND).toISOString() }
    expect(await refusal(is.grant('centre', ['body'], now, after(SECOND)))).toEqual(cannot)
    await is.lift('body', 'council', { grant: 'centres' }, after(MINUTE))
    await is.grant('centre', ['body'], { ...more, effectiveAt: after(MINUTE).toISOString() }, after(MINUTE))
    await is.withdraw('body', 'council', { grant: 'centres', effectiveAt: FROM }, after(2 * MINUTE))
    expect(await refusal(is.grant('centre', ['body'], { ...more, grant: 'third' }, after(3 * MINUTE)))).toEqual(cannot)
  })

  test('nor what it was granted by an entity that no longer holds it', async () => {
    const is = await aChain({ long: true })
    const more = { grant: 'more', right: 'assess' as const, scope: MASONRY, effectiveAt: noon.toISOString() }
    await is.withdraw('ministry', 'council')
    expect(await refusal(is.grant('centre', ['body'], more, noon))).toEqual(['it may accredit nobody on that day'])
  })

  test('a wider amendment is refused in the same way, and a narrower one is accepted', async () => {
    const is = await aChain({ long: true })
    expect(await refusal(is.amend('body', 'ministry', { scope: { places: ['PH'] } }))).toEqual([
      'wider than its own: qualification',
    ])
    await is.amend('body', 'ministry', { scope: { qualifications: ['ph-masonry-nc1'], places: ['PH'] } })
  })
})

describe('an amendment', () => {
  test('counts from its day on, and leaves earlier days unchanged', async () => {
    const is = await aChain()
    const scope = { qualifications: ['ph-masonry-nc1'], places: ['PH'] }
    await is.amend('body', 'council', { scope, effectiveAt: noon.toISOString() })
    expect(await is.ask('body')).toMatchObject({ standing: 'not-for-this' })
    expect(await is.ask('body', { qualification: 'ph-masonry-nc1' })).toMatchObject({ standing: 'authorised' })
    expect(await is.ask('body', { effective: after(-SECOND).toISOString() })).toMatchObject({ standing: 'authorised' })
  })

  test('may move the end of a grant earlier or later', async () => {
    const is = await aChain()
    await is.amend('body', 'council', { scope: MASONRY, until: after(-SECOND).toISOString() })
    expect(await is.ask('body')).toMatchObject({ standing: 'not-for-this' })
    await is.amend('body', 'council', { scope: MASONRY }, after(SECOND))
    const recorded = after(MINUTE).toISOString()
    expect(await is.ask('body', { recorded })).toMatchObject({ standing: 'authorised' })
  })
})

describe('a successor', () => {
  async function succeeded() {
    const is = await aChain()
    await is.authority('council-2')
    await is.succeed('council', 'council-2')
    return is
  }

  test('is named beside the former authority, whose grants still count', async () => {
    const is = await succeeded()
    const { standing, chain } = await is.ask('body')
    expect(standing).toBe('authorised')
    expect(chain[0]).toMatchObject({
      id: 'council',
      successor: { id: 'council-2', name: 'council-2 (demonstration)' },
    })
    expect((await is.ask('body', { recorded: after(-SECOND).toISOString() })).chain[0]).not.toHaveProperty('successor')
  })

  test('decides about the grants of the former authority, but not before the succession', async () => {
    const before = await aChain()
    await before.authority('council-2')
    await expect(before.suspend('body', 'council-2')).rejects.toMatchObject({ code: 'not-found' })
    const is = await succeeded()
    await is.suspend('body', 'council-2', {}, after(SECOND))
    const moment = after(SECOND).toISOString()
    expect(await is.ask('body', { effective: moment, recorded: moment })).toMatchObject({ standing: 'suspended' })
  })

  test('must be registered, and must be another entity', async () => {
    const is = await aChain()
    await expect(is.succeed('council', 'nobody')).rejects.toMatchObject({ code: 'not-found' })
    await expect(is.succeed('council', 'council')).rejects.toMatchObject({ code: 'not-found' })
    await expect(is.succeed('nobody', 'council')).rejects.toMatchObject({ code: 'not-found' })
  })
})
