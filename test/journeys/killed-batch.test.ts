import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyDemonstration } from '../support/demonstrations.ts'
import { freePort } from '../support/free-port.ts'
import { clientOf, type RegistryClient } from '../support/local-registry.ts'
import { isSeason } from '../support/season.ts'
import { until } from '../support/until.ts'
import { day } from './certificate.ts'

/** A batch by the API alone, in a registry that is killed while it issues, and whose queue delivers each message twice. */

const BODY = 'demo-xs-stc'
const QUALIFICATION = 'demo-xs-stc.bricklaying-2'
const OFFICER = 'demo-xs-stc-officer-1'
const [ROWS, FAULTS, KILLS] = isSeason ? [10_000, 137, 20] : [60, 5, 1]
const LOOK_EVERY_MS = isSeason ? 1_000 : 100
/** Longer than a worker may hold rows, and than a batch may stand still before its messages are sent again. */
const QUIET_MS = 4 * 60_000

let folder: string
let port: number
let child: ChildProcess | undefined
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sijil-killed-batch-'))
  port = (await copyDemonstration(folder)) ?? (await freePort())
})
afterAll(async () => {
  await killed()
  await rm(folder, { recursive: true, force: true })
})

let starts = 0
async function started(): Promise<RegistryClient> {
  const script = join(import.meta.dirname, '../support/start-doubled.ts')
  child = fork(script, [String(port), folder, String(starts * QUIET_MS)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  starts += 1
  await once(child, 'message')
  return clientOf({ baseUrl: `http://localhost:${port}`, folder })
}
async function killed(): Promise<void> {
  const ended = child
  child = undefined
  if (ended === undefined || ended.exitCode !== null) return
  ended.kill('SIGKILL')
  await once(ended, 'close')
}
async function swept(): Promise<void> {
  child?.send('sweep')
  if (child !== undefined) await once(child, 'message')
}

/** Every row has a number of its own. */
const isFaulty = (row: number) => row % Math.floor(ROWS / FAULTS) === 7 && row < FAULTS * Math.floor(ROWS / FAULTS)
/** A digit in the name, no day, no number, and a day that does not exist. */
const faulty = [
  (row: number) => `ANA ${row},KILLED-${row},${day(5)}`,
  (row: number) => `ANA EXAMPLE,KILLED-${row},`,
  () => `ANA EXAMPLE,,${day(5)}`,
  (row: number) => `ANA EXAMPLE,KILLED-${row},2026-02-30`,
]
const file = () => {
  let faults = 0
  const rows = Array.from({ length: ROWS }, (_, row) =>
    isFaulty(row) ? faulty[faults++ % faulty.length]?.(row) : `ANA EXAMPLE,KILLED-${row},${day(5)}`,
  )
  return ['name,number,awardedOn', ...rows].join('\n')
}

interface Shown {
  id: string
  state: string
  hash: string
  submitted: number
  issued: number
  rejected: number
  pending: number
}

test(
  'N001, N002, I21, R-104: a batch whose registry is killed at random moments while it issues and while it is paused, with a queue that delivers twice, loses no row and issues none twice',
  async () => {
    let registry = await started()
    const ask = async (path: string, body?: object, client = BODY, scope = 'credentials:issue credentials:read') =>
      registry.ask(`/issuers/${BODY}/batches${path}`, {
        ...{ token: await registry.token(client, scope), headers: { 'idempotency-key': 'season' } },
        ...(body && { body }),
      })
    const register = async (): Promise<string[]> => {
      const token = await registry.token(BODY, 'credentials:read')
      const ids: string[] = []
      for (let page = ''; ; ) {
        const listed = await registry.ask(`/issuers/${BODY}/credentials?limit=100${page}`, { token })
        const { certificates, next } = listed.json<{ certificates: { id: string }[]; next?: string }>()
        ids.push(...certificates.map(({ id }) => id))
        if (next === undefined) return ids
        page = `&page=${encodeURIComponent(next)}`
      }
    }
    const before = await register()
    const target = (await ask('/uploads', {})).json<{ id: string; url: string; fields: Record<string, string> }>()
    const form = new FormData()
    for (const [name, value] of Object.entries(target.fields)) form.set(name, value)
    form.set('file', new Blob([file()]))
    expect((await fetch(target.url, { method: 'POST', body: form })).status).toBe(204)
    const path = `/${target.id}`
    expect((await ask(`${path}/start`, {})).json()).toMatchObject({ submitted: ROWS, issued: 0, pending: ROWS })
    const same = { qualification: QUALIFICATION }
    expect((await ask(`${path}/answers`, { same })).json()).toMatchObject({ rows: ROWS, ready: ROWS - FAULTS })
    const { hash } = (await ask(`${path}/close`, {})).json<Shown>()
    expect((await ask(`${path}/approve`, { hash }, OFFICER, 'registry:approve')).json()).toMatchObject({
      ...{ state: 'running', submitted: ROWS, rejected: FAULTS },
    })

    let known = 0
    const look = async (): Promise<Shown> => {
      const shown = (await ask(path)).json<Shown>()
      const { submitted, issued, rejected, pending } = shown
      expect([submitted, issued + rejected + pending]).toEqual([ROWS, ROWS])
      expect(issued).toBeGreaterThanOrEqual(known)
      known = issued
      return shown
    }
    const set = async (state: 'paused' | 'running') => {
      const answer = await ask(`${path}/${state === 'paused' ? 'pause' : 'resume'}`, {})
      expect([answer.status, answer.json<Shown>().state]).toEqual([200, state])
    }
    const moments = Array.from({ length: KILLS }, () => randomInt(1, isSeason ? ROWS - FAULTS - 200 : 5)).sort(
      (one, other) => one - other,
    )
    for (const [at, moment] of moments.entries()) {
      await until(async () => (await look()).issued >= moment, LOOK_EVERY_MS)
      // Every other kill comes while the batch is paused, and a worker may still have rows.
      const isPaused = at % 2 === 0
      if (isPaused) await set('paused')
      await killed()
      registry = await started()
      // Its messages were lost with it. The record has everything.
      const shown = await look()
      expect(shown.state).toBe(isPaused ? 'paused' : 'running')
      expect(shown.pending).toBeGreaterThan(0)
      await swept()
      if (!isPaused) await set('paused')
      await look()
      await set('running')
    }
    await until(async () => (await look()).state === 'finished', LOOK_EVERY_MS)
    expect(await look()).toMatchObject({ issued: ROWS - FAULTS, rejected: FAULTS, pending: 0 })

    const { rows } = (await ask(`${path}/results`)).json<{
      rows: { line: number; state: string; certificate: string }[]
    }>()
    expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: ROWS - FAULTS }, () => 'issued'))
    const certificates = new Set(rows.map(({ certificate }) => certificate))
    expect(certificates.size).toBe(ROWS - FAULTS)
    const lines = Array.from({ length: ROWS }, (_, row) => row).filter((row) => !isFaulty(row))
    expect(rows.map(({ line }) => line)).toEqual(lines.map((row) => row + 2))
    // The register has one certificate more for each issued row, so none was issued for a row and then forgotten.
    expect(new Set((await register()).filter((id) => !before.includes(id)))).toEqual(certificates)
    // The same file again issues nothing.
    expect((await ask(`${path}/start`, {})).json()).toMatchObject({ state: 'finished', issued: ROWS - FAULTS })
  },
  isSeason ? 2_400_000 : 90_000,
)
