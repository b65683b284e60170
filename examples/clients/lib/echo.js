// The echo example.

import { ExampleJar } from './server.js';

const ECHO = new ExampleJar('echo', 'ECHO_JAR');

/** Command and arguments that start the jar with the given options. */
export const echoCommand = (...options) => ECHO.command(...options);

/** Starts the jar in an HTTP mode on a free port and waits until it says where it listens. */
export const startHttp = (mode, env, ...options) => ECHO.startHttp(mode, env, ...options);

/** AWS's runtime client is for Linux alone. */
export const hasLambda = process.platform === 'linux';
export const NO_LAMBDA = "AWS's runtime client is for Linux alone";

/** One process that takes as many calls as the checks send at once. */
export const AT_ONCE = ['--max-concurrency', '64'];
