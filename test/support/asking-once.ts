/**
 * A store that is asked each question once, and then gives the same answer again. For audits, which repeat thousands of questions about
 * rows that no test changes. `isSettled` says which questions, as JSON; without it all.
 */
export function askingOnce<Store extends object>(store: Store, isSettled = (_question: string) => true): Store {
  const answers = new Map<string, unknown>()
  return new Proxy(store, {
    get:
      (_, name) =>
      (...words: unknown[]) => {
        const ask = () => Reflect.apply(Reflect.get(store, name) as () => unknown, store, words)
        const question = JSON.stringify([name, ...words])
        if (!isSettled(question)) return ask()
        if (!answers.has(question)) answers.set(question, ask())
        return answers.get(question)
      },
  })
}
