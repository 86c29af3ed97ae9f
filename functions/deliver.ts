import { eventSender } from '@sijil/http/webhooks'
import { collectEvents, deliverEvents } from '@sijil/registry/webhooks'
import { clock } from './clock.ts'
import { withMessages } from './queue-events.ts'
import { deliveryQueueOf } from './queues.ts'
import { scheduled } from './scheduled.ts'
import { commitStoreOf, patience, readDeliverEnvironment, webhookOpenerOf } from './wiring.ts'

const environment = readDeliverEnvironment(process.env)
const store = commitStoreOf(environment)
const queue = deliveryQueueOf(environment)
const opener = webhookOpenerOf(environment)
const sender = eventSender({ rule: environment.WEBHOOK_RECEIVERS, baseUrl: environment.BASE_URL })

const collect = scheduled('deliver', (_, remaining) => collectEvents({ store, queue, now: clock(), remaining }))
const run = (message: unknown) => deliverEvents(message, { store, sender, opener, clock, patience })

/**
 * The only function that connects to systems of bodies. Each minute it finds what happened, from the record, and each message makes one
 * attempt. No request waits for it, and it can write nothing but its own log.
 */
export const handler = withMessages('deliver', collect, run)
