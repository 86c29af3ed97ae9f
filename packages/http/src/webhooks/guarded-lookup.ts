import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { ReceiverRule } from './receiver-rules.ts'

/** All addresses of a host, as the system knows them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) =>
    lookup(host, { all: true, verbatim: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
  )

export class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
}

/** The addresses of a host. Throws `ForbiddenAddress` if any of them may not be connected to, so that no order of answers matters. */
export async function allowedAddresses(
  host: string,
  { rule, resolve }: { rule: ReceiverRule; resolve: Resolve },
): Promise<readonly LookupAddress[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }]
  if (addresses.length === 0 || !addresses.every(({ address }) => rule.allows(address))) throw new ForbiddenAddress()
  return addresses
}

/**
 * Looks up names for a connection. The connection is made to exactly the addresses that were checked, so a name that changes between a check
 * and the connection leads nowhere else (DNS rebinding).
 */
export const guardedLookup =
  (deps: { rule: ReceiverRule; resolve: Resolve }): LookupFunction =>
  (host, { all, family }, callback) => {
    allowedAddresses(host, deps).then(
      (addresses) => {
        const [first] = addresses.filter((one) => (family !== 4 && family !== 6 ? true : one.family === family))
        if (all) callback(null, [...addresses])
        else if (first === undefined) callback(new ForbiddenAddress(), '', 0)
        else callback(null, first.address, first.family)
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    )
  }
