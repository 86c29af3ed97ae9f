import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formTokenFor } from '@sijil/http'
import { deskSessions } from '@sijil/http/sessions'
import { LOCAL_ACR } from '../../infra/local/identity.ts'
import type { Answer, OpenRegistry } from './local-registry.ts'

/** The desk of a local registry for tests: sessions like those of the desk, and requests like those of a browser. */
export function deskOf(registry: Pick<OpenRegistry, 'baseUrl' | 'folder' | 'ask' | 'now'>) {
  const sessions = async () => {
    const { sessionSecret } = JSON.parse(await readFile(join(registry.folder, 'desk.json'), 'utf8'))
    return deskSessions(async () => sessionSecret)
  }
  return {
    /** The cookie `name=value` of a person who signed in at that moment. */
    async cookie(subject: string, signedInAt = registry.now(), now = registry.now()): Promise<string> {
      const line = await (await sessions()).begin({ subject, signedInAt, acr: LOCAL_ACR }, now)
      return line.split(';')[0] as string
    },
    /** The secret of the session, from which `ask` makes the token of each form. */
    async formToken(cookie: string, now = registry.now()): Promise<string> {
      const session = await (await sessions()).find([cookie], now)
      if (session === undefined) throw new Error('no session')
      return session.formToken
    },
    /** Requests a page, or sends a form. */
    ask(
      method: string,
      path: string,
      {
        headers = {},
        fields = {},
        formToken,
      }: { headers?: Record<string, string>; fields?: Record<string, string>; formToken?: string } = {},
    ): Promise<Answer> {
      const form = new URLSearchParams({
        ...(formToken !== undefined && { 'form-token': formToken && formTokenFor(formToken, path) }),
        ...fields,
      })
      return registry.ask(path, {
        method,
        headers: {
          accept: 'text/html',
          ...(method === 'POST' && {
            'content-type': 'application/x-www-form-urlencoded',
            origin: registry.baseUrl,
            'sec-fetch-site': 'same-origin',
          }),
          ...headers,
        },
        ...(method === 'POST' && { body: String(form) }),
      })
    },
  }
}
