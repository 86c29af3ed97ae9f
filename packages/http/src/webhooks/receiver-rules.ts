import { isIP } from 'node:net'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

/** Where events may be sent. A deployment chooses one rule at its start. */
export interface ReceiverRule {
  /** Why this address may not be named, in words for its owner. Undefined: it may. */
  refusal(url: URL, ownHost: string): string | undefined
  /** True if a connection to this IP address may be made. */
  allows(address: string): boolean
}

/** Addresses of systems on the Internet: https on its usual port, at a host name. */
const publicReceivers: ReceiverRule = {
  refusal(url, ownHost) {
    if (url.protocol !== 'https:') return 'must begin with https://'
    if (url.port !== '') return 'must have no port: events go to port 443'
    if (url.username !== '' || url.password !== '') return 'must hold no name and no password'
    if (url.hash !== '') return 'must have no part after #'
    const host = url.hostname
    if (isIP(host) !== 0 || host.startsWith('[')) return 'must be a host name: an IP address is not accepted'
    if (!/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host))
      return 'must be a whole host name, such as hooks.body.example'
    if (host === ownHost || host.endsWith(`.${ownHost}`)) return 'must not be this registry'
    return undefined
  },
  allows: isPublicAddress,
}

/** The same, and any port of this machine, also without TLS: for a demonstration and its receiver on one machine. */
const withLoopback: ReceiverRule = {
  refusal: (url, ownHost) =>
    url.protocol === 'http:' && isLoopbackAddress(url.hostname) && url.host !== ownHost && url.username === ''
      ? undefined
      : publicReceivers.refusal(url, ownHost),
  allows: (address) => isPublicAddress(address) || isLoopbackAddress(address),
}

export const receiverRules = { public: publicReceivers, 'public-and-loopback': withLoopback } as const
export type ReceiverRuleName = keyof typeof receiverRules
