// Keycloak, as it is published, in a process of its own. Every wait here is bounded.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort } from './oauth-client.js';

const FOLDER = path.resolve(
  process.env.KEYCLOAK_HOME ??
    path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'target', 'keycloak')
);
/** Three minutes on a machine that does much else. */
const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 20_000;
const CLIENT = 'client-checks';

/**
 * Starts Keycloak on the loopback address, with one realm that has one user and one client. It writes
 * the resource into each token that has the scope mcp:use.
 */
export async function startKeycloak(resource, callback) {
  if (!existsSync(path.join(FOLDER, 'bin', 'kc.sh'))) {
    throw new Error(`There is no Keycloak at ${FOLDER}; examples/clients/run puts it there.`);
  }
  const home = await mkdtemp(path.join(tmpdir(), 'keycloak-'));
  await cp(FOLDER, home, { recursive: true });
  await mkdir(path.join(home, 'data', 'import'), { recursive: true });
  const realm = path.join(home, 'data', 'import', 'mcp-realm.json');
  await writeFile(realm, JSON.stringify(realmOf(resource, callback)));
  const port = await freePort();
  const address = ['--http-host=127.0.0.1', `--http-port=${port}`];
  const child = spawn(
    path.join(home, 'bin', 'kc.sh'),
    // Built for --cache=local by the script that puts it there
    ['start', '--optimized', ...address, '--http-enabled=true', '--hostname-strict=false', '--import-realm'],
    {
      // A group of its own: the script starts Java more than once
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx512m' }
    }
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => (output += text));
  }
  const ended = once(child, 'exit');
  const stop = async () => {
    try {
      process.kill(-child.pid, 'SIGTERM');
      await Promise.race([ended, pause(STOP_LIMIT_MS)]);
      process.kill(-child.pid, 'SIGKILL');
    } catch (e) {
      if (e.code !== 'ESRCH') {
        throw e;
      }
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  };
  const issuer = `http://127.0.0.1:${port}/realms/mcp`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(issuer))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`Keycloak did not start: ${output.slice(-4000)}`);
    }
    await pause(500);
  }
  return { issuer, client: { client_id: CLIENT }, signIn, subject: /^[0-9a-f-]{36}$/, stop };
}

const pause = ms =>
  new Promise(resolve => {
    setTimeout(resolve, ms).unref();
  });

async function answers(issuer) {
  try {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** What a user does in the pages of Keycloak. */
function signIn(page) {
  if (!page.includes('name="password"')) {
    throw new Error(`no form of Keycloak: ${page.slice(0, 500)}`);
  }
  return { username: 'joe', password: 'secret', credentialId: '' };
}

function realmOf(resource, callback) {
  const inToken = { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true' };
  const mapper = (name, config) => ({
    name,
    protocol: 'openid-connect',
    protocolMapper: name,
    config: { 'access.token.claim': 'true', 'introspection.token.claim': 'true', ...config }
  });
  return {
    realm: 'mcp',
    enabled: true,
    sslRequired: 'none',
    accessTokenLifespan: 300,
    clientScopes: [
      {
        name: 'mcp:use',
        protocol: 'openid-connect',
        attributes: inToken,
        protocolMappers: [
          mapper('oidc-sub-mapper', {}),
          mapper('oidc-audience-mapper', { 'included.custom.audience': resource })
        ]
      },
      { name: 'files:write', protocol: 'openid-connect', attributes: inToken }
    ],
    clients: [
      {
        clientId: CLIENT,
        enabled: true,
        publicClient: true,
        standardFlowEnabled: true,
        redirectUris: [callback],
        webOrigins: ['+'],
        attributes: { 'pkce.code.challenge.method': 'S256' },
        defaultClientScopes: [],
        optionalClientScopes: ['mcp:use', 'files:write']
      }
    ],
    users: [
      {
        username: 'joe',
        enabled: true,
        email: 'joe@example.com',
        firstName: 'Joe',
        lastName: 'Doe',
        emailVerified: true,
        credentials: [{ type: 'password', value: 'secret', temporary: false }]
      }
    ]
  };
}
