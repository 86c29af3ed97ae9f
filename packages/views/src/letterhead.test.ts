import { readFileSync } from 'node:fs'
import { type ProposedChange, sealSignatory, storeLogo } from '@sijil/registry/decisions'
import { logoAt, signatoryAt } from '@sijil/registry/trust'
import { describe, expect, test } from 'vitest'
import { aPicture } from '../../../test/support/pictures.ts'
import { BODY } from '../../../test/support/registry-world.ts'
import { type TwoOfficers, withTwoOfficers } from '../../../test/support/two-officers.ts'
import { letterheadAt } from './letterhead.ts'

const NAME = 'Somsri Prasert'
const at = (effective: Date, recorded = effective) => ({
  effective: effective.toISOString(),
  recorded: recorded.toISOString(),
})

const head = ({ world }: TwoOfficers, moments: ReturnType<typeof at>) =>
  letterheadAt(BODY, moments, { reader: world.store, files: world.artefacts, opener: world.keys })

async function named(two: TwoOfficers, name: string, title: string): Promise<ProposedChange> {
  const now = two.next()
  const signatory = await sealSignatory({ body: BODY, subject: 'one', name, title }, two.world.at(now))
  return { verb: 'set-signatory', body: BODY, signatory, effectiveAt: now.toISOString() }
}
async function pictured(two: TwoOfficers, colour: number[]): Promise<ProposedChange> {
  const now = two.next()
  const logo = await storeLogo(
    { body: BODY, subject: 'one', png: aPicture({ colour }) },
    { store: two.world.store, files: two.world.artefacts },
  )
  return { verb: 'set-logo', body: BODY, logo, effectiveAt: now.toISOString() }
}

describe('the letterhead of a body', () => {
  test('is that of the day of issue, whatever is recorded later, and no commit holds the name', async () => {
    const two = await withTwoOfficers()
    const { store, files } = two.world
    const before = two.now()
    await two.decide(await named(two, NAME, 'Director'), BODY)
    await two.decide(await pictured(two, [200, 30, 30]), BODY)
    const issued = two.next()
    await two.decide(await named(two, 'Another Person', 'Registrar'), BODY)
    await two.decide(await pictured(two, [30, 200, 30]), BODY)
    const later = two.next()
    const [none, first, second] = [await head(two, at(before)), await head(two, at(issued)), await head(two, at(later))]
    expect(none).toEqual({ bodyName: expect.stringContaining('Technical Education') })
    expect(first).toMatchObject({ signatory: { name: NAME, title: 'Director' }, logo: { png: expect.any(Uint8Array) } })
    expect(second?.signatory).toEqual({ name: 'Another Person', title: 'Registrar' })
    expect(second?.logo?.png).not.toEqual(first?.logo?.png)
    // The later record is known only from then on.
    expect(await signatoryAt(BODY, at(later, issued), store)).toMatchObject({ title: 'Director' })
    expect(await logoAt(BODY, at(before, later), store)).toBeUndefined()
    expect([...files.keys()].every((name) => /^logos\/[0-9a-f]{64}\.png$/.test(name))).toBe(true)
    expect(JSON.stringify(store.appended)).not.toMatch(/Somsri|Another Person/)
  })

  test('has nobody and no logo after two officers decided so', async () => {
    const two = await withTwoOfficers()
    await two.decide(await named(two, NAME, 'Director'), BODY)
    await two.decide(await pictured(two, [1, 2, 3]), BODY)
    const effectiveAt = two.next().toISOString()
    await two.decide({ verb: 'set-signatory', body: BODY, signatory: null, effectiveAt }, BODY)
    await two.decide({ verb: 'set-logo', body: BODY, logo: null, effectiveAt }, BODY)
    expect(await head(two, at(two.next()))).toEqual({ bodyName: expect.any(String) })
    await expect(two.propose({ verb: 'set-logo', body: BODY, logo: null, effectiveAt }, BODY)).rejects.toMatchObject({
      reason: 'nothing-changes',
    })
  })

  test('is refused while the file of the logo cannot be read, and that is reported', async () => {
    const two = await withTwoOfficers()
    await two.decide(await pictured(two, [1, 2, 3]), BODY)
    two.world.files.clear()
    await expect(head(two, at(two.next()))).rejects.toMatchObject({ code: 'dependency-unavailable' })
    expect(two.world.faults).toMatchObject([{ fault: 'missing' }])
  })

  test('I36: nobody seals a name or stores a logo for a body in which they may not propose', async () => {
    const two = await withTwoOfficers()
    for (const subject of ['nobody', 'officer-of-another'])
      await expect(
        storeLogo(
          { body: BODY, subject, png: readFileSync(new URL(import.meta.url)) },
          { store: two.world.store, files: two.world.artefacts },
        ),
      ).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      sealSignatory({ body: BODY, subject: 'nobody', name: NAME, title: 'Director' }, two.world.at(two.next())),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect(two.world.files.size).toBe(0)
  })
})
