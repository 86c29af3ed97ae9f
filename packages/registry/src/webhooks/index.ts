export { collectEvents } from './collect.ts'
export { type DeliverDeps, deliverEvents } from './deliver.ts'
export { isEventId, pauses as deliveryPauses } from './delivery.ts'
export { type Endpoint, type EventKind, endpointHistory, endpointIn, eventKinds } from './endpoint.ts'
export {
  type EndpointState,
  endpointState,
  type ListedDelivery,
  lastDeliveries,
  listDeliveries,
} from './list-deliveries.ts'
export type { CollectDeps, DeliveryQueue } from './messages.ts'
export { askReplay } from './replay.ts'
export { makeSecret, OVERLAP_HOURS } from './secrets.ts'
