import type { Adapter, AdapterPayload } from 'oidc-provider'

/**
 * The memory of the local provider for people who sign in: sessions, interactions and codes, each until it expires. A restart clears
 * it. Tokens are JWTs and clients are configured, so neither is stored here.
 */
export function identityMemory(): (model: string) => Adapter {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>()
  const fresh = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key)
    if (found === undefined || found.until > Date.now()) return found?.payload
    kept.delete(key)
    return undefined
  }
  const removeWhere = (matches: (payload: AdapterPayload) => boolean) => {
    for (const [key, { payload, until }] of kept) if (until <= Date.now() || matches(payload)) kept.delete(key)
  }
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`
    return {
      async upsert(id, payload, seconds) {
        removeWhere(() => false)
        kept.set(keyOf(id), { payload, until: Date.now() + (seconds ?? 3_600) * 1_000 })
      },
      find: async (id) => fresh(keyOf(id)),
      async findByUid(uid) {
        for (const key of kept.keys()) {
          const payload = key.startsWith(keyOf('')) ? fresh(key) : undefined
          if (payload?.uid === uid) return payload
        }
        return undefined
      },
      findByUserCode: async () => undefined,
      async consume(id) {
        const payload = fresh(keyOf(id))
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000)
      },
      async destroy(id) {
        kept.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        removeWhere((payload) => payload.grantId === grantId)
      },
    }
  }
}
