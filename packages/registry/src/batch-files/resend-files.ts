import { DAY_MS, MINUTE_MS } from '../clocks.ts'
import { ownerOf, pagesOf } from '../stream.ts'
import { MAKING_DAYS, readFiles } from './asked-files.ts'
import { type FilesDeps, sendFiles } from './decide-files.ts'

/** Nothing was written for so long: the messages are lost, or wait in the queue. Either way they may come twice. */
const QUIET_MS = 10 * MINUTE_MS

/** Sends the messages of files that stand still, from the record (F28). Answers how many requests it sent. */
export async function resendFiles(deps: Omit<FilesDeps, 'patience'>): Promise<number> {
  const since = new Date(deps.now.getTime() - MAKING_DAYS * DAY_MS).toISOString()
  let sent = 0
  for await (const commits of pagesOf(deps.store, 'APPROVED-FILES', { limit: 100, newestFirst: true, since }))
    for (const { stream } of commits) {
      const files = await readFiles(ownerOf(stream), stream.slice(stream.lastIndexOf('/') + 1), deps.store)
      if (deps.now.getTime() - Date.parse(files.commits.at(-1)?.recordedAt ?? '') < QUIET_MS) continue
      for (const { request, approvedBy, files: count, made } of files.asked)
        if (approvedBy !== undefined && made.size < count && (await sendFiles(files, request, deps)) > 0) sent += 1
    }
  return sent
}
