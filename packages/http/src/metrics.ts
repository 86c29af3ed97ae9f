import type { LogCode } from './log-code.ts'

/** Codes that raise an alarm (infra/aws/alarms-stack.ts). Lines with another code, or without one, carry no metric. */
export const watchedCodes = [
  'internal',
  'dependency-unavailable',
  'store-access-denied',
  'signing-key-unavailable',
  'clock-astray',
  'issuing-paused',
  'action-waits',
  'bundle-nearly-full',
  'artefact-differs',
] as const satisfies readonly LogCode[]
export type WatchedCode = (typeof watchedCodes)[number]

export const metricNamespace = 'Sijil'
export const metricOf = (code: WatchedCode) => `problem-${code}` as const

const isWatched = (code: LogCode | undefined): code is WatchedCode => watchedCodes.some((watched) => watched === code)

/**
 * Members by which CloudWatch counts a log line (embedded metric format). The metric has no dimension: CloudWatch keeps dimensions for
 * fifteen months, and they may name no person, issuer or path (I47).
 */
export function metricMembers(code: LogCode | undefined, at: Date): Record<string, unknown> {
  if (!isWatched(code)) return {}
  const name = metricOf(code)
  return {
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] }],
    },
    [name]: 1,
  }
}
