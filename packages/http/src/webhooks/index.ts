export { eventSender } from './event-sender.ts'
export type { ReceiverRuleName } from './receiver-rules.ts'
