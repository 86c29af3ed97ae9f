/** The environment of programs that tests start: nothing of the machine but PATH, and the cache of compiled code (vitest.config.ts). */
export const bareEnvironment = (): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
})
