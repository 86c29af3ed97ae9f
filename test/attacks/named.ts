/** Attacks of `attacks-2.json` on parts that do not exist yet. Tests name all others by their ids. */
export const laterAttacks: Readonly<Record<string, string>> = {
  N021: 'comes with entries of registers that were never signed: every certificate here is signed',
  H005: 'no old code stands beside the new one: the conformance tests give the same vectors to what is there',
  ...Object.fromEntries(
    ['Y001', 'Y002', 'Y003', 'Y005', 'Y009'].map((id) => [
      id,
      'comes with statistics: no number about persons is published',
    ]),
  ),
  ...Object.fromEntries(
    ['G001', 'G002', 'G003', 'G004', 'G005', 'G006', 'G007', 'G010', 'G011', 'G012', 'G015', 'G020'].map((id) => [
      id,
      'comes with copies of other registries: today their lists of bodies are imported, and their logs are not followed',
    ]),
  ),
  A006: 'comes with the operator command: today an operator runs two programs by hand, under the break-glass role',
  A008: 'comes with the canary: nothing issues in production by itself yet',
}

/** Parts of a named attack that no test shows, and why. */
export const open: Readonly<Record<string, string>> = {
  A001: 'a maker chooses the policy of a key that it makes, and KMS must be told not to check it (docs/decisions/080): the role of a maker is refused every signature instead',
  A002: 'the templates are searched, not pipelines and layers: there are none of our own',
  A004: 'restoring over a name is refused by DynamoDB itself; that CloudTrail, the rule and the topic do what the template says, only an account shows',
  B003: 'above the limit the member waits, or another member goes on: nobody approves more, and no alarm counts it. Each opening is in the trail of the body',
  B005: 'the browser of the tests keeps no page in memory for Back: it names no-store as its reason for pages of the desk, and not for public ones',
  Q014: 'officers decide about one record at a time, and an operator alone loads many. Each record of a later baseline counts when it is written, so readers may see a part of it until the command is repeated',
  K001: 'a request with a place is refused by its form, and a successor of another state cannot be recorded; each party of a joint decision is of the state of its own record',
  K003: 'a class is never open, so no later addition needs a date',
  U003: 'retiring an edition is no verb yet: it counts when it is built; an erasure always takes two people',
  N003: 'the page of a paused batch does not say in advance what differs: a row that would mean something else is rejected, and is approved again in another batch (docs/decisions/147)',
  N018: 'no nightly file takes the place of a register here, so nothing is compared with the file before: a file issues the rows that it holds and changes no other',
  N013: 'the receiver of another body looks like any other host: it gets messages that its secret does not verify (docs/threat-model.md)',
  N011: 'what leaves by the browser is not watched: the address is in no log, and no page links it',
  A013: 'the bill itself is no part of a test: the template is searched for the budget, and AWS counts what was spent',
  A017: 'a topic without a confirmed subscription cannot report itself: the person on call misses the message of a Monday (docs/decisions/092)',
}

/** Faults F26 to F55: those that tests name, and those of parts that do not exist yet, with the reason. */
export const faults: Readonly<Record<string, 'named' | string>> = {
  ...Object.fromEntries(['F26', 'F27', 'F28', 'F29', 'F30', 'F31', 'F32', 'F33'].map((id) => [id, 'named' as const])),
  F34: 'named',
  F35: 'named',
  F36: 'named',
  F37: 'named',
  F38: 'named',
  F39: 'nothing lists the bucket: no role has that right, and test/infra compares the rights of every role with a table',
  F40: 'named',
  F41: 'named',
  F42: 'named',
  F43: 'named',
  F44: 'named',
  F45: 'comes with a drill that restores the tables: what we saw of others lies in the same table as everything else, and the runbook says what to compare',
  F46: 'named',
  ...Object.fromEntries(['F47', 'F48', 'F49', 'F50'].map((id) => [id, 'named' as const])),
  ...Object.fromEntries(
    ['F51', 'F52', 'F53', 'F54'].map((id) => [id, 'comes with statistics that are released by the quarter']),
  ),
  F55: 'named',
}
