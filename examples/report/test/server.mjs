// Starts commands of `run`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the example. */
export const HERE = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Starts a command of `run` with more variables, and waits for its URL. */
export async function startServer(args, environment) {
  const child = spawn(path.join(HERE, 'run'), args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'pipe']
  });
  let log = '';
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no server: ${log}`)), 60_000);
    child.stderr.setEncoding('utf8').on('data', text => {
      log += text;
      const found = /listening on (http:\S+)/.exec(log);
      if (found) {
        clearTimeout(timer);
        resolve(new URL(found[1]));
      }
    });
    child.once('exit', code => reject(new Error(`ended with ${code}: ${log}`)));
  });
  return {
    url,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  };
}
