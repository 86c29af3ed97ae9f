import { readFileSync } from 'node:fs'
import type { Executions } from './execution.ts'
import { deskForms } from './executions/desk.ts'
import { exports } from './executions/exports.ts'
import { form } from './executions/form.ts'
import { issue } from './executions/issue.ts'
import { issueOnce } from './executions/issue-once.ts'
import { logs } from './executions/logs.ts'
import { longWords } from './executions/long-words.ts'
import { pages } from './executions/pages.ts'
import { presentations } from './executions/presentations.ts'
import { proof } from './executions/proof.ts'
import { registry } from './executions/registry.ts'
import { registryAdmin } from './executions/registry-admin.ts'
import { status } from './executions/status.ts'
import { statusApi } from './executions/status-api.ts'
import { stolenKeys } from './executions/stolen-key.ts'
import { transport } from './executions/transport.ts'
import { trust } from './executions/trust.ts'

export interface Attack {
  id: string
  surface: string
  description: string
  input: string
  expected: { status: number | null; verdict?: string; type?: string; also?: string }
  invariants: string[]
}

export const attacks: readonly Attack[] = JSON.parse(
  readFileSync(new URL('attacks.json', import.meta.url), 'utf8'),
).attacks

/** How each attack is carried out, by its id. */
export const executions: Executions = {
  ...form,
  ...proof,
  ...status,
  ...trust,
  ...transport,
  ...presentations,
  ...pages,
  ...issue,
  ...issueOnce,
  ...statusApi,
  ...registry,
  ...registryAdmin,
  ...stolenKeys,
  ...logs,
  ...deskForms,
  ...exports,
  ...longWords,
}
