import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { readBody } from './read-body.ts'

/** A person who may sign in at the local provider. There is no password, because it is a demonstration on one machine. */
export interface LocalPerson {
  id: string
  /** The authority or body of which they are an officer. */
  authority: string
}

// biome-ignore format: it reads as a table
const words = {
  en: { title: 'Demonstration sign-in', text: 'This stands in for an identity provider, on this machine only. There is no password: choose who you are.', as: 'Sign in as', of: 'officer of', cancel: 'Cancel', gone: 'This sign-in has ended. Go back and begin again.' },
  th: { title: 'ลงชื่อเข้าใช้แบบสาธิต', text: 'หน้านี้ใช้แทนระบบยืนยันตัวตน เฉพาะในเครื่องนี้เท่านั้น ไม่มีรหัสผ่าน กรุณาเลือกว่าคุณคือใคร', as: 'ลงชื่อเข้าใช้เป็น', of: 'เจ้าหน้าที่ของ', cancel: 'ยกเลิก', gone: 'การลงชื่อเข้าใช้นี้สิ้นสุดแล้ว กรุณากลับไปเริ่มใหม่' },
} as const
type Words = (typeof words)[keyof typeof words]

const BODY_LIMIT = 4_096
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}
const styles =
  'body{font:1.05rem/1.6 system-ui,sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem 1rem;background:#f7f2e7;color:#16232f}' +
  'h1{font-size:1.7rem;line-height:1.2}.demo{border:1px dashed #764900;background:#fdf2d6;color:#764900;padding:.75rem 1rem;border-radius:8px}' +
  'button{display:block;width:100%;min-height:48px;margin:.75rem 0;padding:.6rem 1rem;font:inherit;text-align:left;border:2px solid #0d4f54;border-radius:6px;background:#0d4f54;color:#fff;overflow-wrap:anywhere}' +
  'button.alt{background:transparent;color:#0d4f54}'

/** Answers the sign-in page, which `oidc-provider` leaves to its host. Returns `false` if the request is for the provider itself. */
export async function answerSignIn(
  request: IncomingMessage,
  response: ServerResponse,
  { provider, persons, acr }: { provider: Provider; persons: readonly LocalPerson[]; acr: string },
): Promise<boolean> {
  const [path] = (request.url ?? '').split('?')
  if (path === '/sign-in.css') {
    response.writeHead(200, { ...headers, 'content-type': 'text/css' }).end(styles)
    return true
  }
  if (!path?.startsWith('/interaction/')) return false
  const details = await provider.interactionDetails(request, response).catch(() => undefined)
  const language = String(details?.params.ui_locales) === 'th' ? 'th' : 'en'
  const say = words[language]
  const send = (status: number, main: string) =>
    response
      .writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8' })
      .end(page(say, language, main))
  if (details === undefined) send(400, `<p>${say.gone}</p>`)
  else if (request.method !== 'POST') send(200, choice(say, persons))
  else {
    const chosen = new URLSearchParams(String((await readBody(request, BODY_LIMIT)) ?? '')).get('person')
    const person = persons.find(({ id }) => id === chosen)
    if (chosen === 'nobody') await provider.interactionFinished(request, response, { error: 'access_denied' })
    else if (person === undefined) send(400, choice(say, persons))
    else
      await provider.interactionFinished(request, response, { login: { accountId: person.id, acr, remember: false } })
  }
  return true
}

/** The ids come from `demonstration/bodies.ts`, and have only letters, digits and hyphens, so they need no escaping. */
const choice = ({ as, of, cancel }: Words, persons: readonly LocalPerson[]) =>
  `<form method="post">${persons.map(({ id, authority }) => `<button name="person" value="${id}">${as} <strong lang="en">${id}</strong><br>${of} <span lang="en">${authority}</span></button>`).join('')}<button class="alt" name="person" value="nobody">${cancel}</button></form>`

const page = ({ title, text }: Words, language: string, main: string) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><link rel="stylesheet" href="/oidc/sign-in.css"></head><body><main><h1>${title}</h1><p class="demo">${text}</p>${main}</main></body></html>`
