import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseOperator } from '../../functions/answers/operator-file.ts'
import { operatorOf } from '../../functions/operator.ts'
import { parseDeployment } from '../../infra/aws/deployment.ts'
import { aboutPage, privacyPage } from '../../packages/web/src/index.ts'
import { aContext } from '../../packages/web/src/test-values.ts'

/** The operator states in a file who they are. Without it, the pages say that nobody did. */

const operator = {
  name: 'Office of Skills Records',
  contact: 'help@registry.example',
  pages: {
    about: { en: 'We run this for two ministries.\n\n- one\n- two', th: 'เราดูแลทะเบียนนี้' },
    privacy: { en: '<script>alert(1)</script>' },
  },
}

let folder: string
const file = () => join(folder, 'operator.json')
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-operator-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a file of the operator', () => {
  test('is read once at the start, and its words stand on the pages in the language of the reader', async () => {
    await writeFile(file(), JSON.stringify(operator))
    const stated = operatorOf({ OPERATOR_FILE: file() })
    const english = aboutPage(stated, aContext())
    expect(english).toContain('Office of Skills Records')
    expect(english).toContain('mailto:help@registry.example')
    expect(english).toMatch(/<p><bdi lang="en">We run this for two ministries\.<\/bdi><\/p>\s*<ul class="bul"><li>/)
    expect(aboutPage(stated, aContext({ language: 'th' }))).toContain('เราดูแลทะเบียนนี้')
  })

  test('is text and never markup, and stands in its own language if there is no other', () => {
    const thai = privacyPage(parseOperator(operator), aContext({ language: 'th' }))
    expect(thai).toContain('<bdi lang="en">&lt;script&gt;alert(1)')
    expect(thai).not.toContain('<script>alert')
  })

  test('that is wrong stops the function at its start, and the deployment before it', async () => {
    const wrong = [
      { name: 'x' },
      { ...operator, contact: 'no address' },
      { ...operator, phone: '1' },
      { ...operator, pages: { home: { en: 'x' } } },
      { ...operator, name: 'a\u202eb' },
    ]
    for (const each of wrong) expect(() => parseOperator(each)).toThrow('form')
    await writeFile(file(), '{')
    expect(() => operatorOf({ OPERATOR_FILE: file() })).toThrow()
    expect(() => operatorOf({ OPERATOR_FILE: join(folder, 'none.json') })).toThrow()
    const deployment = {
      stage: 'production',
      demonstration: 'no',
      region: 'ap-southeast-1',
      baseUrl: 'https://registry.example',
      tokenIssuer: 'https://identity.example',
      tokenJwksUrl: 'https://identity.example/keys',
      originSecrets: [1],
      keyAdministrator: 'KeyAdministrator',
      keyReplicaRegion: 'none',
      approvingSignIn: 'provider',
      signInClientId: 'sijil',
      signInSecret: 'sijil/sign-in',
      sessionGeneration: 1,
    }
    expect(parseDeployment(deployment).operatorFile).toBe('')
    expect(() => parseDeployment({ ...deployment, operatorFile: file() })).toThrow('operatorFile must be a JSON file')
    await writeFile(file(), JSON.stringify({ ...operator, contact: 'no address' }))
    expect(() => parseDeployment({ ...deployment, operatorFile: file() })).toThrow('/contact must be an email address')
    await writeFile(file(), JSON.stringify(operator))
    expect(parseDeployment({ ...deployment, operatorFile: file() }).operatorFile).toBe(file())
  })
})
