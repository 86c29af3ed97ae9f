import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bareEnvironment } from '../support/bare-environment.ts'
import { copyDemonstration } from '../support/demonstrations.ts'
import { freePort } from '../support/free-port.ts'
import { clientOf } from '../support/local-registry.ts'
import { until } from '../support/until.ts'
import { aBricklayer, checkOf, officerOf, TESDA, uuidOf, verify } from './certificate.ts'

const repository = join(import.meta.dirname, '../..')
const start = join(repository, 'infra/local/start.mjs')
/** More requests than can be answered before the process is killed. */
const MANY = 12
let folder: string
let port: number
const running = new Set<ChildProcess>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-restart-'))
  // The first test makes a demonstration. All others begin with one.
  port = (await copyDemonstration(folder)) ?? (await freePort())
})
afterAll(async () => {
  await Promise.all([...running].map(kill))
  await rm(folder, { recursive: true, force: true })
})

/** Starts `npm start`, or the program behind it, and collects its output. */
function run(environment: Record<string, string>, [command, ...words]: string[] = [process.execPath, start]) {
  const child = spawn(command as string, words, {
    cwd: folder,
    env: { ...bareEnvironment(), PORT: String(port), SIJIL_DATA: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const stated = { out: '', error: '' }
  child.stdout.on('data', (chunk) => (stated.out += chunk))
  child.stderr.on('data', (chunk) => (stated.error += chunk))
  return { child, stated }
}

async function kill(child: ChildProcess): Promise<void> {
  running.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'close')
}

/** Waits until the registry says that it is ready. */
async function started(words?: string[]) {
  const { child, stated } = run({}, words)
  await until(() => {
    if (child.exitCode !== null) throw new Error(`it ended: ${stated.error}`)
    return stated.out.includes('Sijil is ready')
  })
  const registry = clientOf({ baseUrl: `http://localhost:${port}`, folder })
  return { child, registry }
}

test('a first start that was killed while it made the demonstration is continued by the next one', async () => {
  const other = { SIJIL_DATA: await mkdtemp(join(tmpdir(), 'sijil-killed-')), PORT: String(await freePort()) }
  const { child } = run(other)
  await until(() => existsSync(join(other.SIJIL_DATA, 'demo', 'in-force.json')))
  await kill(child)
  expect(existsSync(join(other.SIJIL_DATA, 'demo.json'))).toBe(false)
  const next = run(other)
  await until(() => next.stated.out.includes('Sijil is ready'))
  await kill(next.child)
  const { certificates } = JSON.parse(await readFile(join(other.SIJIL_DATA, 'demo.json'), 'utf8'))
  expect(certificates[0]).toMatchObject({ case: 'signed-aqrf-level', verdict: 'valid' })
  await rm(other.SIJIL_DATA, { recursive: true })
})

test('a kill at any moment loses no acknowledged certificate, and the next start makes no second demonstration', async () => {
  const first = await started()
  const officer = officerOf(first.registry, TESDA)
  const [kept, revoked, suspended] = [
    await officer.issue(aBricklayer('RESTART-1')),
    await officer.issue(aBricklayer('RESTART-2')),
    await officer.issue(aBricklayer('RESTART-3')),
  ]
  const token = await officer.token
  await officer.change(suspended, 'suspend', { reason: 'holder-request' })
  // Kills the process right after this answer.
  await officer.change(revoked, 'revoke', { reason: 'issued-in-error' })
  await kill(first.child)

  const demonstration = async () => [
    await readFile(join(folder, 'demo.json'), 'utf8'),
    (await stat(join(folder, 'demo.json'))).ino,
  ]
  const made = await demonstration()
  const { child, registry } = await started()
  expect(await demonstration()).toEqual(made)
  const again = officerOf(registry, TESDA)
  expect((await verify(registry, { link: kept.link })).verdict).toBe('valid')
  expect(checkOf(await verify(registry, { link: revoked.link }), 'status')).toMatchObject({ reason: 'revoked' })
  expect(checkOf(await verify(registry, { link: suspended.link }), 'status')).toMatchObject({ reason: 'suspended' })
  const { certificates } = JSON.parse(String(made[0]))
  expect((await verify(registry, { link: certificates[0].link })).verdict).toBe('valid')
  // The same request gives the same answer, and tokens stay valid across a restart.
  expect(await again.issue(aBricklayer('RESTART-1'))).toEqual(kept)
  expect((await registry.ask(`/issuers/${TESDA}/credentials`, { token })).status).toBe(200)

  // Kills it right after the first of many answers. Every answered one is there, and every other one can be sent again.
  const requests = Array.from({ length: MANY }, (_, place) => again.issue(aBricklayer(`RESTART-MANY-${place}`)))
  await Promise.race(requests)
  await kill(child)
  const answered = (await Promise.allSettled(requests)).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  )
  expect(answered.length).toBeGreaterThan(0)
  // A body that was added meanwhile is there at the next start.
  const own = { id: 'my-school', name: 'My School', state: 'PH', qualifications: ['ph-masonry-nc2'] }
  await writeFile(join(folder, 'bodies.json'), JSON.stringify([own]), { mode: 0o600 })
  const last = await started()
  expect(await officerOf(last.registry, own.id).issue(aBricklayer('RESTART-OWN'))).toHaveProperty('link')
  for (const { link } of answered) expect((await verify(last.registry, { link })).verdict).toBe('valid')
  const after = officerOf(last.registry, TESDA)
  const ids = new Set<string>()
  for (let place = 0; place < MANY; place++) ids.add(uuidOf(await after.issue(aBricklayer(`RESTART-MANY-${place}`))))
  expect(ids.size).toBe(MANY)
  for (const issued of answered) expect(ids).toContain(uuidOf(issued))
}, 300_000)

describe('the folder of a registry', () => {
  test('can be read by its owner alone, file by file', async () => {
    const files = await readdir(folder, { recursive: true, withFileTypes: true })
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    const secret = files.filter(
      (file) => file.isFile() && !join(file.parentPath, file.name).startsWith(join(folder, 'store')),
    )
    expect(secret.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['identity.json', 'demo.json', 'identity-key.json']),
    )
    for (const { parentPath, name } of secret) {
      const path = join(parentPath, name)
      expect([path, (await stat(path)).mode & 0o777]).toEqual([path, 0o600])
    }
    // LevelDB sets its own file modes, but nobody else can enter its folder.
    for (const sub of ['store', 'keys', 'demo']) expect((await stat(join(folder, sub))).mode & 0o777).toBe(0o700)
  })

  test('is not served at another address, and the refusal says what to do', async () => {
    const { child, stated } = run({ PORT: String(await freePort()) })
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(stated.error).toContain(`http://localhost:${port}`)
    expect(stated.error).toContain(`PORT=${port}`)
    expect(stated.error).not.toMatch(/\n\s+at /)
  })

  test('is not served by two processes at once', async () => {
    const { child, stated } = run({})
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(stated.error).toMatch(/is taken, perhaps by this registry itself/)
    expect(stated.error).not.toMatch(/\n\s+at /)
  })

  test('is not served at a port number that is invalid', async () => {
    const stated = await Promise.all(
      ['x', '70000'].map(async (wrong) => {
        const { child, stated } = run({ PORT: wrong })
        await once(child, 'close')
        return stated.error
      }),
    )
    expect(stated).toEqual(Array.from({ length: 2 }, () => 'PORT is a number from 1 to 65535.\n'))
  })
})

test('a signal to npm alone ends the registry as well', async () => {
  await Promise.all([...running].map(kill))
  const { child, registry } = await started(['npm', 'start', '--prefix', repository])
  child.kill('SIGTERM')
  const isServed = () =>
    fetch(`${registry.baseUrl}/healthz`).then(
      () => true,
      () => false,
    )
  await expect.poll(isServed, { timeout: 10_000 }).toBe(false)
})
