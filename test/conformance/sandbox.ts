import { type Answer, type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import type { Json } from './inputs.ts'

/** The local stack as an outside suite sees it: an issuer that signs anything, and the two routes that verify. */
export interface Sandbox {
  registry: OpenRegistry
  /** The `did:web` of the sandbox. */
  issuer: string
  token: string
  issue(credential: unknown, options?: Json): Promise<Answer>
  /** Returns the issued credential. Throws if the request was refused. */
  issued(credential: unknown, options?: Json): Promise<Json>
  verify(verifiableCredential: unknown, options?: Json): Promise<Answer>
  present(verifiablePresentation: unknown, options?: Json): Promise<Answer>
  setStatus(credentialId: unknown, statusPurpose: string, status?: boolean): Promise<Answer>
  close(): Promise<void>
}

export async function openSandbox(): Promise<Sandbox> {
  const speakAgain = withoutLog()
  const registry = await openRegistry()
  const { ask, baseUrl } = registry
  const token = await registry.token('sandbox', 'credentials:issue credentials:status')
  const issue: Sandbox['issue'] = (credential, options) =>
    ask('/issuers/sandbox/credentials/issue', { token, body: { credential, ...(options && { options }) } })
  return {
    registry,
    issuer: `did:web:localhost%3A${new URL(baseUrl).port}:issuers:sandbox`,
    token,
    issue,
    async issued(credential, options) {
      const answer = await issue(credential, options)
      if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`)
      return answer.json<{ verifiableCredential: Json }>().verifiableCredential
    },
    verify: (verifiableCredential, options) =>
      ask('/credentials/verify', { body: { verifiableCredential, ...(options && { options }) } }),
    present: (verifiablePresentation, options) =>
      ask('/presentations/verify', { body: { verifiablePresentation, ...(options && { options }) } }),
    setStatus: (credentialId, statusPurpose, status) =>
      ask('/issuers/sandbox/credentials/status', {
        token,
        body: { credentialId, credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose }, status },
      }),
    async close() {
      await registry.close()
      speakAgain()
    },
  }
}

/** Hides the log lines, because a line for each of a thousand requests would bury the output of the tests. */
function withoutLog(): () => void {
  const write = process.stdout.write
  process.stdout.write = (chunk, ...rest) =>
    String(chunk).startsWith('{"at":') || Reflect.apply(write, process.stdout, [chunk, ...rest])
  return () => {
    process.stdout.write = write
  }
}

/** VCALM answers with the status code, because suites throw on an error in a 200. */
export interface Verified {
  verified: boolean
  errors?: object[]
}
