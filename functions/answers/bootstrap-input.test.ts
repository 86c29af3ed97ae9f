import { expect, test } from 'vitest'
import { parseFoundings } from './bootstrap-input.ts'

const identity = { name: 'Example Authority', state: 'TH', website: 'https://authority.example' }
const members = [{ subject: 'a', roles: ['propose', 'approve'] }]
const effectiveFrom = '2026-01-01'
const authority = { id: 'example', identity, effectiveFrom, members }

test('a file with an authority and a sandbox is read as one request for each', () => {
  expect(parseFoundings({ authority, sandbox: { ...authority, id: 'sandbox' } })).toMatchObject([
    { kind: 'authority', id: 'example', established: [], identity: { demonstration: false } },
    { kind: 'sandbox', id: 'sandbox' },
  ])
})

test.each([
  ['no entity', {}, ''],
  ['no identity', { authority: { ...authority, identity: undefined } }, '/authority/identity'],
  ['no day', { authority: { ...authority, effectiveFrom: undefined } }, '/authority/effectiveFrom'],
  ['no members', { authority: { ...authority, members: [] } }, '/authority/members'],
  [
    'an unknown role',
    { authority: { ...authority, members: [{ subject: 'a', roles: ['own'] }] } },
    '/authority/members/0/roles/0',
  ],
  [
    'a website without https',
    { bodies: [{ ...authority, identity: { ...identity, website: 'http://a.example' } }] },
    '/bodies/0/identity/website',
  ],
  [
    'a grant without a law',
    { bodies: [{ ...authority, established: [{ grant: 'main', scope: {} }] }] },
    '/bodies/0/established/0/law',
  ],
])('a file with %s is refused, and the fault points to the place', (_, file, pointer) => {
  const faults = expect.arrayContaining([expect.objectContaining({ pointer })])
  expect(() => parseFoundings(file)).toThrow(expect.objectContaining({ code: 'validation-failed', faults }))
})
