import { expect } from 'vitest'
import { deskOf } from '../support/desk.ts'
import type { OpenRegistry } from '../support/local-registry.ts'
import { ONEC } from './trust.ts'

/** Two officers of an authority at the desk, over HTTP: the first proposes, the second approves. */

export type Fields = Record<string, string>

export const ONE = 'demo-th-onec-officer-1'
export const TWO = 'demo-th-onec-officer-2'
export const HOME = `/desk/authorities/${ONEC}`
export const pathOf = (action: string) => `${HOME}/actions/${action}`
export const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

export const grounds = { basis: 'B.E. 2569/9', reason: 'Reviewed' }
export const identity = (name: string, website: string) => ({
  'identity.name': `${name} (demonstration)`,
  'identity.state': 'TH',
  'identity.website': website,
  'identity.mandate': 'B.E. 2569',
  'identity.demonstration': 'yes',
})

export function atTheDesk(registry: OpenRegistry) {
  const desk = deskOf(registry)
  const as = async (subject: string) => {
    const cookie = await desk.cookie(subject)
    return { headers: { cookie }, formToken: await desk.formToken(cookie) }
  }
  const open = async (address: string, subject = ONE) => desk.ask('GET', address, await as(subject))
  const send = async (
    action: string,
    fields: Fields,
    step: 'check' | 'change' | 'send' | `unit${string}`,
    { query = '', home = HOME, one = ONE } = {},
  ) => {
    // A person presses a button some seconds after the one before. Only so is a proposal that waits seen by the next one.
    registry.showAll()
    return desk.ask('POST', `${home}/actions/${action}${query}`, { ...(await as(one)), fields: { ...fields, step } })
  }
  /** Checks the answers, proposes, and lets the second officer approve. */
  async function decided(action: string, fields: Fields, { home = HOME, one = ONE, two = TWO } = {}): Promise<void> {
    const checked = await send(action, fields, 'check', { home, one })
    expect([checked.status, plain(checked.text)]).toEqual([200, expect.stringContaining('Check your answers')])
    const seen = /name="seen" value="([^"]+)"/.exec(checked.text)?.[1]
    const sent = await send(action, { ...fields, ...(seen && { seen }) }, 'send', { home, one })
    expect([sent.status, sent.text]).toEqual([303, ''])
    const proposal = String(sent.headers.get('location'))
    const page = await open(proposal, two)
    expect(page.text).toContain(`action="${proposal}/approve"`)
    const hash = /data-hash>([^<]+)</.exec(page.text)?.[1] ?? ''
    const approved = await desk.ask('POST', `${proposal}/approve`, { ...(await as(two)), fields: { hash } })
    expect([approved.status, approved.text]).toEqual([303, ''])
  }

  return { ...desk, as, open, send, decided }
}
