import { describe, expect, test } from 'vitest'
import { isWhole } from '../support/whole.ts'
import { type Attack, attacks, executions } from './catalogue.ts'
import type { Execution, Heard } from './execution.ts'
import { later } from './later.ts'
import { useStand } from './stand.ts'

const { stand, prove } = useStand()

test('every attack of the catalogue is carried out, or has a reason why not yet', () => {
  const ids = attacks.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...Object.keys(executions), ...Object.keys(later)].sort()).toEqual(ids.toSorted())
  for (const reason of Object.values(later)) expect(reason.length).toBeGreaterThan(20)
})

function expectedOf({ expected }: Attack, { differs }: Execution) {
  const { status, verdict, type } = { ...expected, ...differs }
  return { status: status ?? undefined, verdict: verdict ?? undefined, type: type ?? undefined }
}

function requireExpected(answer: Heard, expected: ReturnType<typeof expectedOf>, baseUrl: string) {
  const { status, verdict, types } = answer
  const summary = `${status} ${verdict} ${types.join(' ')}`
  if (expected.status !== undefined) expect(status, summary).toBe(expected.status)
  if (expected.verdict !== undefined) expect(verdict, summary).toBe(expected.verdict)
  if (expected.type !== undefined) expect(types, summary).toContain(expected.type.replace('https://{host}', baseUrl))
}

const carriedOut = attacks.flatMap((attack) => {
  const execution = executions[attack.id]
  // On the whole, only those of which `npm test` carries out a sample.
  return execution === undefined || (isWhole && !execution.isSampled) ? [] : [{ attack, execution }]
})

describe.each([...new Set(carriedOut.map(({ attack }) => attack.surface))])('%s', (surface) => {
  const here = carriedOut.filter(({ attack }) => attack.surface === surface)
  test.each(here.map(({ attack, execution }) => ({ id: attack.id, about: attack.description, attack, execution })))(
    '$id $about',
    async ({ attack, execution }) => {
      const before = stand().timesAsked()
      const answers = await execution.carryOut(stand())
      const wasAsked = stand().timesAsked() > before
      expect(
        wasAsked || (execution.inside ?? execution.differs?.because),
        'is carried out over HTTP, or has a reason why not',
      ).toBeTruthy()
      const expected = expectedOf(attack, execution)
      if (expected.verdict !== undefined || expected.type !== undefined) expect(answers.length).toBeGreaterThan(0)
      for (const answer of answers) requireExpected(answer, expected, stand().baseUrl)
    },
  )
})

prove()
