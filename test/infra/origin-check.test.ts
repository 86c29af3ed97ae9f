import { expect, test } from 'vitest'
import { originCheck } from '../../infra/aws/origin-check.ts'

const current = 'c'.repeat(64)
const next = 'n'.repeat(64)
const asked = (secrets: string[], shown?: string) =>
  originCheck(secrets.map((secret) => async () => secret))({ headers: { 'x-origin-secret': shown } })

test('accepts each secret that is in use: during a replacement, the old one and the new one', async () => {
  expect(await asked([current, next], current)).toEqual({ isAuthorized: true })
  expect(await asked([current, next], next)).toEqual({ isAuthorized: true })
})

test.each([undefined, '', 'c'.repeat(63), `${current},${next}`, current.toUpperCase()])('refuses %j', async (shown) => {
  expect(await asked([current, next], shown)).toEqual({ isAuthorized: false })
})

test('refuses every request if no secret is set', async () => {
  expect(await asked([''], '')).toEqual({ isAuthorized: false })
  expect(await asked([], undefined)).toEqual({ isAuthorized: false })
  expect(await originCheck([async () => current])({})).toEqual({ isAuthorized: false })
})
