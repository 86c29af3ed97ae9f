import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnsweringServer, openAnsweringServer, secret } from '../testing/answering-server.ts'
import { runSijil } from '../testing/run-sijil.ts'

let server: AnsweringServer
beforeAll(async () => {
  server = await openAnsweringServer()
})
afterAll(() => server.close())

const words = ['token', '--client', 'demo-ph-tesda', '--scope', 'credentials:issue credentials:status']

describe('sijil token', () => {
  test('prints only the token, and requests it only for this registry', async () => {
    const run = await runSijil(words, { environment: server.environment })
    expect(run).toEqual({ code: 0, stdout: 'token.of.tesda\n', stderr: '' })
    expect(Object.fromEntries(new URLSearchParams(server.heard.at(-1)?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'credentials:issue credentials:status',
      resource: server.url,
    })
  })

  test('with --json prints the whole answer', async () => {
    const run = await runSijil([...words, '--json'], { environment: server.environment })
    expect(JSON.parse(run.stdout)).toEqual({
      access_token: 'token.of.tesda',
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'credentials:issue credentials:status',
    })
  })

  test('for an unknown client, names the known clients and no secret', async () => {
    const run = await runSijil(['token', '--client', '__proto__', '--scope', 'x'], { environment: server.environment })
    expect(run.code).toBe(64)
    expect(run.stdout).toBe('')
    expect(run.stderr).toContain('Known clients: demo-ph-tesda, demo-id-bnsp.')
    expect(run.stderr).not.toContain(secret)
  })

  test('shows the error of the token endpoint', async () => {
    const run = await runSijil(['token', '--client', 'demo-id-bnsp', '--scope', 'x'], {
      environment: server.environment,
    })
    expect(run.code).toBe(65)
    expect(run.stderr).toBe(`sijil: ${server.url} gives no token: invalid_client\nwho are you?\n`)
  })

  test('if the identity belongs to another registry, names the two settings that do not match', async () => {
    server.answer('POST /oidc/token', { status: 400, body: { error: 'invalid_target', error_description: 'unknown' } })
    const run = await runSijil(words, { environment: server.environment })
    server.answer('POST /oidc/token')
    expect(run).toMatchObject({ code: 64, stdout: '' })
    expect(run.stderr).toContain(`${server.url} is not the registry of the local identity in ${server.folder}\n`)
    for (const name of ['SIJIL_URL', 'SIJIL_DATA']) expect(run.stderr).toContain(name)
  })

  test('fails if the token has fewer scopes than requested', async () => {
    server.answer('POST /oidc/token', {
      status: 200,
      body: { access_token: 'a', token_type: 'Bearer', scope: 'credentials:issue' },
    })
    const run = await runSijil(words, { environment: server.environment })
    server.answer('POST /oidc/token')
    expect(run).toEqual({
      code: 65,
      stdout: '',
      stderr: 'sijil: The token does not include these scopes: credentials:status\n',
    })
  })

  test('without an identity, says how to get one', async () => {
    const run = await runSijil(words, {
      environment: { ...server.environment, SIJIL_DATA: join(server.folder, 'nowhere') },
    })
    expect(run.code).toBe(64)
    expect(run.stderr).toContain('npm start')
  })

  test('quotes nothing from a broken identity file', async () => {
    const other = await openAnsweringServer()
    await writeFile(join(other.folder, 'identity.json'), `{"clients": {"demo-ph-tesda": "${secret}`)
    const run = await runSijil(words, { environment: other.environment })
    await other.close()
    expect(run.code).toBe(64)
    expect(run.stderr).toContain('is not an identity')
    expect(run.stderr).not.toContain(secret)
  })

  test('sends no secret to another machine without TLS', async () => {
    const other = await openAnsweringServer()
    const identity = { tokenEndpoint: 'http://tokens.example/token', clients: { 'demo-ph-tesda': secret } }
    await writeFile(join(other.folder, 'identity.json'), JSON.stringify(identity))
    const run = await runSijil(words, { environment: other.environment })
    await other.close()
    expect(run.code).toBe(64)
    expect(run.stderr).toContain('must begin with https://')
  })
})
