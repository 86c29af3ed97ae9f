import { createHash } from 'node:crypto'
import { RegistryError } from '@sijil/registry'
import type { SignedIn } from './caller.ts'
import { EdgeError } from './edge-error.ts'
import { FORM_TOKEN, isFromHere } from './session-forms.ts'

/** The field with the order, in a form that one function shows and another one answers. */
export const ORDER = 'order'
/** Time to read the page of a check, and to press its button. */
const SECONDS = 900

interface Seal {
  seal(owner: string, text: string): Promise<string>
}
interface Opener {
  open(owner: string, sealed: string): Promise<string>
}

/**
 * Who pressed the button of a check, in whose name, and which fields they had checked. The function that carries it out opens no session,
 * so it could act in nobody's name (docs/decisions/108-office-orders-and-issue-signs.md).
 */
interface Order {
  subject: string
  formToken: string
  signedInAt: string
  /** Where the form goes. Two forms may have the same fields. */
  path: string
  /** SHA-256 of the fields, base64url. */
  fields: string
  until: string
}

type Fields = Readonly<Record<string, unknown>>

/** The value of the field `order`, for a form to this path with exactly these other fields. `owner`: the body in whose name it is. */
export function sealOrder(
  { owner, path, caller, fields, now }: { owner: string; path: string; caller: SignedIn; fields: Fields; now: Date },
  sealer: Seal,
): Promise<string> {
  const { subject, formToken, signedInAt } = caller
  const until = new Date(now.getTime() + SECONDS * 1_000).toISOString()
  const order: Order = {
    subject,
    formToken,
    signedInAt: signedInAt.toISOString(),
    path,
    fields: digestOf(fields),
    until,
  }
  return sealer.seal(owner, JSON.stringify(order))
}

/**
 * The person who ordered this form, and its fields. Throws `foreign-form` for an order of another body, of other fields, for
 * another path or from another site, and `sign-in-required` for one whose time is over.
 */
export async function requireOrder(
  value: unknown,
  {
    owner,
    path,
    headers,
    baseUrl,
    now,
  }: { owner: string; path: string; headers: ReadonlyMap<string, string>; baseUrl: string; now: Date },
  opener: Opener,
): Promise<{ caller: SignedIn; fields: Record<string, unknown> }> {
  const { [ORDER]: sealed, [FORM_TOKEN]: _, ...fields } = (value ?? {}) as Record<string, unknown>
  const order =
    isFromHere(headers, baseUrl) && typeof sealed === 'string' ? await opened(owner, sealed, opener) : undefined
  if (order === undefined || order.path !== path || order.fields !== digestOf(fields))
    throw new EdgeError('foreign-form', '')
  if (order.until <= now.toISOString()) throw new EdgeError('sign-in-required', '')
  const { subject, formToken, signedInAt } = order
  return {
    caller: { subject, formToken, signedInAt: new Date(signedInAt), scopes: [] },
    fields: { ...fields, [ORDER]: sealed },
  }
}

/** `undefined` for a text that nobody sealed as an order of this body. While the key store is away, nobody can tell. */
async function opened(owner: string, sealed: string, opener: Opener): Promise<Order | undefined> {
  try {
    return JSON.parse(await opener.open(owner, sealed)) as Order
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'dependency-unavailable') throw error
    return undefined
  }
}

/** A browser sends line breaks in another form than it shows them. */
const digestOf = (fields: Fields): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        Object.entries(fields)
          .map(([name, text]) => [name, String(text).replaceAll('\r\n', '\n')])
          .sort(),
      ),
    )
    .digest('base64url')
