import { expect, test } from 'vitest'
import { identity } from '../../../../test/support/registry-world.ts'
import { isFoldable } from './events.ts'

const grant = { grant: 'g', right: 'issue', basis: 'b', grantors: ['a'], scope: {} }

test.each<[string, object]>([
  ['a registration', { type: 'body-registered', identity: identity(), did: 'did:web:a.example', sandbox: false }],
  ['a new contact', { type: 'contact-changed', contact: 'desk@board.example' }],
  ['that there is no contact', { type: 'contact-changed', contact: null }],
  ['a grant', { type: 'accredited', ...grant }],
  ['a suspension', { type: 'accreditation-suspended', grant: 'g', by: 'a', basis: 'b' }],
])('%s in the log of a remote registry can be folded', (_, event) => {
  expect(isFoldable([event])).toBe(true)
})

test.each<[string, object]>([
  ['of a kind that this code does not know', { type: 'pardoned' }],
  ['of a kind that every object has', { type: 'constructor' }],
  ['without a kind', {}],
  ['that was too long to be logged', { type: 'accredited', tooLong: true }],
  ['of a contact that is not stated', { type: 'contact-changed' }],
  ['of a contact that is no text', { type: 'contact-changed', contact: ['a@board.example'] }],
  ['without a scope', { type: 'accredited', ...grant, scope: undefined }],
  ['with a limit that this code does not know', { type: 'accredited', ...grant, scope: { seasons: ['dry'] } }],
  ['with a grantor that is no text', { type: 'accredited', ...grant, grantors: 'a' }],
  ['with other terms without a scope', { type: 'accreditation-amended', grant: 'g', by: 'a', basis: 'b' }],
  ['of an entity without a name', { type: 'authority-registered', identity: { ...identity(), name: undefined } }],
  [
    'that does not say whether it is a demonstration',
    { type: 'centre-registered', identity: { name: 'A', state: 'PH' } },
  ],
])('a remote record %s cannot be folded', (_, event) => {
  expect(isFoldable([event])).toBe(false)
})
