// Connects the real clients to a server, over HTTP or over stdio.

import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import * as v1Stdio from '@modelcontextprotocol/sdk/client/stdio.js';
import * as v1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';
import * as v2Stdio from '@modelcontextprotocol/client/stdio';

import { within } from './server.js';

const CLIENT_INFO = { name: 'client-checks', version: '0.0.0' };
const REQUEST_LIMIT_MS = 30_000;

/**
 * Connects a client, hands it to the body, and closes it again. Whatever the client reports
 * through its error handler meanwhile (junk on the channel, a refused stream, an unknown
 * answer) fails the check.
 */
async function using(client, transport, prepare, body) {
  const reported = [];
  client.onerror = error => reported.push(error);
  prepare?.(client);
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

/**
 * A client of the TypeScript SDK v2, over HTTP if the target is a URL, else over stdio to the
 * command. Besides the client's own options, `prepare` is done with the client before it connects,
 * and `fetch` carries its requests.
 */
export function withV2(target, { prepare, fetch, ...options }, body) {
  const transport =
    target instanceof URL
      ? new v2.StreamableHTTPClientTransport(target, { fetch })
      : new v2Stdio.StdioClientTransport({ ...target, stderr: 'ignore' });
  return using(new v2.Client(CLIENT_INFO, options), transport, prepare, body);
}

/** A client of the TypeScript SDK v1, in the same way. */
export function withV1(target, { prepare, ...options }, body) {
  const client = new v1.Client(CLIENT_INFO, options);
  if (!(target instanceof URL)) {
    const transport = new v1Stdio.StdioClientTransport({ ...target, stderr: 'ignore' });
    return using(client, transport, prepare, body);
  }
  // Once connected, it asks for a stream, and does not wait until it has one or is refused one.
  const stream = Promise.withResolvers();
  const carry = async (url, init) => {
    try {
      return await fetch(url, init);
    } finally {
      if (init?.method === 'GET') {
        stream.resolve();
      }
    }
  };
  const transport = new v1Http.StreamableHTTPClientTransport(target, { fetch: carry });
  return using(client, transport, prepare, async () => {
    await within(stream.promise, REQUEST_LIMIT_MS, 'asking for a stream');
    await body(client, transport);
  });
}
