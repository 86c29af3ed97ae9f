import { createServer } from 'node:http'
import { closeServer, listenOnLoopback, onlyPrograms } from './loopback.ts'

export interface LocalSecrets {
  endpoint: string
  close(): Promise<void>
}

/** An emulator for one machine of the part of Secrets Manager that we use: it answers with the value of a secret. */
export async function startSecrets(values: Readonly<Record<string, string>>): Promise<LocalSecrets> {
  const server = createServer(
    onlyPrograms(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      const { SecretId } = JSON.parse(body || '{}') as { SecretId?: string }
      const isKnown = SecretId !== undefined && Object.hasOwn(values, SecretId)
      const isAsked = request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue'
      const [status, answer] = !isAsked
        ? [400, { __type: 'UnknownOperationException', message: 'no such operation here' }]
        : !isKnown
          ? [400, { __type: 'ResourceNotFoundException', message: 'no such secret' }]
          : [200, { Name: SecretId, SecretString: values[SecretId] }]
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer))
    }),
  )
  return { endpoint: await listenOnLoopback(server), close: () => closeServer(server) }
}
