import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Attack } from './catalogue.ts'
import { faults, laterAttacks, open } from './named.ts'

const root = join(import.meta.dirname, '../..')
const attacks: readonly Attack[] = JSON.parse(readFileSync(new URL('attacks-2.json', import.meta.url), 'utf8')).attacks

/** A title begins with its ids: `F22, A004: the hourly audit …`. */
const ids = /(?:test|describe)(?:\.\w+(?:<[^(]*>)?\([\s\S]{0,4000}?\))?\(\s*['`]((?:[A-Z]{1,2}-?\d+(?:, )?)+):/g

const named = new Set(
  globSync('{test,packages,functions,infra}/**/*.ts', { cwd: root, exclude: (name) => name.endsWith('node_modules') })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .flatMap((text) => [...text.matchAll(ids)].flatMap(([, list = '']) => list.split(', '))),
)

test.each(attacks)('$id, $description: a test names it, or there is a reason why not yet', ({ id }) => {
  expect([id, named.has(id)]).toEqual([id, laterAttacks[id] === undefined])
})

test('a test names each fault from F26 to F55, or there is a reason why not yet', () => {
  expect(Object.keys(faults).sort()).toEqual(Array.from({ length: 30 }, (_, place) => `F${26 + place}`))
  for (const [id, state] of Object.entries(faults)) expect([id, named.has(id)]).toEqual([id, state === 'named'])
})

test('each reason belongs to an attack, and says something', () => {
  const known = new Set(attacks.map(({ id }) => id))
  expect(known.size).toBe(attacks.length)
  for (const id of [...Object.keys(laterAttacks), ...Object.keys(open)]) expect(known).toContain(id)
  const reasons = [...Object.values({ ...laterAttacks, ...open }), ...Object.values(faults)]
  for (const reason of reasons) expect(reason === 'named' || reason.length > 20).toBe(true)
})
