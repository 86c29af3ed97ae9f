/** An alias could be pointed at another key. */
const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):(\d{12}):key\/[A-Za-z0-9-]{1,64}$/

/** Where a key of KMS lies; nothing for what is no ARN of a key. */
export function placeOf(keyRef: string): { region: string; account: string } | undefined {
  const [, region, account] = ARN.exec(keyRef) ?? []
  return region === undefined || account === undefined ? undefined : { region, account }
}

/** Is it a key of one of the accounts whose bodies lend keys? Our own is never among them. */
export const isLentFrom = (keyRef: string, accounts: readonly string[]): boolean =>
  accounts.includes(placeOf(keyRef)?.account ?? '')
