import { type Check, type CheckName, checkNames, type Reason } from './verification.ts'

type Evidence = Check['evidence']

/** Every check is on the list from the beginning, as not performed: what nobody looked at can never count as passed. */
export class CheckList {
  readonly #checks = new Map<CheckName, Check>(
    checkNames.map((name) => [name, { name, outcome: 'not_performed', reason: 'depends-on-another-check' }]),
  )

  pass(name: CheckName, evidence?: Evidence): void {
    this.#checks.set(name, { name, outcome: 'passed', ...(evidence && { evidence }) })
  }

  fail(name: CheckName, reason: Reason, evidence?: Evidence): void {
    this.#checks.set(name, { name, outcome: 'failed', reason, ...(evidence && { evidence }) })
  }

  /** The question stays open. */
  leave(name: CheckName, reason: Reason, evidence?: Evidence): void {
    this.#checks.set(name, { name, outcome: 'not_performed', reason, ...(evidence && { evidence }) })
  }

  passed(name: CheckName): boolean {
    return this.#checks.get(name)?.outcome === 'passed'
  }

  failed(name: CheckName): boolean {
    return this.#checks.get(name)?.outcome === 'failed'
  }

  /** Open, and for this reason. */
  isLeft(name: CheckName, reason: Reason): boolean {
    const check = this.#checks.get(name)
    return check?.outcome === 'not_performed' && check.reason === reason
  }

  get all(): Check[] {
    return [...this.#checks.values()]
  }
}
