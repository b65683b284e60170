// Authorization servers for the checks: oidc-provider in this process.

import { createServer } from 'node:http';
import { once } from 'node:events';
import Provider from 'oidc-provider';

const SCOPES = 'mcp:use files:write';

/**
 * An authorization server of oidc-provider on the loopback address: with resource indicators, access
 * tokens that are signed JWTs for the resource, and dynamic client registration.
 */
export async function startOidcProvider() {
  const server = createServer((request, response) => provider.callback()(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    scopes: ['openid', 'offline_access', ...SCOPES.split(' ')],
    features: {
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({
          scope: SCOPES,
          audience: resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } }
        })
      }
    },
    // The SDKs register with the scopes of their first request, and would be kept to them.
    extraClientMetadata: {
      properties: ['any_scope'],
      validator: (_, key, value, metadata) => delete metadata.scope
    },
    clientDefaults: { token_endpoint_auth_method: 'none' },
    clientBasedCORS: () => true,
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) })
  });
  provider.on('server_error', (_, error) => console.error(error));
  return {
    issuer,
    signIn: signInToOidcProvider,
    subject: /^joe$/,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  };
}

/** What a user does in the pages of oidc-provider: sign in, and agree. */
function signInToOidcProvider(page) {
  const [, prompt] = /name="prompt" value="(\w+)"/.exec(page) ?? [];
  if (!prompt) {
    throw new Error(`no form of oidc-provider: ${page.slice(0, 500)}`);
  }
  return prompt === 'login' ? { prompt, login: 'joe', password: 'x' } : { prompt };
}
