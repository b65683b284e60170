// The conformance example, which has every feature.

import { ExampleJar } from './server.js';

const CONFORMANCE = new ExampleJar('conformance', 'CONFORMANCE_JAR');

/** Command and arguments that start it on a pipe. */
export const STDIO = CONFORMANCE.command('--mode', 'stdio');

/** Starts it over HTTP on a free port, with variables of its own, once it says where it listens. */
export const startHttp = (env, ...options) =>
  CONFORMANCE.startHttp('streamable-http', env, ...options);
