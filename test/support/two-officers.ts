import { approveProposal, type ProposedChange, proposeChange } from '@sijil/registry/decisions'
import { addMember } from '@sijil/registry/trust'
import { AUTHORITY, after, aWorld, BODY, FROM, MINUTE } from './registry-world.ts'
import { decisionsIn } from './trust-world.ts'

/**
 * A world in which the officers `one` and `two` decide for the body, for its authority and for `demo-else`, an authority of `elseIn`. Each
 * step is a minute after the one before.
 */
export async function withTwoOfficers({
  elseIn = 'PH',
  isBaselineListed = true,
}: {
  elseIn?: string
  isBaselineListed?: boolean
} = {}) {
  const world = await aWorld({ isBaselineListed })
  let minutes = 0
  let passed = 0
  const now = () => after(minutes * MINUTE + passed)
  /** A minute later than before. */
  const next = () => {
    minutes += 1
    return now()
  }
  const name = async (owner: string) => {
    for (const subject of ['one', 'two'])
      await addMember(
        { owner, subject, roles: ['propose', 'approve'], actor: 'registrar' },
        { store: world.store, now: new Date(FROM) },
      )
  }
  await decisionsIn(world).authority('demo-else', elseIn)
  for (const owner of [AUTHORITY, BODY, 'demo-else']) await name(owner)
  const propose = (change: ProposedChange, authority: string) => {
    const at = next()
    return proposeChange({ authority, subject: 'one', id: `p-${minutes}`, change }, world.at(at))
  }
  const approve = ({ id, hash, authority }: { id: string; hash: string; authority: string }) => {
    const at = next()
    return approveProposal({ authority, id, subject: 'two', hash, signedInAt: at }, world.at(at))
  }
  return {
    world,
    next,
    /** The moment of the last step. */
    now,
    pass: (milliseconds: number) => {
      passed += milliseconds
    },
    /** Gives an entity the two officers. */
    name,
    propose,
    approve,
    decide: async (change: ProposedChange, authority: string) => approve(await propose(change, authority)),
  }
}

export type TwoOfficers = Awaited<ReturnType<typeof withTwoOfficers>>
