const JOSE = 'comes with JOSE and SD-JWT: no compact token is read yet, and none can be valid (general-mode.test.ts)'
const OID4VCI = 'comes with OID4VCI: there is no offer, nonce or token endpoint of ours yet'
const OID4VP = 'comes with requests for presentations: no nonce or session of ours exists that could be reused'
const BATCH = 'comes with batches: certificates are issued one at a time'

/** Attacks on parts that are not there yet, or that are carried out elsewhere. */
export const later: Readonly<Record<string, string>> = {
  V118: 'is the edge firewall’s: requests are counted before they reach a function, and test/infra/front.ts reads what it answers',
  ...Object.fromEntries(
    ['J001', 'J003', 'J005', 'J006', 'J008', 'J010', 'J011', 'J013', 'J015', 'J016'].map((id) => [id, JOSE]),
  ),
  ...Object.fromEntries(['O001', 'O008', 'O010'].map((id) => [id, OID4VP])),
  ...Object.fromEntries(['C001', 'C003', 'C005', 'C006', 'C008'].map((id) => [id, OID4VCI])),
  ...Object.fromEntries(['I025', 'I026'].map((id) => [id, BATCH])),
  E003: 'comes with exports that lie somewhere: nothing is handed out by a signed address',
  W021: 'comes with printed certificates: no PDF is made yet',
  W023: 'is carried out in a browser, by test/pages',
  X001: 'is a matter of the template: test/infra reads who may invoke a function',
  X003: 'is a matter of the lock file and of continuous integration, not of a running registry',
}
