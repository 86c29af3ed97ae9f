import type { ProblemCode } from './problems.ts'

/** Codes of log lines: those of problems, and two that raise an alarm although no request failed. */
export type LogCode = ProblemCode | 'action-waits' | 'bundle-nearly-full'
