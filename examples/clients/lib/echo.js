// The echo example.

import { ExampleJar } from './server.js';

const ECHO = new ExampleJar('echo', 'ECHO_JAR');

/** Command and arguments that start the jar with the given options. */
export const echoCommand = (...options) => ECHO.command(...options);

/** Starts the jar in an HTTP mode on a free port and waits until it says where it listens. */
export const startHttp = mode => ECHO.startHttp(mode);
