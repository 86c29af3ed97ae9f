import { type IndexKey, RegistryError, type StreamId } from '@sijil/registry'

/** With twelve digits, numbers below a trillion sort correctly as text. */
const digits = (number: number) => String(number).padStart(12, '0')

/** Every key in the tables. No other package knows that `pk` and `sk` exist. */
export const keys = {
  stream: (stream: StreamId) => `STREAM#${stream}`,
  commit: (stream: StreamId, number: number) => ({ pk: keys.stream(stream), sk: `COMMIT#${digits(number)}` }),
  /** The index key of a commit: its time and then its stream, so that no two are equal. */
  indexed: (index: IndexKey, recordedAt: string, stream: StreamId, number: number) => ({
    ik: index,
    is: `${recordedAt}#${stream}#${digits(number)}`,
  }),
  claim: (pool: string, entry: number) => ({ pk: `POOL#${pool}`, sk: `CLAIM#${digits(entry)}` }),
  box: (find: string) => ({ pk: `BOX#${find}` }),
}

/** Partition keys that a role may write, as IAM patterns (`dynamodb:LeadingKeys`). Only roles with `decisions` write trust and members. */
export const writable = {
  certificates: ['STREAM#*/certificate/*'],
  numbers: ['STREAM#*/number/*'],
  interruptions: ['STREAM#*/interruptions'],
  sweepCursor: ['STREAM#registry/sweep'],
  erasures: ['STREAM#registry/erasure', 'STREAM#registry/ended-link:*'],
  brakes: ['STREAM#*/brake', 'STREAM#registry/brake:*', 'STREAM#*/pending/*', 'STREAM#*/asked-by/*'],
  openings: ['STREAM#registry/openings:*'],
  prints: ['STREAM#*/certificate/*/prints'],
  statusEntries: ['STREAM#*/lists', 'POOL#*'],
  successions: ['POOL#*/superseded/*'],
  decisions: [
    'STREAM#*/trust',
    'STREAM#*/proposal/*',
    'STREAM#*/members',
    'STREAM#*/own/*',
    'STREAM#registry/foreign*',
    'STREAM#registry/unilateral:*',
    'STREAM#registry/names:*',
    'STREAM#registry/qualification:*',
    'STREAM#registry/framework:*',
    'STREAM#registry/recognition:*',
    'STREAM#registry/joint:*',
  ],
  singles: ['STREAM#*/single/*'],
  letters: ['STREAM#*/letter/*'],
  reports: ['STREAM#*/report/*'],
  batches: ['STREAM#*/batch/*', 'STREAM#*/batch-columns', 'STREAM#*/batch-starts'],
  batchFiles: ['STREAM#*/batch-files/*'],
  deliveries: ['STREAM#*/deliveries/*', 'STREAM#registry/deliveries'],
  secrets: ['STREAM#*/secret'],
  publishedLists: ['STREAM#*/list/*'],
  logs: ['STREAM#log/*'],
  cosignatures: ['STREAM#log/*/cosigned/*'],
} as const

/** Commits recorded from `since` to `until`, both included. `$` is the next character after `#`. */
export const indexRange = ({ since, until }: { since?: string; until?: string }) => ({
  from: since === undefined ? '0' : instant(since),
  to: until === undefined ? ':' : `${instant(until)}$`,
})

/** Index keys are compared as text, so a moment must be written in the form of `recordedAt`. */
function instant(text: string): string {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) throw new RegistryError('validation-failed', 'not a moment (RFC 3339)')
  return moment.toISOString()
}

const PLACE = /^(\d{4}-[^#]+Z)#([^#]+)#(\d{12})$/

/** Parses an index key into the key of its commit. `undefined` for any other text. */
export function parsePlace(is: string): { pk: string; sk: string; is: string } | undefined {
  const [, , stream, number] = PLACE.exec(is) ?? []
  return stream === undefined ? undefined : { pk: `STREAM#${stream}`, sk: `COMMIT#${number}`, is }
}
