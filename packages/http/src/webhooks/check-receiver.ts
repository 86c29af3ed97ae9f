import type { ReceiverCheck } from '@sijil/registry'
import { allowedAddresses, ForbiddenAddress, type Resolve, systemResolve } from './guarded-lookup.ts'
import { type ReceiverRuleName, receiverRules } from './receiver-rules.ts'

const MOST_CHARACTERS = 500
const CANNOT_BE_FOUND = 'must be a host that can be found now: publish its address first'
const NOT_PUBLIC = 'must be a host on the Internet: its addresses are not public ones'

/** Checks an address that a body names. It looks up the host, and connects to nothing. */
export function receiverCheck({
  rule: name,
  baseUrl,
  resolve = systemResolve,
}: {
  rule: ReceiverRuleName
  baseUrl: string
  resolve?: Resolve
}): ReceiverCheck {
  const rule = receiverRules[name]
  return {
    async refusal(text) {
      if (text.length > MOST_CHARACTERS || !URL.canParse(text))
        return `must be an address of at most ${MOST_CHARACTERS} characters`
      const url = new URL(text)
      const refusal = rule.refusal(url, new URL(baseUrl).host)
      if (refusal !== undefined) return refusal
      try {
        await allowedAddresses(url.hostname, { rule, resolve })
        return undefined
      } catch (error) {
        return error instanceof ForbiddenAddress ? NOT_PUBLIC : CANNOT_BE_FOUND
      }
    },
  }
}
