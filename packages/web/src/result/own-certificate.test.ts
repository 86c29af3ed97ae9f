import { describe, expect, test } from 'vitest'
import { resultPage } from '../index.ts'
import type { Office } from '../offices.ts'
import { textOf } from '../test-text.ts'
import { aContext, aResult } from '../test-values.ts'

const body: Office = {
  id: 'ph-tesda',
  name: 'Technical Education and Skills Development Authority',
  state: 'PH',
  contact: { text: 'help@tesda.example', link: 'mailto:help@tesda.example' },
}
const above: Office = {
  id: 'ph-pqfncc',
  name: 'PQF National Coordinating Council',
  state: 'PH',
  contact: { text: 'https://pqf.example/complaints', link: 'https://pqf.example/complaints' },
}
const shown = (
  answering: { issuer?: Office; authority?: Office } | undefined,
  more: object = {},
  language = 'en' as const,
) => resultPage(aResult({ person: 'shown', ...(answering && { answering }), ...more }), aContext({ language }))
const MINE = 'Is this your certificate?'

describe('with the name shown, the page of a holder', () => {
  test('R-109: gives the file and the paper, and says whom to ask for a correction and for a new link', () => {
    const page = shown({ issuer: body, authority: above })
    expect(page).toMatch(
      /<form method="post" action="\/v\/[^"]+"[^>]*><button type="submit" name="format" value="json"/,
    )
    expect(page).toMatch(/<form method="post" action="\/v\/[^"/]+\/paper"/)
    const text = textOf(page)
    expect(text).toContain(MINE)
    expect(text).toMatch(/ask the body that issued it to correct it/)
    expect(text).toMatch(/new link|another link/)
    expect(page).toContain('<a href="mailto:help@tesda.example" rel="noopener noreferrer">')
  })

  test('R-109: names the authority above for a complaint, but not the body as the one above itself', () => {
    const complaint = 'complain to the authority above it'
    expect(textOf(shown({ issuer: body, authority: above }))).toContain(complaint)
    expect(shown({ issuer: body, authority: above })).toContain('href="https://pqf.example/complaints"')
    for (const answering of [{ issuer: body, authority: body }, { issuer: body }, { authority: above }])
      expect(textOf(shown(answering))).not.toContain(complaint)
  })

  test('leads to the list of issuers if the body is not known, and says if none of its contacts is recorded', () => {
    expect(shown({ authority: above })).toContain('href="/issuers"')
    const { contact: _, ...silent } = body
    expect(textOf(shown({ issuer: silent }))).toMatch(/No contact|no contact/)
  })

  test('leads to the report of a mistake in the record of the qualification, if it has one', () => {
    expect(shown({ issuer: body })).toContain('href="/report-mistake/qualifications/ph-masonry-nc2"')
    expect(shown({ issuer: body }, { qualificationPage: undefined })).not.toContain('/report-mistake')
  })

  test('follows no contact whose form is not safe, and carries no link of the certificate to another site', () => {
    const page = shown({ issuer: { ...body, contact: { text: 'javascript:alert(1)' } }, authority: above })
    expect(page).toContain('<bdi>')
    expect(page).not.toContain('href="javascript:')
    for (const [, href = ''] of page.matchAll(/href="(https?:[^"]+|mailto:[^"]+)"/g)) expect(href).not.toContain('/v/')
  })
})

test('before the name is shown, and for a certificate that nobody answers for, the page has none of it', () => {
  for (const page of [shown({ issuer: body, authority: above }, { person: 'hidden' }), shown(undefined)])
    expect(textOf(page)).not.toContain(MINE)
})
