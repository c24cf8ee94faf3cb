import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');
const readyWithinMs = 60_000;

function program(): string {
  const found = process.env.VRS_SILO ?? join(repository, 'artifacts/Embedded/bin/Vrs.Silo/debug/Vrs.Silo.dll');
  if (!existsSync(found)) {
    throw new Error(`The server is not built: ${found} is missing. Build it with: dotnet build Vrs.sln`);
  }
  return found;
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function isReady(url: string): Promise<boolean> {
  return new Promise(done => {
    const probe = request(`${url}/health/ready`, { rejectUnauthorized: false, timeout: 2_000 }, response => {
      response.resume();
      done(response.statusCode === 200);
    });
    probe.once('error', () => done(false));
    probe.once('timeout', () => probe.destroy());
    probe.end();
  });
}

/** The real server, with a data folder of its own; it can be killed without warning and started again. */
export class Server {
  private process: ChildProcess | null = null;

  private constructor(
    readonly url: string,
    private readonly folder: string | null,
    private readonly settings: Record<string, string>,
  ) {}

  /** A server that runs already and belongs to somebody else: it can be used, but neither killed nor looked into. */
  static at(url: string): Server {
    return new Server(url, null, {});
  }

  get isOurs(): boolean {
    return this.folder !== null;
  }

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const url = `https://localhost:${await freePort()}`;
    const server = new Server(url, mkdtempSync(join(tmpdir(), 'vrs-e2e-')), settings);
    await server.run();
    return server;
  }

  get log(): string {
    return readFileSync(join(this.home, 'server.log'), 'utf8');
  }

  /** The last lines of the log that are more than information. */
  get complaints(): string {
    return this.log
      .split('\n')
      .filter(line => /"level":"(warn|error|critical)/.test(line))
      .slice(-20)
      .join('\n');
  }

  /** Starts the process; also after `kill`, on the same port and data. */
  async run(): Promise<void> {
    const output = openSync(join(this.home, 'server.log'), 'a');
    const child = spawn('dotnet', [program()], {
      cwd: repository,
      stdio: ['ignore', output, output],
      env: {
        ...process.env,
        DOTNET_ENVIRONMENT: 'Development',
        Gateway__Listen: this.url.replace('localhost', '127.0.0.1'),
        Gateway__WebRoot: join(repository, 'Vrs.Gateway/wwwroot'),
        Storage__DataFolder: join(this.home, 'data'),
        Logging__Format: 'json',
        ...this.settings,
      },
    });
    this.process = child;
    const deadline = Date.now() + readyWithinMs;
    while (!(await isReady(this.url))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`The server did not become ready.\n${this.log.slice(-4_000)}`);
      }
      await new Promise(next => setTimeout(next, 100));
    }
  }

  /** Ends the process without giving it a chance to say or save anything. */
  async kill(): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child?.exitCode === null) {
      const gone = new Promise(done => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
  }

  /** Stops the process from answering while its connections stay open, and lets it go on. */
  setFrozen(frozen: boolean): void {
    this.process?.kill(frozen ? 'SIGSTOP' : 'SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    this.keepLog();
    if (this.folder !== null) {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** The log of all of its lives, for those who replay it against the machines; see scripts/verify.sh. */
  private keepLog(): void {
    const logs = process.env.VRS_TEST_LOGS;
    if (logs !== undefined && this.folder !== null) {
      mkdirSync(logs, { recursive: true });
      copyFileSync(join(this.home, 'server.log'), join(logs, `browser-${new URL(this.url).port}.log`));
    }
  }

  private get home(): string {
    if (this.folder === null) {
      throw new Error('This server is not ours.');
    }
    return this.folder;
  }

  /** The records of all calls, oldest end first, as the database holds them. */
  callRecords(): Record<string, unknown>[] {
    const script = [
      'import json, sqlite3, sys',
      'db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)',
      'db.row_factory = sqlite3.Row',
      'print(json.dumps([dict(row) for row in db.execute("SELECT * FROM call_records ORDER BY ended_at")]))',
    ].join('\n');
    const output = execFileSync('python3', ['-c', script, join(this.home, 'data/vrs.db')], { encoding: 'utf8' });
    return JSON.parse(output) as Record<string, unknown>[];
  }
}
