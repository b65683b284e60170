// The notes example behind an authorization server: two users sign in, and see their own notes alone.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';

import { startOidcProvider } from '../lib/issuers.js';
import { CALLBACK, freePort, OAuthApplication } from '../lib/oauth-client.js';
import { ExampleJar } from '../lib/server.js';
import { signIn } from '../lib/user.js';

const NOTES = new ExampleJar('notes', 'NOTES_JAR');
const SLOW = { timeout: 120_000 };

describe('notes, for who signs in', SLOW, () => {
  let issuer;
  let server;
  let url;

  before(async () => {
    const port = await freePort();
    url = new URL(`http://127.0.0.1:${port}/mcp`);
    issuer = await startOidcProvider();
    const env = {
      MCP_OAUTH_RESOURCE: url.href,
      MCP_OAUTH_ISSUER: issuer.issuer,
      MCP_OAUTH_SCOPES: 'mcp:use'
    };
    server = await NOTES.start(env, String(port));
  }, SLOW);

  after(async () => {
    await server?.stop();
    await issuer?.stop();
  });

  /** A client of that user, who has signed in from the bare URL. */
  async function clientOf(name) {
    const application = new OAuthApplication();
    const open = () => ({
      client: new Client(
        { name: 'client-checks', version: '0.0.0' },
        { versionNegotiation: { mode: { pin: '2026-07-28' } } }
      ),
      transport: new StreamableHTTPClientTransport(url, { authProvider: application })
    });
    const first = open();
    await assert.rejects(first.client.connect(first.transport), UnauthorizedError);
    const fill = page => {
      const fields = issuer.signIn(page);
      return fields.login ? { ...fields, login: name } : fields;
    };
    await first.transport.finishAuth(await signIn(application.redirects.at(-1), CALLBACK, fill));
    const { client, transport } = open();
    await client.connect(transport);
    return client;
  }

  test('without a token: 401, and the way to one', async () => {
    const refused = await fetch(url, { method: 'POST', body: '{}' });
    assert.equal(refused.status, 401);
    const [, metadata] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate'));
    const { resource, authorization_servers } = await (await fetch(metadata)).json();
    assert.equal(resource, url.href);
    assert.deepEqual(authorization_servers, [issuer.issuer]);
  });

  test('two users write, list and read their own notes', async () => {
    const ann = await clientOf('ann');
    const joe = await clientOf('joe');
    try {
      const write = (client, title, text) =>
        client.callTool({ name: 'write', arguments: { title, text } });
      await write(ann, 'diary', 'Dear diary');
      await write(joe, 'to buy', '* milk');
      const titles = async client => (await client.listResources()).resources.map(one => one.name);
      assert.deepEqual(await titles(ann), ['diary']);
      assert.deepEqual(await titles(joe), ['to buy']);
      const { contents } = await ann.readResource({ uri: 'notes:///diary' });
      assert.equal(contents[0].text, 'Dear diary');
      await assert.rejects(joe.readResource({ uri: 'notes:///diary' }), { code: -32602 });
    } finally {
      await ann.close();
      await joe.close();
    }
  });
});
