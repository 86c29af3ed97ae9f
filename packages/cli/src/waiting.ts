import { isObject, textAt } from './json.ts'

/** The id and the owner of a change that waits for a second person. `undefined` if the answer is not such a change. */
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
