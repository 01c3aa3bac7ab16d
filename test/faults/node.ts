import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Role = 'scheduler' | 'executor';

/** One process of the system, as it would be started anywhere. */
export class Node {
  #child: ChildProcess | undefined;
  #exit: Promise<number | null> = Promise.resolve(null);
  #said = '';
  /** Somebody asked for the end of the present process. */
  #ending = false;
  url = '';
  /** What nobody asked for: ends, and errors in its log. */
  readonly complaints: string[] = [];

  constructor(
    readonly role: Role,
    readonly name: string,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly hear: (text: string) => void,
  ) {}

  /** Resolves when it says that it is ready. @throws when it ends before. */
  async start(): Promise<void> {
    const main = join(root, 'dist/apps', this.role, 'main.js');
    const env = { ...process.env, NODE_OPTIONS: '', SYNCOPATE_NODE: this.name, ...this.environment };
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env,
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#ending = false;
    this.#exit = new Promise((resolve) => child.once('exit', resolve));
    child.once('exit', (code, signal) => {
      if (!this.#ending) this.#complain(`ended by itself with ${code ?? signal}`);
    });
    child.stderr?.on('data', (text: Buffer) => {
      this.#said = (this.#said + text.toString()).slice(-8_000);
      this.hear(`${this.name} says ${text.toString().trimEnd()}`);
    });
    if (child.stderr !== null)
      createInterface({ input: child.stderr }).on('line', (line) => {
        if (line.includes('"level":"error"')) this.#complain(line);
      });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (text: Buffer) => {
        const ready = /is running at (\S+)|is ready/.exec(text.toString());
        if (ready === null) return;
        this.url = ready[1] ?? this.url;
        resolve();
      });
      void this.#exit.then((code) =>
        reject(new Error(`${this.name} ended with ${code} before it was ready: ${this.#said}`)),
      );
    });
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The end of what it wrote to its log. */
  get said(): string {
    return this.#said;
  }

  get rssBytes(): Promise<number> {
    return import('node:fs/promises')
      .then((fs) => fs.readFile(`/proc/${this.#child?.pid}/statm`, 'utf8'))
      .then((text) => Number(text.split(' ')[1]) * 4_096);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  #complain(what: string): void {
    this.complaints.push(`${this.name}: ${what}`);
    this.hear(`${this.name}: ${what}`);
  }

  /** As whoever runs it would end it: it must be able to. */
  async retire(): Promise<void> {
    const code = this.running ? await this.end('SIGTERM') : 'nothing: it was gone';
    if (code !== 0) this.#complain(`asked to stop, it ended with ${code}`);
  }

  /** Sends a signal and waits for the end; the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.running) return null;
    this.#ending = true;
    this.#child?.kill('SIGCONT');
    this.#child?.kill(signal);
    return this.#exit;
  }
}
