import { expect, test } from 'vitest'
import { isFreshSignIn } from './fresh-sign-in.ts'

const now = new Date('2026-03-02T12:00:00.000Z')
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000)

test('A011: a sign-in approves for ten minutes; one in the future, or an unstated one, approves nothing', () => {
  for (const seconds of [0, 600, -5])
    expect([seconds, isFreshSignIn(secondsAgo(seconds), now)]).toEqual([seconds, true])
  for (const seconds of [601, -6, -86_400])
    expect([seconds, isFreshSignIn(secondsAgo(seconds), now)]).toEqual([seconds, false])
  expect(isFreshSignIn(undefined, now)).toBe(false)
  expect(isFreshSignIn(new Date(Number.NaN), now)).toBe(false)
})
