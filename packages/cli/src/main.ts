import { run } from './run.ts'

// A reader that has seen enough (`sijil list | head`) is no error, and changes no exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
process.exitCode = await run(process.argv.slice(2), process.env, process)
