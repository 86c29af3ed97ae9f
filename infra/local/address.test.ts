import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../../test/support/free-port.ts'
import { claimAddress } from './address.ts'
import { closeServer, listenOnLoopback } from './loopback.ts'
import { startRegistry } from './registry.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sijil-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function aTakenPort(): Promise<number> {
  const [port, server] = [await freePort(), createServer()]
  await listenOnLoopback(server, port)
  onTestFinished(() => closeServer(server))
  return port
}

test('a first start at a port in use suggests another port, and does not bind the folder', async () => {
  const [folder, port] = [await aFolder(), await aTakenPort()]
  await expect(startRegistry({ port, folder })).rejects.toThrow(`Port ${port} is taken: PORT=${port + 1} npm start`)
  expect(existsSync(join(folder, 'base-url.json'))).toBe(false)
})

test('a folder is served only at the address for which it was made, even if another program uses that port', async () => {
  const [folder, port] = [await aFolder(), await aTakenPort()]
  const free = await freePort()
  expect(await claimAddress(folder, free)).toBe(`http://localhost:${free}`)
  await expect(claimAddress(folder, port)).rejects.toThrow(`Start it there (PORT=${free})`)
  const server = createServer()
  await listenOnLoopback(server, free)
  onTestFinished(() => closeServer(server))
  await expect(claimAddress(folder, free)).rejects.toThrow(/is taken, perhaps by this registry itself.* SIJIL_DATA=/)
})
