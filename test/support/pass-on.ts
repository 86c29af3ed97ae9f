import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, request as send } from 'node:http'

/**
 * Passes a request on to the server at `onward`, and its answer back. `answered` may do something else with the answer. `body` replaces one
 * that was read already.
 */
export function passOn(
  { request, response, onward }: { request: IncomingMessage; response: ServerResponse; onward: string },
  {
    answered = (answer) => passBack(answer, response),
    body,
  }: { answered?: (answer: IncomingMessage) => void; body?: Buffer } = {},
): void {
  const headers = { ...request.headers, host: new URL(onward).host }
  const passed = send(`${onward}${request.url}`, { method: request.method, headers }, answered)
  passed.on('error', () => response.destroy())
  if (body === undefined) request.pipe(passed)
  else passed.end(body)
}

export function passBack(
  answer: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders = answer.headers,
): void {
  response.writeHead(answer.statusCode ?? 500, headers)
  answer.pipe(response)
}
