import { ANY_SITE } from '@sijil/qualifications'
import {
  accredit,
  amendAccreditation,
  type Decision,
  establish,
  liftSuspension,
  registerAuthority,
  registerBody,
  registerCentre,
  succeed,
  suspendAccreditation,
  withdrawAccreditation,
} from '@sijil/registry/decisions'
import {
  accreditationStatus,
  type GrantTerms,
  type Right,
  type TrustPolicy,
  type TrustQuestion,
  trustOf,
} from '@sijil/registry/trust'
import { baselineHistory } from './baseline.ts'
import { FROM, identity, noon, type World } from './registry-world.ts'

const actor = 'registrar'
const demonstrations: TrustPolicy = { demonstration: true }

type Grants = Partial<Decision & GrantTerms> & { awaits?: readonly string[]; right?: Right; onBehalfOf?: string }

/** Decisions in a world, with defaults for everything that a test does not need. Recorded at `now`, by default at the beginning. */
export function decisionsIn({ store, keys, baseUrl }: Pick<World, 'store' | 'keys' | 'baseUrl'>) {
  const at = (now: Date = new Date(FROM)) => ({ store, policy: demonstrations, keys, secrets: keys, now })
  const defaults = { actor, basis: 'decision', effectiveAt: FROM, grant: 'main' }
  const entity = (id: string, state = 'PH') => ({
    id,
    identity: identity({ name: `${id} (demonstration)`, state }),
    actor,
    effectiveAt: FROM,
  })
  return {
    at,
    authority: (id: string, state?: string) => registerAuthority(entity(id, state), at()),
    body: (id: string, state?: string) => registerBody({ ...entity(id, state), baseUrl }, at()),
    centre: (id: string, state?: string) => registerCentre(entity(id, state), at()),
    grant: (
      grantee: string,
      grantors: readonly [string, ...string[]],
      { right = 'issue', scope = {}, ...more }: Grants = {},
      now?: Date,
    ) => accredit({ ...defaults, grantee, grantors, right, scope, ...more }, at(now)),
    byLaw: (grantee: string, { right = 'issue', scope = {} }: Grants = {}) =>
      establish({ ...defaults, grantee, right, scope }, at()),
    amend: (grantee: string, by: string, { scope = {}, ...more }: Grants, now: Date = noon) =>
      amendAccreditation({ ...defaults, grantee, by, scope, ...more }, at(now)),
    suspend: (grantee: string, by: string, more: Grants = {}, now: Date = noon) =>
      suspendAccreditation({ ...defaults, grantee, by, effectiveAt: now.toISOString(), ...more }, at(now)),
    lift: (grantee: string, by: string, more: Grants = {}, now: Date = noon) =>
      liftSuspension({ ...defaults, grantee, by, effectiveAt: now.toISOString(), ...more }, at(now)),
    withdraw: (grantee: string, by: string, more: Grants = {}, now: Date = noon) =>
      withdrawAccreditation({ ...defaults, grantee, by, effectiveAt: now.toISOString(), ...more }, at(now)),
    succeed: (id: string, successor: string, now: Date = noon) =>
      succeed({ id, successor, basis: 'Act 2', actor, effectiveAt: now.toISOString() }, at(now)),
    /** By default asks about Masonry NC II in the Philippines, effective and recorded at noon. */
    ask: (
      issuer: string,
      {
        qualification = 'ph-masonry-nc2',
        ...change
      }: Partial<Omit<TrustQuestion, 'qualification'> & { qualification: string }> = {},
      policy: TrustPolicy = demonstrations,
    ) =>
      accreditationStatus(
        {
          issuer,
          qualification: baselineHistory(qualification),
          place: 'PH',
          site: ANY_SITE,
          effective: noon.toISOString(),
          recorded: noon.toISOString(),
          ...change,
        },
        { trust: trustOf(store), policy },
      ),
  }
}
