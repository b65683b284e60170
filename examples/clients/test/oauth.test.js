// The whole way from a bare URL to a tool: 401, metadata, authorization server, token, call, 403, more
// scopes, call. With real authorization servers and both SDKs.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import * as v1 from '@modelcontextprotocol/sdk/client/index.js';
import * as v1Auth from '@modelcontextprotocol/sdk/client/auth.js';
import * as v1Http from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as v2 from '@modelcontextprotocol/client';

import { startHttp } from '../lib/conformance.js';
import { startOidcProvider } from '../lib/issuers.js';
import { startKeycloak } from '../lib/keycloak.js';
import { CALLBACK, freePort, OAuthApplication } from '../lib/oauth-client.js';
import { signIn } from '../lib/user.js';

const INFO = { name: 'client-checks', version: '0.0.0' };

const CLIENTS = {
  'SDK 1': {
    open: (url, application) => ({
      client: new v1.Client(INFO),
      transport: new v1Http.StreamableHTTPClientTransport(url, { authProvider: application })
    }),
    finish: (transport, answer) => transport.finishAuth(answer.get('code')),
    UnauthorizedError: v1Auth.UnauthorizedError
  },
  'SDK 2': {
    open: (url, application) => ({
      client: new v2.Client(INFO),
      transport: new v2.StreamableHTTPClientTransport(url, { authProvider: application })
    }),
    finish: (transport, answer) => transport.finishAuth(answer),
    UnauthorizedError: v2.UnauthorizedError
  },
  'SDK 2, modern era': {
    open: (url, application) => ({
      client: new v2.Client(INFO, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
      transport: new v2.StreamableHTTPClientTransport(url, { authProvider: application })
    }),
    finish: (transport, answer) => transport.finishAuth(answer),
    UnauthorizedError: v2.UnauthorizedError
  }
};

const text = result => result.content[0].text;

const SLOW = { timeout: 900_000 };

function checksWith(startIssuer) {
  let issuer;
  let server;
  let url;

  before(async () => {
    const port = await freePort();
    url = new URL(`http://127.0.0.1:${port}/mcp`);
    issuer = await startIssuer(url.href, CALLBACK);
    const env = {
      MCP_OAUTH_RESOURCE: url.href,
      MCP_OAUTH_ISSUER: issuer.issuer,
      MCP_OAUTH_SCOPES: 'mcp:use',
      MCP_OAUTH_SUPPORTED_SCOPES: 'files:write'
    };
    server = await startHttp(env, '--port', String(port));
  }, SLOW);
  after(async () => {
    await server?.stop();
    await issuer?.stop();
  });

  test('the metadata leads to the authorization server', async () => {
    const refused = await fetch(url, { method: 'POST', body: '{}' });
    assert.equal(refused.status, 401);
    const [, metadataUrl] = /resource_metadata="([^"]+)"/.exec(
      refused.headers.get('www-authenticate')
    );
    const metadata = await (await fetch(metadataUrl)).json();
    assert.equal(metadata.resource, url.href);
    assert.deepEqual(metadata.authorization_servers, [issuer.issuer]);
  });

  for (const [name, { open, finish, UnauthorizedError }] of Object.entries(CLIENTS)) {
    test(`${name}: from the bare URL to a tool that needs more`, async () => {
      const application = new OAuthApplication(issuer.client);
      const jar = new Map();
      const asked = scope => {
        const page = application.redirects.at(-1);
        assert.equal(page.searchParams.get('resource'), url.href);
        assert.equal(page.searchParams.get('scope'), scope);
        return signIn(page, CALLBACK, issuer.signIn, jar);
      };

      const first = open(url, application);
      await assert.rejects(first.client.connect(first.transport), UnauthorizedError);
      await finish(first.transport, await asked('mcp:use'));

      const { client, transport } = open(url, application);
      await client.connect(transport);
      try {
        const { tools } = await client.listTools();
        assert.ok(tools.some(tool => tool.name === 'test_scope'));
        const caller = await client.callTool({ name: 'test_caller', arguments: {} });
        const subject = text(caller);
        assert.match(subject, issuer.subject);

        const write = () => client.callTool({ name: 'test_scope', arguments: {} });
        await assert.rejects(write(), UnauthorizedError);
        assert.equal(application.redirects.length, 2);
        await finish(transport, await asked('mcp:use files:write'));
        assert.equal(text(await write()), `Written by ${subject}`);
        assert.equal(application.redirects.length, 2);
      } finally {
        await client.close();
      }
    });
  }
}

describe('oidc-provider', () => checksWith(startOidcProvider));
describe('Keycloak', SLOW, () => checksWith(startKeycloak));
