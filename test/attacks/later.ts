const JOSE = 'comes with JOSE and SD-JWT: no compact token is read yet, and none can be valid (general-mode.test.ts)'
const OID4VCI = 'comes with OID4VCI: we have no offer, nonce or token endpoint yet'
const OID4VP = 'comes with requests for presentations: we have no nonce or session yet that could be reused'
const BATCH = 'comes with batches: certificates are issued one at a time'

/** Attacks on parts that do not exist yet, or that other tests carry out. */
export const later: Readonly<Record<string, string>> = {
  V118: 'concerns the edge firewall: it counts requests before they reach a function, and test/infra/firewall.test.ts checks its answer',
  ...Object.fromEntries(
    ['J001', 'J003', 'J005', 'J006', 'J008', 'J010', 'J011', 'J013', 'J015', 'J016'].map((id) => [id, JOSE]),
  ),
  ...Object.fromEntries(['O001', 'O008', 'O010'].map((id) => [id, OID4VP])),
  ...Object.fromEntries(['C001', 'C003', 'C005', 'C006', 'C008'].map((id) => [id, OID4VCI])),
  ...Object.fromEntries(['I025', 'I026'].map((id) => [id, BATCH])),
  E003: 'comes with stored exports: no file has a signed address yet',
  W021: 'comes with printed certificates: no PDF is made yet',
  W023: 'is carried out in a browser, by test/pages',
  X001: 'concerns the template: test/infra checks who may invoke a function',
  X003: 'concerns the lock file and continuous integration, not a running registry',
}
