import { expect, test } from 'vitest'
import { type CheckParts, checkAnswers } from './check.ts'

const answers = checkAnswers({ baseUrl: 'https://sijil.example', policy: {} } as CheckParts)
const checkFile = (content: string, language = 'en') =>
  answers['POST /check'].answer({
    params: {},
    query: {},
    wants: 'html',
    language,
    input: { document: { bytes: new TextEncoder().encode(content) } },
  } as never)

test.each(['https://sijil.example/', 'https://sijil.example/qualifications/ph-masonry-nc2'])(
  'an address of a page of this registry is not reported as a foreign address: %s',
  async (link) => {
    for (const input of [{ code: link }, { link }]) {
      const asked = { params: {}, query: {}, wants: 'html', language: 'en', input }
      const { status, body } = await answers['POST /check'].answer(asked as never)
      expect(status).toBe(422)
      expect(body).toContain('This is a page of this registry, not the link of a certificate.')
      expect(body).not.toContain('so we did not open it')
    }
  },
)

test.each(['{"a":1}', '{}', '[]', '7', 'null', '{"type":"Passport"}', '{"verifiableCredential":{"a":1}}'])(
  'JSON that does not claim to be a certificate is reported as a wrong file, not as an invalid certificate: %s',
  async (content) => {
    const { status, body } = await checkFile(content)
    expect(status).toBe(422)
    expect(body).toContain('This file is not a certificate file (JSON).')
    expect(body).toContain('id="document-error"')
    expect(body).not.toContain('Not valid:')
    expect((await checkFile(content, 'th')).body).toContain('ไฟล์นี้ไม่ใช่ไฟล์ใบรับรอง')
  },
)
