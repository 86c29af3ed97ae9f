import { readJson } from '@sijil/credentials'
import { RegistryError } from '@sijil/registry'
import { expect, test } from 'vitest'
import type { Doc } from './edit.ts'
import { inProcess } from './in-process.ts'
import { mutantsOf } from './mutants.ts'
import { useStand } from './stand.ts'
import { rewritings, twistedTexts } from './texts.ts'

const { stand, prove } = useStand()
const good = [
  'in-force',
  'edition-ended',
  'no-framework-level',
  'part-qualification',
  'mra-title',
  'issuer-suspended-since',
]

test.each(good)(
  'no structural mutant of %s is valid, and of none a claim comes back (V018, I2, I3)',
  { timeout: 60_000 },
  async (name) => {
    const document = await stand().document(name)
    const verify = inProcess(stand())
    expect((await verify(document)).verdict).toBe('valid')
    const mutants = mutantsOf(document)
    expect(mutants.length).toBeGreaterThan(1_500)
    const survivors: string[] = []
    for (const { how, pointer, document: mutant } of mutants) {
      const verification = await verify(mutant).catch((error) =>
        error instanceof RegistryError ? undefined : Promise.reject(error),
      )
      if (verification?.verdict === 'valid' || verification?.certificate !== undefined)
        survivors.push(`${how} at ${pointer}`)
    }
    expect(survivors).toEqual([])
  },
)

test('a sample of them over HTTP, eight at a time', { timeout: 60_000 }, async () => {
  const documents = await Promise.all(good.map((name) => stand().document(name)))
  const sample = documents.flatMap((document, at) => mutantsOf(document).filter((_, place) => place % 47 === at))
  const open = [...sample]
  const statuses = new Set<number>()
  const worker = async () => {
    for (let mutant = open.pop(); mutant !== undefined; mutant = open.pop()) {
      const answer = await stand().verify(mutant.document)
      statuses.add(answer.status)
      expect(answer.json().verdict, `${mutant.how} at ${mutant.pointer}`).not.toBe('valid')
      expect(answer.json(), `${mutant.how} at ${mutant.pointer}`).not.toHaveProperty('certificate')
    }
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  expect(sample.length).toBeGreaterThan(150)
  for (const status of statuses) expect([200, 400, 422]).toContain(status)
})

test('a JSON text that two readers could read differently is refused (V101, I10)', async () => {
  const document = await stand().document('in-force')
  for (const [how, text] of Object.entries(twistedTexts(document))) {
    const answer = await stand().ask('/verify', { method: 'POST', body: `{"verifiableCredential":${text}}` })
    expect(answer.status, how).toBe(400)
  }
})

/** These texts have the same value for every JSON reader. No other text than the issued one is accepted. */
test('white space, the order of members and escapes in strings may differ', async () => {
  const document = await stand().document('in-force')
  const texts = rewritings(document)
  expect(Object.keys(texts)).toEqual(['white space', 'order of members', 'escapes of letters', 'escaped slashes'])
  for (const [how, text] of Object.entries(texts)) {
    expect(text).not.toBe(JSON.stringify(document))
    expect(readJson(text), how).toEqual(document satisfies Doc)
    const answer = await stand().ask('/verify', { method: 'POST', body: `{"verifiableCredential":${text}}` })
    expect(answer.json().verdict, how).toBe('valid')
  }
})

prove()
