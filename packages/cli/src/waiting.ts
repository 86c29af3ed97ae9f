import { isObject, textAt } from './json.ts'

/** Under which id the registry lets something wait for a second person, and whose list it stands in; absent: it does not wait. */
export function waitingIn({
  status,
  body,
}: {
  status: number
  body: unknown
}): { id: string; owner: string } | undefined {
  if (status !== 202 || !isObject(body)) return undefined
  return { id: textAt(body, 'id') ?? '(no id)', owner: textAt(body, 'owner') ?? '(no owner)' }
}
