import { Database } from 'bun:sqlite'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ADMIN_SECRET, type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { body, status } from '../scripted-faults.ts'
import { type ScriptedProvider, startScriptedProvider } from '../scripted-provider.ts'
import {
  MESSAGE,
  misplacedRequests,
  OTHER_MESSAGE,
  readingRequests,
  spendingRequests,
} from './lib/canary-requests.ts'
import { FAULT_MODES } from './lib/fault-modes.ts'
import { type HttpRequest, send } from './lib/requests.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** Provokes failures with things that must not be told, and looks for them everywhere afterwards. */
export const secrets: Scenario = {
  name: 'secrets',
  about:
    'provider key, admin secret, API keys and messages, looked for in whatever is written or answered',
  async run(profile): Promise<Report> {
    const provider = await startScriptedProvider()
    const stage = await Stage.open(provider)
    for (let time = 0; time < (profile === 'full' ? 20 : 1); time++) await stage.provoke()
    const problems = await stage.search()
    provider.stop()
    return {
      title: 'Secrets',
      goal: '0 hits outside of where they belong',
      measured: `${stage.provoked} failures provoked, ${stage.places.length} places searched for ${stage.canaries.length} secrets`,
      rows: [],
      problems,
    }
  },
}

const PROVIDER_KEY = 'sk-scripted-sentinel'

/** Something that may be in certain places only. */
interface Canary {
  what: string
  text: string
}

/** Text that was written or answered, and where. */
interface Place {
  name: string
  text: string
  /** It is where messages are kept, or told to those who may read them. */
  mayQuote: boolean
}

class Stage {
  readonly canaries: Canary[]
  readonly places: Place[] = []
  provoked = 0
  readonly #server: AresProcess
  readonly #provider: ScriptedProvider
  readonly #acme: Provisioned
  readonly #globex: Provisioned

  private constructor(server: AresProcess, provider: ScriptedProvider, tenants: Provisioned[]) {
    this.#server = server
    this.#provider = provider
    this.#acme = tenants[0]!
    this.#globex = tenants[1]!
    this.canaries = [
      { what: 'the provider key', text: PROVIDER_KEY },
      { what: 'the admin secret', text: ADMIN_SECRET },
      // What follows the prefix that everybody may see.
      ...tenants.map(({ secret }) => ({ what: 'an API key', text: secret.slice(9) })),
      { what: 'a message', text: MESSAGE },
      { what: 'a message', text: OTHER_MESSAGE },
    ]
  }

  static async open(provider: ScriptedProvider): Promise<Stage> {
    const config = configFor(provider.url, { server: 'log_level = "debug"' })
    const deadlines =
      'max_retries = 0\nfirst_byte_timeout_ms = 200\nidle_timeout_ms = 200\ntimeout_ms = 500'
    const server = await startAres({ config: config.replace('max_retries = 0', deadlines) })
    const tenants = [await provision(server), await provision(server, { name: 'globex' })]
    return new Stage(server, provider, tenants)
  }

  /** Everything that fails, with all the secrets on board. */
  async provoke(): Promise<void> {
    await this.#provokeProvider()
    for (const request of misplacedRequests(this.#acme)) await this.#ask(request)
  }

  async #provokeProvider(): Promise<void> {
    const said = `Bad key ${PROVIDER_KEY} at ${this.#provider.url} for ${MESSAGE}`
    const replies = [
      ...Object.values(FAULT_MODES),
      status(401, { message: said }),
      status(400, { message: `${said} ${this.#globex.secret}` }),
      body('text/html', `<p>${said}</p>`, { status: 502 }),
      body('application/json', said),
    ]
    for (const reply of replies) {
      this.#provider.reply(reply)
      const spending = spendingRequests(this.#acme)
      await Promise.all(spending.map((request) => this.#ask(request)))
    }
  }

  /** What acme asks is about its own messages. */
  async #ask(request: HttpRequest): Promise<void> {
    this.provoked++
    await this.#keepAnswer(request, true)
  }

  async #keepAnswer(request: HttpRequest, mayQuote: boolean): Promise<void> {
    const { status, headers, text } = await send(this.#server.url, request)
    this.places.push({
      name: `the answer ${status} to ${request.method} ${request.path.slice(0, 100)}`,
      text: text + JSON.stringify([...headers]),
      mayQuote,
    })
  }

  /** Looks everywhere. @returns one problem for each hit outside of where it belongs */
  async search(): Promise<string[]> {
    for (const request of readingRequests(this.#globex, this.#acme)) {
      // The operator reads why a run failed, in the provider's own words.
      await this.#keepAnswer(request, /^\/api\/admin\/.*\/runs$/.test(request.path))
    }
    const commandLine = readFileSync(`/proc/${this.#server.pid}/cmdline`, 'utf8')
    // The log of the database is gone once the server is.
    this.places.push(told('the command line', commandLine), ...this.#files())
    const code = await this.#server.stop()
    this.places.push(
      told('standard output', this.#server.stdout()),
      told('standard error', this.#server.stderr()),
      ...this.#files(),
      ...this.#rows(),
    )
    const problems = code === 0 ? [] : [`SIGTERM ended with ${code}`]
    for (const { what, text } of this.canaries) {
      const places = this.places.filter(({ mayQuote }) => what !== 'a message' || !mayQuote)
      const hits = places.filter((place) => place.text.includes(text))
      problems.push(...hits.map(({ name }) => `${what} stands in ${name}`))
    }
    return [...new Set(problems)]
  }

  /** The database's files, as they lie there: `run_contents` is in them, what else quotes the rows tell. */
  #files(): Place[] {
    const folder = join(this.#server.folder, 'data')
    return readdirSync(folder).map((name) => ({
      name: `the file ${name}`,
      text: readFileSync(join(folder, name), 'latin1'),
      mayQuote: true,
    }))
  }

  /** Every row of every table but the one that keeps what was said. */
  #rows(): Place[] {
    const database = new Database(join(this.#server.folder, 'data/ares.db'), { readonly: true })
    const tables = database
      .query<{ name: string }, []>(
        `select name from sqlite_master where type = 'table' and name <> 'run_contents'`,
      )
      .all()
    const places = tables.map(({ name }) =>
      told(`the table ${name}`, JSON.stringify(database.query(`select * from ${name}`).all())),
    )
    database.close()
    return places
  }
}

/** A place where nobody's messages belong. */
function told(name: string, text: string): Place {
  return { name, text, mayQuote: false }
}

if (import.meta.main) await runAlone(secrets)
