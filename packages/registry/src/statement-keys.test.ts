import { expect, test } from 'vitest'
import { after, aWorld, noon, SECOND } from '../../../test/support/registry-world.ts'
import { readStatementKeys, replaceStatementKey, requireStatementKey } from './statement-keys.ts'

test('I23: the key belongs to the registry, and signs only statements', async () => {
  const { store, keys } = await aWorld()
  const key = await requireStatementKey({ store, keys, now: noon })
  const bytes = new Uint8Array(64)
  await expect(keys.sign(key, 'registry', 'checkpoints', bytes)).rejects.toMatchObject({ code: 'internal' })
  await expect(keys.sign(key, 'demo-tesda', 'statements', bytes)).rejects.toMatchObject({ code: 'internal' })
  expect(await keys.sign(key, 'registry', 'statements', bytes)).toHaveLength(64)
})

test('it is made once; after a replacement the new key signs, and the old one has an end', async () => {
  const { store, keys } = await aWorld()
  const deps = (milliseconds: number) => ({ store, keys, now: after(milliseconds) })
  const first = await requireStatementKey(deps(0))
  expect(await requireStatementKey(deps(SECOND))).toEqual(first)
  const second = await replaceStatementKey('superseded', deps(2 * SECOND))
  expect(await requireStatementKey(deps(3 * SECOND))).toEqual(second)
  const third = await replaceStatementKey('compromised', deps(4 * SECOND))
  expect(await readStatementKeys(store)).toEqual([
    { ...first, replacedAt: after(2 * SECOND).toISOString() },
    { ...second, replacedAt: after(4 * SECOND).toISOString(), compromised: true },
    third,
  ])
  expect([first, second, third].map(({ kid }) => kid)).toEqual(['statements-1', 'statements-2', 'statements-3'])
})

test('if two first calls happen at once, one key is kept', async () => {
  const { store, keys } = await aWorld()
  const runs = await Promise.allSettled([1, 2].map(() => requireStatementKey({ store, keys, now: noon })))
  expect(runs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await readStatementKeys(store)).toHaveLength(1)
})
