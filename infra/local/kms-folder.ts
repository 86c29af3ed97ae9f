import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findJson, privateFolder, writeDurably } from './durable-file.ts'
import { OWN_ACCOUNT } from './kms-access.ts'
import { KmsError } from './kms-keys.ts'

export interface Tag {
  TagKey: string
  TagValue: string
}

export interface StoredKey {
  id: string
  account?: string
  spec: string
  state: 'Enabled' | 'Disabled' | 'PendingDeletion'
  tags: Tag[]
  /** Absent for a key that was made without one. */
  policy?: string
  /** The region of this copy. Absent: the region of this machine. Copies of one key have the same id. */
  region?: string
  /** Milliseconds since 1970. Absent for keys of earlier versions. */
  createdAt?: number
  /** PKCS #8 in PEM, or 256 bits in base64. */
  material: string
}

/** How long a new key is not found, as KMS shows a change everywhere only after a while. */
export interface HiddenFor {
  /** So many requests for each key. */
  calls?: number
  /** Until this moment of the emulator's clock, in milliseconds since 1970. */
  until?: number
}

/** The region of this machine. */
export const HOME = 'local'

export const arnOf = ({ id, account = OWN_ACCOUNT, region = HOME }: Pick<StoredKey, 'id' | 'account' | 'region'>) =>
  `arn:aws:kms:${region}:${account}:key/${id}`

const REFERENCE = /^(?:arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/)?((?:mrk-)?[0-9a-f-]{32,36})$/

/** The keys of the emulator. Each one is a file that only its owner may read. */
export async function openKeyFolder(folder: string, clock: () => number) {
  await privateFolder(folder)
  const fileOf = ({ id, region = HOME }: Pick<StoredKey, 'id' | 'region'>) =>
    join(folder, region === HOME ? `${id}.json` : `${id}@${region}.json`)
  const hidden = new Map<string, Required<HiddenFor>>()
  let hiding: HiddenFor = {}
  const isHidden = ({ id }: StoredKey) => {
    const { calls, until } = hidden.get(id) ?? { calls: 0, until: 0 }
    return calls > 0 || until > clock()
  }
  const notFound = () => new KmsError('NotFoundException', 'no such key')

  async function find(reference: unknown): Promise<StoredKey> {
    const [, region = HOME, account = OWN_ACCOUNT, id] = REFERENCE.exec(String(reference)) ?? []
    const key = id && ((await findJson(fileOf({ id, region }))) as StoredKey | undefined)
    if (!key || (key.account ?? OWN_ACCOUNT) !== account) throw notFound()
    return key
  }

  return {
    find,

    /** As `find`, for a request to one region: it finds keys of that region only. It counts as a call, and does not find a hidden key. */
    async findVisible(reference: unknown, region: string): Promise<StoredKey> {
      const [, named, , id] = REFERENCE.exec(String(reference)) ?? []
      if (id === undefined || (named !== undefined && named !== region)) throw notFound()
      const key = await find(named === undefined ? arnOf({ id, region }) : reference)
      if (!isHidden(key)) return key
      const { calls, until } = hidden.get(key.id) ?? { calls: 0, until: 0 }
      hidden.set(key.id, { calls: Math.max(0, calls - 1), until })
      throw notFound()
    },

    /** The keys of our own account in a region. */
    async list(region: string): Promise<StoredKey[]> {
      const names = (await readdir(folder)).filter((name) => /^(?:mrk-)?[0-9a-f-]{32,36}(?:@[\w-]+)?\.json$/.test(name))
      const keys = (await Promise.all(names.map((name) => findJson(join(folder, name))))) as StoredKey[]
      return keys.filter((key) => key.account === undefined && (key.region ?? HOME) === region && !isHidden(key))
    },

    async add(key: StoredKey): Promise<void> {
      await writeDurably(fileOf(key), { ...key, createdAt: clock() })
      hidden.set(key.id, { calls: hiding.calls ?? 0, until: hiding.until ?? 0 })
    },

    async change(reference: unknown, how: (key: StoredKey) => Partial<StoredKey>): Promise<object> {
      const key = await find(reference)
      await writeDurably(fileOf(key), { ...key, ...how(key) })
      return {}
    },

    /** Hides keys that are made from now on. Without limits, it hides none. */
    hideNewKeys(how: HiddenFor): void {
      hiding = how
    },
  }
}
