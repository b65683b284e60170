// The part of a client that the SDKs leave to an application: what it is, what it keeps, and where
// it sends its user. The same for both SDKs.

import { once } from 'node:events';
import { createServer } from 'node:net';

export const CALLBACK = 'http://127.0.0.1:33418/callback';

/** Keeps what a client learns, and the pages to which it sent its user. */
export class OAuthApplication {
  redirects = [];
  #client;
  #tokens;
  #verifier;
  #discovery;

  constructor(client) {
    this.#client = client;
  }

  get redirectUrl() {
    return CALLBACK;
  }

  get clientMetadata() {
    return {
      client_name: 'client-checks',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none'
    };
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  /** Without the refresh token: with one, SDK 1 renews a token that lacks a scope, and gets the same again. */
  saveTokens({ refresh_token, ...tokens }) {
    this.#tokens = tokens;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  discoveryState() {
    return this.#discovery;
  }

  saveDiscoveryState(state) {
    this.#discovery = state;
  }

  redirectToAuthorization(url) {
    this.redirects.push(url);
  }
}

/** A port that was free a moment ago: the public URL of a server must be known before it starts. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
