import { describe, expect, test } from 'vitest'
import type { $ZodType } from 'zod/v4/core'
import { type Route, routes } from '../routes.ts'
import { batchesAnswers } from './batches.ts'
import { decisionsAnswers } from './decisions.ts'
import { described } from './description.ts'
import { deskAnswers } from './desk.ts'
import { federationAnswers } from './federation.ts'
import { issueAnswers } from './issue.ts'
import { listsAnswers } from './lists.ts'
import { logAnswers } from './log.ts'
import { officeAnswers } from './office.ts'
import { pagesAnswers } from './pages.ts'
import { paperAnswers } from './paper.ts'
import { parameters } from './parameters.ts'
import { recogniseAnswers } from './recognise.ts'
import { recordsAnswers } from './records.ts'
import { reportsAnswers } from './reports.ts'
import { statusAnswers } from './status.ts'
import { trustAnswers } from './trust.ts'
import { verifyAnswers } from './verify.ts'

/** The tests read only the schemas of these answers and call none, so they need no dependencies. */
const noDeps = { clock: () => new Date() } as never
const endpoints = new Map<string, { body: string; input?: $ZodType; query?: $ZodType; knows?: readonly string[] }>(
  [
    verifyAnswers,
    pagesAnswers,
    issueAnswers,
    batchesAnswers,
    recogniseAnswers,
    statusAnswers,
    recordsAnswers,
    listsAnswers,
    decisionsAnswers,
    deskAnswers,
    officeAnswers,
    trustAnswers,
    logAnswers,
    federationAnswers,
    reportsAnswers,
    paperAnswers,
  ].flatMap((answers) => Object.entries(answers(noDeps))),
)

/** These routes parse their own input, to refuse in the form of their protocol. test/reading/openapi.test.ts calls them. */
const byThemselves = ['POST /authorization', 'POST /recognition']

/** The API does not describe the fields of these forms: each needs a form token, which only its page has. */
const sentByOurPages = (routes as readonly Route[])
  .filter(({ scope }) => scope === 'session')
  .map(({ method, path }) => `${method} ${path}`)

describe.each((routes as readonly Route[]).map(({ method, path }) => `${method} ${path}`))('%s', (key) => {
  const endpoint = endpoints.get(key)
  const description = described[key]

  test('is described with the kind of body that it takes', () => {
    expect(description?.body).toBe(endpoint?.body)
  })

  test('is described by the same schema that parses its input', () => {
    if (byThemselves.includes(key)) {
      expect(endpoint?.input).toBeUndefined()
      expect(description?.input).toBeDefined()
    } else if (!sentByOurPages.includes(key)) expect(description?.input).toBe(endpoint?.input)
    if (endpoint?.query !== undefined) expect(description?.query).toBe(endpoint.query)
    if (endpoint?.knows !== undefined)
      expect(endpoint.knows.toSorted()).toEqual(Object.keys(parameters[key] ?? {}).toSorted())
  })
})

test('Q017: a route that is cached by some parameters is cached by each that it knows', () => {
  for (const { method, path, keyed } of routes as readonly Route[]) {
    if (keyed === undefined) continue
    const known = Object.keys(parameters[`${method} ${path}`] ?? {})
    expect(keyed, path).toEqual(expect.arrayContaining([...known, 'lang']))
    expect(keyed.length, path).toBeLessThanOrEqual(10)
  }
})
