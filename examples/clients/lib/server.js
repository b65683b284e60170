// Starts and stops the jars of the examples for the checks. Every wait here is bounded.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/** The java launcher: the one under JAVA_HOME, or the first one on the PATH. */
export const JAVA = process.env.JAVA_HOME
  ? path.join(process.env.JAVA_HOME, 'bin', process.platform === 'win32' ? 'java.exe' : 'java')
  : 'java';

/** Fails if the promise has not settled within the limit. */
export async function within(promise, limitMs, what) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** A started process with what it printed, and how it ended once it has. */
class Running {
  constructor(command, args, options = {}) {
    this.stdout = '';
    this.stderr = '';
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    this.child.stdin.on('error', () => {});
    this.child.stdout.setEncoding('utf8').on('data', text => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', text => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (code, signal) => resolve({ code, signal }));
    });
    this.ended.catch(() => {});
  }

  get hasExited() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Ends the process if it still runs, and lets go of its streams. */
  kill() {
    if (!this.hasExited) {
      this.child.kill('SIGKILL');
    }
    this.child.stdin.destroy();
    this.child.stdout.destroy();
    this.child.stderr.destroy();
  }

  /** Asks the process to end, and ends it if it does not. Says whether asking was enough. */
  async stop() {
    if (!this.hasExited) {
      this.child.kill('SIGTERM');
    }
    try {
      await within(this.ended, STOP_LIMIT_MS, 'stopping the server');
      return true;
    } catch {
      return false;
    } finally {
      this.kill();
    }
  }
}

/** Runs a command to its end and answers its exit code, its signal and what it printed. */
export async function runToEnd(command, args, { limitMs = 60_000, input = '', ...options } = {}) {
  const running = new Running(command, args, options);
  running.child.stdin.end(input);
  try {
    const { code, signal } = await within(running.ended, limitMs, `${command} ${args.join(' ')}`);
    return { code, signal, stdout: running.stdout, stderr: running.stderr };
  } finally {
    running.kill();
  }
}

/** An example's jar: the one that the variable names, or the one that its build left. */
export class ExampleJar {
  constructor(example, variable) {
    this.path = path.resolve(
      process.env[variable] ?? path.join(HERE, '..', '..', example, 'target', `${example}.jar`)
    );
    if (!existsSync(this.path)) {
      throw new Error(
        `There is no jar at ${this.path}. Build the ${example} example first, or set ${variable}.`
      );
    }
  }

  /** Command and arguments that start the jar with the given options. */
  command(...options) {
    return { command: JAVA, args: ['-jar', this.path, ...options] };
  }

  /** Starts the jar in an HTTP mode on a free port and waits until it says where it listens. */
  startHttp(mode = 'streamable-http', env = {}, ...options) {
    // The local Lambda listens on the loopback address alone, and has no option for it.
    const host = mode === 'lambda' ? [] : ['--host', '127.0.0.1'];
    return this.start(env, '--mode', mode, ...host, '--port', '0', ...options);
  }

  /** Starts the jar with the given options and variables and waits until it says where it listens. */
  async start(env, ...options) {
    const { command, args } = this.command(...options);
    const running = new Running(command, args, { env: { ...process.env, ...env } });
    const listening = new Promise((resolve, reject) => {
      running.child.stderr.on('data', () => {
        const found = /listening on (http:\/\/\S+)\s/.exec(running.stderr);
        if (found) {
          resolve(new URL(found[1]));
        }
      });
      running.ended.then(
        ({ code, signal }) =>
          reject(new Error(`the server ended (${code ?? signal}) with: ${running.stderr}`)),
        reject
      );
    });
    try {
      const url = await within(listening, START_LIMIT_MS, 'starting the server');
      return { url, running, stop: () => running.stop() };
    } catch (error) {
      await running.stop();
      throw error;
    }
  }
}
