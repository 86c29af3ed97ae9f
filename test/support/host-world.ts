import { randomUUID } from 'node:crypto'
import {
  type ApprovedSingle,
  addKey,
  approveSingle,
  askForChange,
  proposeSingle,
  type SingleTerms,
} from '@sijil/registry/decisions'
import type { SingleChange } from '@sijil/registry/recognition'
import { addMember } from '@sijil/registry/trust'
import { verifyLink } from '@sijil/registry/verification'
import { after, aWorld, FROM, MINUTE } from './registry-world.ts'
import { decisionsIn } from './trust-world.ts'

export const HOST = 'demo-host'

/** A world with an authority of Thailand, whose officers `one` and `two` decide about certificates of the Philippines. Each step is a minute later. */
export async function withHost() {
  const world = await aWorld()
  const decisions = decisionsIn(world)
  const officers = async (owner: string) => {
    for (const subject of ['one', 'two'])
      await addMember(
        { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
  }
  /** An authority of a state with officers and a key. */
  const host = async (id: string, state: string) => {
    await decisions.authority(id, state)
    await officers(id)
    await addKey({ id, purpose: 'decisions', algorithm: 'Ed25519', actor: 'registrar' }, decisions.at())
  }
  await host(HOST, 'TH')
  let minutes = 0
  const now = () => after(minutes * MINUTE)
  const next = () => {
    minutes += 1
    return now()
  }
  const terms = (change: Partial<SingleTerms> = {}): SingleTerms => ({
    result: 'full',
    basis: 'Skills Act, section 12',
    appeal: 'To the Skills Board, within 30 days.',
    ...change,
  })
  const propose = (
    token: string,
    change: Partial<SingleTerms> = {},
    { authority = HOST, id = randomUUID() as string, replaces = '' } = {},
  ) =>
    proposeSingle(
      { authority, subject: 'one', id, token, terms: terms(change), ...(replaces && { replaces }) },
      world.at(next()),
    )
  const approve = (
    {
      host: authority,
      id,
      hash,
      open,
    }: { host: string; id: string; hash: string; open?: { hash: string } | undefined },
    token?: string,
    { subject = 'two' } = {},
  ): Promise<ApprovedSingle> => {
    const at = next()
    return approveSingle(
      { authority, subject, id, hash: open?.hash ?? hash, ...(token && { token }), signedInAt: at },
      world.at(at),
    )
  }
  return {
    world,
    pass: (milliseconds: number) => {
      minutes += milliseconds / MINUTE
    },
    host,
    now,
    next,
    propose,
    approve,
    /** Proposed by the first officer, approved by the second. */
    decide: async (token: string, ...asked: [change?: Partial<SingleTerms>, how?: Parameters<typeof propose>[2]]) =>
      approve(await propose(token, ...asked), token),
    change: async (id: string, change: SingleChange, authority = HOST) =>
      approve(await askForChange({ authority, subject: 'one', id, change }, world.at(next()))),
    /** What the page of a link says beside the verdict. */
    shown: async (token: string, at = next()) => (await verifyLink(token, world.verifying(at))).verification,
  }
}

export const tokenOf = (link: string): string => link.slice(link.lastIndexOf('/') + 1)
