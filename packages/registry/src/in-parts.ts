/** Asks for each item, so many at once, and answers in the order of the items. What is long must not take all connections of a store. */
export async function inParts<T, R>(
  items: readonly T[],
  atOnce: number,
  ask: (item: T) => Promise<R>,
): Promise<Awaited<R>[]> {
  const answers: Awaited<R>[] = []
  for (let at = 0; at < items.length; at += atOnce)
    answers.push(...(await Promise.all(items.slice(at, at + atOnce).map(ask))))
  return answers
}
