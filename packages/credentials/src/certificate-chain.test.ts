import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { belongsToKey } from './certificate-chain.ts'
import { multikeyFromSpki } from './multikey.ts'
import { sampleChain, sampleChainKey } from './sample-chain.ts'

const [leaf = '', root = ''] = sampleChain

test('a chain belongs to the key of its first certificate if each was signed by the next', () => {
  expect(belongsToKey([leaf, root], sampleChainKey)).toBe(true)
  expect(belongsToKey([leaf], sampleChainKey)).toBe(true)
})

test.each<[string, readonly string[]]>([
  ['none', []],
  ['its root alone', [root]],
  ['the other order', [root, leaf]],
  ['one that did not sign it', [leaf, leaf]],
  ['more than five', [leaf, root, root, root, root, root]],
  ['what is no certificate', ['AAAA']],
  ['what is no base64', [`${leaf} `]],
  [
    'a certificate with something after it',
    [Buffer.concat([Buffer.from(leaf, 'base64'), Buffer.alloc(9_000)]).toString('base64')],
  ],
  ['one that was changed', [leaf.replace('AQRF', 'AQRG').replace('MIIB', 'MIIC'), root]],
])('%s belongs to no key', (_, chain) => {
  expect(belongsToKey(chain, sampleChainKey)).toBe(false)
})

test('a chain does not belong to another key', () => {
  const spki = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    format: 'jwk',
  }).export({ format: 'der', type: 'spki' })
  expect(belongsToKey([leaf, root], multikeyFromSpki(spki))).toBe(false)
})
