const JOSE = 'comes with JOSE and SD-JWT: no compact token is read yet, and none can be valid (general-mode.test.ts)'
const WORKSPACE = 'comes with the registry’s workspace for people, or with keys and lists of other deployments'
const OID4VCI = 'comes with OID4VCI: there is no offer, nonce or token endpoint of ours yet'
const OID4VP = 'comes with requests for presentations: no nonce or session of ours exists that could be reused'
const BATCH = 'comes with batches: certificates are issued one at a time'
const LOG = 'comes with the transparency log: there is no checkpoint and no tile yet'
const EXPORT = 'comes with exports: nothing is handed out as a spreadsheet or by a signed address'
const COMPROMISE =
  'needs a witness, which this stand has none of: a compromised key alone is judged by keys.test.ts and trust-keys.test.ts'

/** Attacks on parts that are not there yet, or that are carried out elsewhere. */
export const later: Readonly<Record<string, string>> = {
  V053: COMPROMISE,
  V054: COMPROMISE,
  V118: 'is the edge firewall’s: requests are counted before they reach a function (infra/aws)',
  ...Object.fromEntries(
    ['J001', 'J003', 'J005', 'J006', 'J008', 'J010', 'J011', 'J013', 'J015', 'J016'].map((id) => [id, JOSE]),
  ),
  ...Object.fromEntries(['O001', 'O008', 'O010'].map((id) => [id, OID4VP])),
  ...Object.fromEntries(['S026', 'R003', 'R005', 'R013', 'R015', 'R016'].map((id) => [id, WORKSPACE])),
  ...Object.fromEntries(['C001', 'C003', 'C005', 'C006', 'C008'].map((id) => [id, OID4VCI])),
  ...Object.fromEntries(['I025', 'I026'].map((id) => [id, BATCH])),
  ...Object.fromEntries(['D006', 'D008'].map((id) => [id, LOG])),
  ...Object.fromEntries(['E001', 'E003'].map((id) => [id, EXPORT])),
  W021: 'comes with printed certificates: no PDF is made yet',
  W023: 'is carried out in a browser, by test/pages',
  X001: 'is a matter of the template: test/infra reads who may invoke a function',
  X003: 'is a matter of the lock file and of continuous integration, not of a running registry',
  X005: 'comes with alarms on the clock: an order never follows from one, which test/support/store-contract.ts shows',
}
