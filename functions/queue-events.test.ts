import { RegistryError } from '@sijil/registry'
import { expect, test, vi } from 'vitest'
import { withMessages } from './queue-events.ts'

const record = (messageId: string, body: string, deliveries = 1) => ({
  messageId,
  body,
  attributes: { ApproximateReceiveCount: String(deliveries) },
})

/** A function that keeps what it is given, and fails for messages that say so. */
function aFunction() {
  const ran: [message: unknown, deliveries: number][] = []
  const handler = withMessages(
    'issue',
    (request: { path: string }) => `answered ${request.path}`,
    async (message, deliveries) => {
      ran.push([message, deliveries])
      if ((message as { fails?: boolean } | undefined)?.fails)
        throw new RegistryError('dependency-unavailable', 'SECRET')
    },
  )
  return { ran, handler }
}

test('F30: only the message that failed comes again, and the log has its code and not what it says', async () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const { ran, handler } = aFunction()
  const Records = [
    record('a', '{"from":1}'),
    record('b', '{"fails":true,"from":"SECRET"}', 3),
    record('c', '{"from":2}'),
  ]
  expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] })
  expect(ran).toEqual([
    [{ from: 1 }, 1],
    [{ fails: true, from: 'SECRET' }, 3],
    [{ from: 2 }, 1],
  ])
  const lines = written.mock.calls.map(([text]) => String(text)).join('')
  written.mockRestore()
  expect(lines).toContain('"code":"dependency-unavailable"')
  expect(lines).not.toContain('SECRET')
})

test('a message that is no JSON reaches the function as nothing, and a request is answered as before', async () => {
  const { ran, handler } = aFunction()
  expect(await handler({ Records: [record('a', '{')] })).toEqual({ batchItemFailures: [] })
  expect(ran).toEqual([[undefined, 1]])
  expect(handler({ path: '/verify' }, {})).toBe('answered /verify')
})
