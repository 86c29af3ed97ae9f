import type { ReceiverCheck } from '@sijil/registry'
import type { Environment } from './environment.ts'
import { once } from './wiring.ts'

/** Loads the look-up of names for the first address that somebody proposes. It connects to nothing. */
export function receiversOf({ WEBHOOK_RECEIVERS: rule, BASE_URL: baseUrl }: Environment): ReceiverCheck {
  const opened = once(async () => (await import('@sijil/http/webhooks/check')).receiverCheck({ rule, baseUrl }))
  return { refusal: async (url) => (await opened()).refusal(url) }
}
