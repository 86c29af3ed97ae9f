import { expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import { textOf } from '../test-text.ts'
import { aContext, anAnswer, aResult, aVerification } from '../test-values.ts'

test('a link of the chain names its successor and says that it was recorded later', () => {
  const answer = anAnswer()
  const chain = answer.chain.map((link) => ({
    ...link,
    recordedLater: true,
    successor: { id: 'ph-next', name: 'Next <Authority>' },
  }))
  const verification = aVerification({ issuer: { onIssueDate: { ...answer, chain }, today: answer } })
  const document = resultPage(aResult({ verification }), aContext())
  expect(document).toContain('href="/issuers/ph-next"')
  expect(document).toContain('Next &lt;Authority&gt;')
  expect(textOf(document)).toContain('Recorded after that day.')
})

test('R-122: the chain gives its length, its end and its policy, and says if that policy refuses anybody', () => {
  const shown = (changes: Parameters<typeof aVerification>[0]) =>
    textOf(resultPage(aResult({ verification: aVerification(changes) }), aContext()))
  const named = shown({ policy: { demonstration: true, roots: ['ph-pqf-ncc', 'other'], refused: ['somebody'] } })
  for (const words of [
    'Links of the chain: 2, the highest first.',
    'It ends with PQF National Coordinating Council (Philippines), accepted as a root.',
    'it accepts only the roots that it names. There are 2. Refused by name, even if another authority vouches for them: 1.',
    'Decided by PQF National Coordinating Council (Philippines). · recorded 2 Jan 2025 · in the public log, ph-tesda/trust/3',
  ])
    expect(named).toContain(words)
  const chain = anAnswer().chain.slice(1)
  const rootless = { issuer: { onIssueDate: anAnswer({ chain }), today: anAnswer({ chain }) } }
  expect(shown(rootless)).toContain('It does not end with an accepted root.')
  const refused = anAnswer({ standing: 'unknown', chain: [], refused: true })
  const words = shown({
    because: { 'issuer-trust': ['not_performed', 'issuer-refused'] },
    issuer: { onIssueDate: refused, today: refused },
  })
  expect(words).toContain('Who stands behind itThis registry has decided not to accept this issuer.')
  expect(words).not.toContain('No listed authority vouches')
})
