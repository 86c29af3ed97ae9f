import { spyOnNetwork } from '../attacks/spy.ts'

/** Loaded before a program: whatever it says itself, it ends with code 99 if it began a connection or looked up a name. */
const { connections, lookups } = spyOnNetwork()
process.once('exit', () => {
  if (connections.size + lookups.size === 0) return
  console.error(`asked: ${[...connections, ...lookups].join(' ')}`)
  process.exitCode = 99
})
