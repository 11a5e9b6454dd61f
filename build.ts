/** Compiles `dist/ares` for this machine: `bun run build`. */
const started = performance.now()
const result = await Bun.build({
  entrypoints: ['src/main.ts'],
  target: 'bun',
  format: 'esm',
  bytecode: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  compile: {
    outfile: 'dist/ares',
    // A binary must not run what happens to lie in the folder it is started in.
    autoloadDotenv: false,
    autoloadBunfig: false,
  },
})
for (const message of result.logs) console.error(message)
if (!result.success) process.exit(1)
const { size } = Bun.file('dist/ares')
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`dist/ares: ${(size / 1e6).toFixed(1)} MB in ${seconds} s`)
