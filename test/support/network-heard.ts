import { spyOnNetwork } from '../attacks/spy.ts'

/** Loaded before a program. The program ends with exit code 99 if it opened a connection or looked up a name. */
const { connections, lookups } = spyOnNetwork()
process.once('exit', () => {
  if (connections.size + lookups.size === 0) return
  console.error(`asked: ${[...connections, ...lookups].join(' ')}`)
  process.exitCode = 99
})
