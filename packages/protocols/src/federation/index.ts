export type { FederationDeps } from './deps.ts'
export { openFederation } from './federation.ts'
export type { Statement } from './jwt.ts'
export { FederationRefusal, type FederationRefusalCode } from './refusal.ts'
