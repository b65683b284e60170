// Both TypeScript SDKs against an echo server that runs already, at ECHO_URL.

import { describe } from 'node:test';

import * as v1 from '../lib/v1-checks.js';
import * as v2 from '../lib/v2-checks.js';

const url = new URL(process.env.ECHO_URL);

describe(`v1 client at ${url}`, () => v1.checksOver(() => url));

describe(`v2 client at ${url}`, () => v2.checksOver(() => url));
