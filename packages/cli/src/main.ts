import { run } from './run.ts'

// If the reader closes the pipe early (`sijil list | head`), that is not an error and does not change the exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
process.exitCode = await run(process.argv.slice(2), process.env, process)
