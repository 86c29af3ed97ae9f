const HOME = '/desk'
/** A page of the desk, with or without a chosen language. No such path can lead a browser to another host. */
const PAGE = /^\/desk(?:\/[a-z0-9][A-Za-z0-9.-]{0,200}){0,6}(?:\?lang=[a-z]{2})?$/
/** Steps of signing in and out. A person never returns to them. */
const STEP = /^\/desk\/(?:sign-in|sign-out|callback)(?:[/?]|$)/

/** The page to which a person returns after signing in. Any path that is no page of the desk becomes its first page. */
export const returnPath = (asked: string | undefined): string =>
  asked !== undefined && PAGE.test(asked) && !STEP.test(asked) ? asked : HOME
