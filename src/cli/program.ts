import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { systemClock } from '../clock.ts'
import { ConfigError } from '../config/config-error.ts'
import { HOST_PATTERN } from '../names.ts'
import { VERSION } from '../version.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import { LOOK_THROUGH } from './own-command.ts'

/** Exit statuses. Source: contract 1.3. */
const EXIT_FAILURE = 1
const EXIT_USAGE = 2

/** Runs the command line to its end; `serve` leaves the process running. */
export async function runProgram(args: string[]): Promise<void> {
  surviveLostOutput()
  const program = buildProgram()
  if (args.length === 0) {
    program.outputHelp()
    process.stdout.write('\nStart with: ares serve\n')
    return
  }
  try {
    const asked = args[0] === FORMER_VERSION_FLAG ? ['--version', ...args.slice(1)] : args
    await program.parseAsync(asked, { from: 'user' })
  } catch (error) {
    process.exit(report(error))
  }
}

/** A closed pipe or a full disk behind the output is no reason to stop serving. */
function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
  if (error instanceof ConfigError || error instanceof ExpectedFailure) {
    process.stderr.write(`${error.message}\n`)
    return EXIT_FAILURE
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`ares: unexpected failure\n${detail}\n`)
  return EXIT_FAILURE
}

const HELP_END = `
Examples:
  ares serve                      start with ./ares.toml, or with the demo where there is none
  ares init && ares serve         write an ares.toml with the providers whose keys are set
  ares secret show                the admin secret, for the console and the Admin API
  ares check --egress             every host:port that the configuration can reach

Environment:
  ARES_CONFIG                     the configuration file, where --config names none
  OPENAI_API_KEY and the like     what api_key_env, secret_env and proxy_env of the file name
  BUN_TMPDIR                      a folder that may hold programs, where /tmp may not

While it runs: /console for people, /swagger for the API, /health for monitors.`

/** The letter that this program used at first. */
const FORMER_VERSION_FLAG = '-V'

/** Commands import what they need when they run: `ares version` does not load a database. */
function buildProgram(): Command {
  const program = new Command('ares')
    .description('A multi-tenant AI-agent platform in one file.')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })
    .version(`ares ${VERSION}`, '-v, --version', 'print the version')
    .addHelpText('after', HELP_END)
    // Commander's own answers an unknown command with the whole help.
    .helpCommand(false)
  program
    .command('serve')
    .description('start the server')
    .option('--config <path>', 'the configuration file (default: $ARES_CONFIG, then ./ares.toml)')
    .option('--host <host>', 'listen on this address instead of server.host', host)
    .option('--port <n>', 'listen on this port instead of server.port; 0 picks a free one', port)
    .action(async (options) => (await import('./serve.ts')).serve(options))
  program
    .command('init')
    .description('write a commented ares.toml with a generated admin secret')
    .option('--config <path>', 'where to write it', 'ares.toml')
    .action(async (options) => (await import('./init.ts')).init(options))
  program
    .command('check')
    .description('validate the configuration and exit')
    .option('--config <path>', 'the configuration file (default: $ARES_CONFIG, then ./ares.toml)')
    .option('--database', 'look for damage in the database, and re-add every run for its totals')
    .option('--egress', 'print each host:port that providers and proxies are reached at')
    .action(async (options) => (await import('./check.ts')).check(options))
  program
    .command('secret')
    .description('the admin secret')
    .command('show')
    .description('print the admin secret, wherever this set-up keeps it')
    .option('--config <path>', 'the configuration file (default: $ARES_CONFIG, then ./ares.toml)')
    .action(async (options) => (await import('./secret.ts')).showSecret(options))
  addImport(program)
  program
    .command('licenses')
    .description('print the licences of what is inside')
    .action(async () => (await import('./licenses.ts')).licenses())
  program
    .command(`${LOOK_THROUGH} <path>`, { hidden: true })
    .action(async (path) => (await import('./look-through.ts')).lookThrough(path, systemClock))
  program
    .command('version')
    .description('print the version')
    .action(() => void process.stdout.write(`ares ${VERSION}\n`))
  program
    .command('help [command]')
    .description('show help for a command')
    .action((name?: string) => showHelp(program, name))
  return program
}

function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('take over models, tenants and keys of another gateway')
    .argument('<source>', 'litellm or one-api; each has a help of its own')
    .action((source: string) => command.error(`error: unknown source '${source}'`))
  command
    .command('litellm <config.yaml>')
    .description('the models of a LiteLLM configuration')
    .addOption(configOption())
    .addOption(outputOption())
    .addOption(dryRunOption())
    .action(async (file, options) => (await import('./import.ts')).importLitellm(file, options))
  command
    .command('one-api <database>')
    .description('channels, users and tokens of a one-api or new-api SQLite database')
    .addOption(configOption())
    .addOption(outputOption())
    .addOption(
      new Option('--tier <tier>', 'the tier of the new tenants').choices(TIERS).default('free'),
    )
    .addOption(dryRunOption())
    .action(async (file, options) => (await import('./import.ts')).importOneApi(file, options))
}

const TIERS = ['free', 'dev', 'pro', 'enterprise']

function configOption(): Option {
  return new Option('--config <path>', 'the configuration to add to (default: as for serve)')
}

function outputOption(): Option {
  return new Option('--output <folder>', 'where the new files go').default('.')
}

function dryRunOption(): Option {
  return new Option('--dry-run', 'only tell what would be done')
}

function showHelp(program: Command, name?: string): void {
  const command = name === undefined ? program : program.commands.find((c) => c.name() === name)
  if (!command) program.error(`error: unknown command '${name}'`)
  command.outputHelp()
}

function host(text: string): string {
  if (!new RegExp(HOST_PATTERN).test(text)) {
    throw new InvalidArgumentError('A host is an IP address or host name, without scheme and port.')
  }
  return text
}

function port(text: string): number {
  if (!/^[0-9]{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  }
  return Number(text)
}

function oneLine(text: string): string {
  return `${text.trim().replace(/\s*\n\s*/g, ' ')}\n`
}
