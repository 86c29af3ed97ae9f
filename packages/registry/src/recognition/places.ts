import { openBox, placeAddress, sealBox } from '../certificates/secrecy.ts'
import { RegistryError } from '../errors.ts'
import type { Box, BoxReader, BoxStore } from '../ports.ts'
import type { CommitReader } from '../stream.ts'
import { readSingle } from './single-record.ts'

/**
 * A link has so many places for decisions beside its box. Each is written once, and always has as many bytes. A decision that the host does
 * not show lies in none of them, so the absence of a box here says nothing about a refusal (I65, K005).
 */
export const PLACES = 12

/** The bytes of a packed decision, so that its size does not tell what was decided. */
const BYTES = 8_192

/** One decision beside the box of a link. */
export interface PlacedDecision {
  host: string
  /** UUID of the decision. */
  id: string
  /** Opens it with the hash that its record names. Undefined: it is not the recorded one. */
  open(hash: string): string | undefined
}

/** The first place. It is read together with the box of the link, whether there is a decision or not. */
export const findFirstPlace = (token: string, boxes: BoxReader): Promise<Box | undefined> =>
  boxes.find(placeAddress(token, 0))

/** The decisions beside a box, in the order in which they were made. */
export async function readPlaces(
  token: string,
  boxes: BoxReader,
  first = findFirstPlace(token, boxes),
): Promise<PlacedDecision[]> {
  const found: PlacedDecision[] = []
  for (let box = await first, place = 1; box !== undefined; place += 1) {
    const held = box
    found.push({ host: held.owner, id: held.uuid, open: (hash) => openBox(token, held, hash) })
    box = place < PLACES ? await boxes.find(placeAddress(token, place)) : undefined
  }
  return found
}

/** Puts a decision into the first free place, once. Throws `conflict` if there is none. */
export async function putInPlace(
  token: string,
  decision: { host: string; id: string; hash: string; text: string },
  { boxes, random }: { boxes: BoxStore; random: (bytes: number) => Uint8Array },
): Promise<void> {
  const { host: owner, id: uuid, hash, text } = decision
  for (let place = 0; place < PLACES; place++) {
    const how = { find: placeAddress(token, place), bytes: BYTES }
    const kept = await boxes.put(sealBox(token, { owner, uuid, hash, text }, random, how))
    if (kept.owner === owner && kept.uuid === uuid) return
  }
  throw noPlaceLeft()
}

export const noPlaceLeft = () =>
  new RegistryError('conflict', `${PLACES} decisions about this certificate are shown already, and no more can be`, {
    reason: 'too-many',
  })

/** Copies the decisions beside the box of one link into the places of another. What is there already stays. */
export async function copyPlaces(
  { from, to }: { from: string; to: string },
  {
    reader,
    boxes,
    random,
    now,
  }: { reader: CommitReader; boxes: BoxStore; random: (bytes: number) => Uint8Array; now: Date },
): Promise<void> {
  for (const { host, id, open } of await readPlaces(from, boxes)) {
    const record = await readSingle({ host, id }, reader, now)
    const text = record?.decided && open(record.decided.hash)
    if (record?.decided === undefined || text === undefined) continue
    await putInPlace(to, { host, id, hash: record.decided.hash, text }, { boxes, random })
  }
}
