import { request } from 'node:http'
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { openCheckpoint, parseNote, parseVerifierKey, TlogError } from '@sijil/tlog'
import { expect } from 'vitest'
import { openLocalStores } from '../../support/local-stores.ts'
import { type Executions, type Heard, heard } from '../execution.ts'
import type { Stand } from '../stand.ts'

const bytesAt = async (stand: Stand, path: string) =>
  new Uint8Array(await (await fetch(`${stand.baseUrl}${path}`)).arrayBuffer())

/** Sends the path unchanged. An HTTP client would normalize it. */
const asWritten = (stand: Stand, path: string): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(stand.baseUrl)
    const asked = request({ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}` } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('end', () => {
        const headers = new Headers({ 'content-type': String(answer.headers['content-type']) })
        resolve(heard({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString(), headers }))
      })
    })
    asked.on('error', reject).end()
  })

export const logs: Executions = {
  D006: {
    async carryOut(stand) {
      const note = Buffer.from(await bytesAt(stand, '/log/registry/checkpoint')).toString()
      const key = Buffer.from(await bytesAt(stand, '/log/registry/key'))
        .toString()
        .trim()
      const origin = `${new URL(stand.baseUrl).host}/log/registry`
      const keys = [parseVerifierKey('ed25519', key)]
      const open = (text: string, about = { origin, keys }) => openCheckpoint(Buffer.from(text), about)
      const { size } = open(note).checkpoint
      const [name = '', , root = ''] = note.split('\n')
      const line = note.split('\n').find((one) => one.startsWith('— ')) ?? ''
      const others = Array.from({ length: 16 }, (_, place) => `— other${place}.example ${line.split(' ')[2]}`)
      const forged = [
        note.replace(`\n${size}\n`, `\n${size + 1}\n`),
        note.replace(root, Buffer.alloc(32, 1).toString('base64')),
        note.replaceAll(name, 'evil.example/log/registry'),
        note.replaceAll('\n', '\r\n'),
        note.replace(`\n${size}\n`, `\n0${size}\n`),
        note.replace(line, line.replace('— ', '- ')),
        note.replace(line, [line, ...others].join('\n')),
        note.replace(`${line}\n`, ''),
      ]
      for (const text of forged) expect(() => open(text), text).toThrow(TlogError)
      const unknown = { origin, keys: [stand.witness.key as never] }
      expect(() => open(note, unknown)).toThrow(TlogError)
      expect(() => open(note, { origin: `${new URL(stand.baseUrl).host}/log/certificates`, keys })).toThrow(TlogError)
      expect(parseNote(Buffer.from(note)).signatures).toHaveLength(1)
      return []
    },
  },
  D008: {
    async carryOut(stand) {
      const sizeNow = async () => openedSize(await bytesAt(stand, '/log/registry/checkpoint')).size
      const askBeyond = async (size: number): Promise<Heard[]> => {
        const beyond = Math.floor(size / 256) + 1
        const paths = [
          `0/${String(beyond).padStart(3, '0')}`,
          `0/000.p/${size < 256 ? size + 1 : 256}`,
          '0/-01',
          '0/x-01/000',
          '0/x000/000',
          '0/../0/000',
          '../checkpoint',
          '%2e%2e/checkpoint',
          '..%2fcheckpoint',
          '0/000.p%2f1%00',
          '64/000',
          'entries/../../../../did.json',
          'a'.repeat(2_000),
        ]
        const answers: Heard[] = []
        for (const path of paths) answers.push(await asWritten(stand, `/log/registry/tile/${path}`))
        // If the log has grown meanwhile, entries that were beyond its end may now exist.
        const grown = await sizeNow()
        return grown === size ? answers : askBeyond(grown)
      }
      return askBeyond(await sizeNow())
    },
  },
  R013: {
    async carryOut() {
      // Imported after the stack has started, because a function reads its environment when it is loaded.
      const { handler: audit } = await import('../../../functions/audit.ts')
      // Only this stream is checked. Another attack recorded a commit for a day long past, which is in no log and is also reported.
      const auditResult = () => audit().then(String, String)
      expect(await auditResult()).not.toContain('demo-kh-mlvt/trust')
      const client = new DynamoDBClient({})
      const Key = { pk: { S: 'STREAM#demo-kh-mlvt/trust' }, sk: { S: 'COMMIT#000000000003' } }
      const { Item } = await client.send(new GetItemCommand({ TableName: 'SijilCommits', Key }))
      if (Item === undefined) throw new Error('no such commit')
      const changed = JSON.parse(JSON.stringify(Item).replaceAll('kh-elec-1', 'kh-elec-2'))
      expect(changed).not.toEqual(Item)
      await client.send(new PutItemCommand({ TableName: 'SijilCommits', Item: changed }))
      try {
        expect(await auditResult()).toContain('demo-kh-mlvt/trust/3: changed')
      } finally {
        await client.send(new PutItemCommand({ TableName: 'SijilCommits', Item }))
      }
      expect(await auditResult()).not.toContain('demo-kh-mlvt/trust')
      return []
    },
    inside:
      'only an insider can rewrite a row: the store itself is changed, and the audit function that runs every hour reports it',
  },
  X005: {
    async carryOut(stand) {
      const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? ''
      for (const minutes of [10, -10]) {
        const { commits, client } = openLocalStores({
          endpoint,
          tables: { commits: 'SijilCommits', boxes: 'SijilBoxes' },
          clock: () => Date.now() + minutes * 60_000,
        })
        await expect(commits.list('ENTITIES', { limit: 1, newestFirst: true })).rejects.toMatchObject({
          code: 'clock-astray',
        })
        client.destroy()
      }
      expect((await stand.parts.store.list('ENTITIES', { limit: 1, newestFirst: true })).commits).toHaveLength(1)
      return []
    },
    inside: 'the clock cannot be moved from outside: the stores are opened with a wrong clock (decision 050)',
  },
}

function openedSize(note: Uint8Array): { size: number } {
  return { size: Number(Buffer.from(note).toString().split('\n')[1]) }
}
