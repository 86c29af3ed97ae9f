import { isOwnerId } from '../stream.ts'

/** The part of an id after the owner. */
const LOCAL = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** The owner that the id of a record names, `{owner}.{local}`. Undefined: an id of the baseline, whose owner is recorded. */
export function findOwner(id: string): string | undefined {
  const [owner = '', local, ...rest] = id.split('.')
  return local !== undefined && rest.length === 0 && isOwnerId(owner) && LOCAL.test(local) ? owner : undefined
}
