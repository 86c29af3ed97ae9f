import type { Caller } from './caller.ts'
import { EdgeError } from './edge-error.ts'

/** Throws `insufficient-scope` unless the token has one of the scopes. */
export function requireScope(caller: Pick<Caller, 'scopes'> | undefined, scopes: readonly string[]): void {
  if (scopes.some((scope) => caller?.scopes.includes(scope))) return
  throw new EdgeError('insufficient-scope', `The access token needs the scope ${scopes.join(' or ')}.`, {
    headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scopes[0]}"` },
  })
}
