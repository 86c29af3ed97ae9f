/** ARNs of keys only: the owner of an alias could point it at another key. */
const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]{1,64}$/

/** The region and account of a key of KMS. `undefined` if the text is not the ARN of a key. */
export function placeOf(keyRef: string): { region: string; account: string } | undefined {
  const [, region, account] = ARN.exec(keyRef) ?? []
  return region === undefined || account === undefined ? undefined : { region, account }
}

/** Whether the key belongs to one of the accounts that lend keys. Our own account is never among them. */
export const isLentFrom = (keyRef: string, accounts: readonly string[]): boolean =>
  accounts.includes(placeOf(keyRef)?.account ?? '')
