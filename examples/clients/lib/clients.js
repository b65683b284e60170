// Connects the real clients to the echo server, over HTTP or over stdio.

import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import * as v1Stdio from '@modelcontextprotocol/sdk/client/stdio.js';
import * as v1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';
import * as v2Stdio from '@modelcontextprotocol/client/stdio';

import { echoCommand } from './echo.js';

const CLIENT_INFO = { name: 'client-checks', version: '0.0.0' };
const REQUEST_LIMIT_MS = 30_000;

/**
 * Connects a client, hands it to the body, and closes it again. Whatever the client reports
 * through its error handler meanwhile (junk on the channel, a refused stream, an unknown
 * answer) fails the check.
 */
async function using(client, transport, body) {
  const reported = [];
  client.onerror = error => reported.push(error);
  await client.connect(transport, { timeout: REQUEST_LIMIT_MS });
  try {
    await body(client, transport);
  } finally {
    await client.close();
  }
  if (reported.length > 0) {
    throw new AggregateError(reported, `the client reported: ${reported.join('; ')}`);
  }
}

function stdioParameters() {
  return { ...echoCommand('--mode', 'stdio'), stderr: 'ignore' };
}

/** A client of the TypeScript SDK v2, over HTTP if a URL is given, else over stdio. */
export function withV2(url, options, body) {
  const transport = url
    ? new v2.StreamableHTTPClientTransport(url)
    : new v2Stdio.StdioClientTransport(stdioParameters());
  return using(new v2.Client(CLIENT_INFO, options), transport, body);
}

/** A client of the TypeScript SDK v1, over HTTP if a URL is given, else over stdio. */
export function withV1(url, body) {
  const transport = url
    ? new v1Http.StreamableHTTPClientTransport(url)
    : new v1Stdio.StdioClientTransport(stdioParameters());
  return using(new v1.Client(CLIENT_INFO), transport, body);
}
