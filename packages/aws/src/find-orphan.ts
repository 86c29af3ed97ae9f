import {
  DescribeKeyCommand,
  type KeyMetadata,
  type KeySpec,
  type KMSClient,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms'

/** An interrupted request is repeated within this time. Older keys are not looked at, because KMS lists tags of few keys a second. */
const DAY_MS = 24 * 60 * 60 * 1_000
/** Keys that are described at the same time. KMS allows 2,000 in a second. */
const AT_ONCE = 50

/** Errors of a key that is not ours to look at, or was deleted since it was listed. */
const isHidden = (error: unknown) =>
  error instanceof Error && ['AccessDeniedException', 'NotFoundException'].includes(error.name)

/**
 * The ARN of the key with these tags that an interrupted request made within a day, or undefined. KMS finds no key by its tags, so
 * each key is described, and the tags of the newest are read. Of several such keys, the oldest counts for every repeat.
 */
export async function findOrphan(
  { tags, keySpec }: { tags: Readonly<Record<string, string>>; keySpec: KeySpec },
  { kms, now }: { kms: KMSClient; now: () => Date },
): Promise<string | undefined> {
  const refs: string[] = []
  for await (const { Keys = [] } of paginateListKeys({ client: kms, pageSize: 1_000 }, {}))
    for (const { KeyArn } of Keys) if (KeyArn !== undefined) refs.push(KeyArn)

  const recent: KeyMetadata[] = []
  for (let first = 0; first < refs.length; first += AT_ONCE) {
    const described = await Promise.all(refs.slice(first, first + AT_ONCE).map(describe))
    recent.push(...described.filter((key) => key !== undefined))
  }
  const age = ({ CreationDate }: KeyMetadata) => now().getTime() - (CreationDate?.getTime() ?? 0)
  const candidates = recent
    .filter((key) => key.KeyState === 'Enabled' && key.KeySpec === keySpec && age(key) < DAY_MS)
    .sort((one, other) => age(other) - age(one) || String(one.Arn).localeCompare(String(other.Arn)))
  for (const { Arn } of candidates) if (Arn !== undefined && (await hasTags(Arn))) return Arn
  return undefined

  async function describe(KeyId: string): Promise<KeyMetadata | undefined> {
    try {
      return (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata
    } catch (error) {
      if (isHidden(error)) return undefined
      throw error
    }
  }

  async function hasTags(KeyId: string): Promise<boolean> {
    const found = new Map<string | undefined, string | undefined>()
    try {
      for await (const { Tags = [] } of paginateListResourceTags({ client: kms }, { KeyId }))
        for (const { TagKey, TagValue } of Tags) found.set(TagKey, TagValue)
    } catch (error) {
      if (isHidden(error)) return false
      throw error
    }
    return Object.entries(tags).every(([name, value]) => found.get(name) === value)
  }
}
