import { BlockList, isIP } from 'node:net'

// biome-ignore format: it reads as a table
/** Blocks of IPv4 that are not reachable from everywhere (IANA special-purpose registry, RFC 6890), and multicast. */
const notPublic4: readonly [string, number][] = [
  ['0.0.0.0', 8],        // this network
  ['10.0.0.0', 8],       // private
  ['100.64.0.0', 10],    // shared by carriers (CGNAT)
  ['127.0.0.0', 8],      // loopback
  ['169.254.0.0', 16],   // link-local, and the metadata of clouds
  ['172.16.0.0', 12],    // private
  ['192.0.0.0', 24],     // protocol assignments
  ['192.0.2.0', 24],     // documentation
  ['192.31.196.0', 24],  // AS112
  ['192.52.193.0', 24],  // AMT
  ['192.88.99.0', 24],   // relays of 6to4
  ['192.168.0.0', 16],   // private
  ['192.175.48.0', 24],  // AS112
  ['198.18.0.0', 15],    // benchmarks
  ['198.51.100.0', 24],  // documentation
  ['203.0.113.0', 24],   // documentation
  ['224.0.0.0', 4],      // multicast
  ['240.0.0.0', 4],      // reserved, and broadcast
]

// biome-ignore format: it reads as a table
/** Blocks of IPv6 within the global unicast space that lead to other addresses, or nowhere. Everything outside that space is refused. */
const notPublic6: readonly [string, number][] = [
  ['2001::', 23],        // protocol assignments: Teredo, ORCHID and others
  ['2001:db8::', 32],    // documentation
  ['2002::', 16],        // 6to4: it holds an IPv4 address
  ['2620:4f:8000::', 48], // AS112
  ['3fff::', 20],        // documentation
]

const blocked4 = blocks(notPublic4, 'ipv4')
const blocked6 = blocks(notPublic6, 'ipv6')
/** All that is given out. Mapped, local, link-local, multicast and translated addresses lie outside. */
const global6 = blocks([['2000::', 3]], 'ipv6')
const loopback4 = blocks([['127.0.0.0', 8]], 'ipv4')
const loopback6 = blocks([['::1', 128]], 'ipv6')

function blocks(subnets: readonly [string, number][], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family)
  return list
}

/** True for an address that anybody on the Internet can reach. False for every other text. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !blocked4.check(address, 'ipv4')
    case 6:
      // Node also matches a mapped address against rules of IPv4, so each family has a list of its own.
      return global6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6')
    default:
      return false
  }
}

export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address)
  return family === 4 ? loopback4.check(address, 'ipv4') : family === 6 && loopback6.check(address, 'ipv6')
}
