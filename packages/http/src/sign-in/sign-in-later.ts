import type { Provider, SignIn } from './sign-in.ts'

/** Loads the code of the protocol when a person signs in, because no other request of the desk needs it. */
export function signInLater(provider: Provider): SignIn {
  let loaded: Promise<SignIn> | undefined
  const load = () => {
    loaded ??= import('./sign-in.ts').then(({ signInWith }) => signInWith(provider))
    return loaded
  }
  return {
    start: async (...asked) => (await load()).start(...asked),
    finish: async (...came) => (await load()).finish(...came),
  }
}
