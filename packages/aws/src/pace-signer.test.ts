import type { Signer, SigningKey } from '@sijil/registry'
import { expect, test } from 'vitest'
import { paceSigner } from './pace-signer.ts'

const key: SigningKey = {
  kid: 'certificates-1',
  purpose: 'certificates',
  algorithm: 'Ed25519',
  publicKeyMultibase: 'z',
  keyRef: 'arn',
}

/** A paced signer whose clock stands still. `begins` has the moment at which each signature begins. */
function aPacedSigner(perSecond: number, sign: Signer['sign'] = async () => new Uint8Array(64)) {
  let now = 0
  let waits = 0
  const begins: number[] = []
  const paced = paceSigner(
    {
      sign(...asked) {
        begins.push(now + waits)
        return sign(...asked)
      },
    },
    {
      perSecond,
      now: () => now,
      pause: async (milliseconds) => {
        waits = milliseconds
      },
    },
  )
  return {
    begins,
    pass: (milliseconds: number) => {
      now += milliseconds
      waits = 0
    },
    sign: () => paced.sign(key, 'a', 'certificates', new Uint8Array(64)),
  }
}

test('signatures begin at most so many a second, evenly spaced', async () => {
  const { sign, begins } = aPacedSigner(10)
  for (let turn = 0; turn < 25; turn += 1) await sign()
  expect(begins).toEqual(Array.from({ length: 25 }, (_, turn) => turn * 100))
})

test('signatures that are asked for at once take turns, too', async () => {
  const pauses: number[] = []
  const signer: Signer = { sign: async () => new Uint8Array(64) }
  const paced = paceSigner(signer, { perSecond: 4, now: () => 0, pause: async (wait) => void pauses.push(wait) })
  await Promise.all(Array.from({ length: 4 }, () => paced.sign(key, 'a', 'certificates', new Uint8Array(64))))
  expect(pauses).toEqual([250, 500, 750])
})

test('a signature that comes after its turn does not wait, and saves up no turns', async () => {
  const { sign, begins, pass } = aPacedSigner(10)
  await sign()
  pass(60_000)
  for (let turn = 0; turn < 3; turn += 1) await sign()
  expect(begins).toEqual([0, 60_000, 60_100, 60_200])
})

test('a signature that fails takes its turn, as KMS counts it', async () => {
  const { sign, begins } = aPacedSigner(4, () => Promise.reject(new Error('throttled')))
  for (let turn = 0; turn < 3; turn += 1) await expect(sign()).rejects.toThrow('throttled')
  expect(begins).toEqual([0, 250, 500])
})
