// A client that knows tasks: the TypeScript SDK with its extension for tasks.
//
//   client.mjs URL   asks for a report, answers the question, and prints what happens

import { pathToFileURL } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createTaskSessionFromClient, resultFromTaskOutcome } from '@modelcontextprotocol/ext-tasks/client';

const VERSION = '2026-07-28';
const TASKS = 'io.modelcontextprotocol/tasks';
const INFO = { name: 'report-client', version: '0.0.0' };
const CAPABILITIES = { elicitation: { form: {} }, extensions: { [TASKS]: {} } };

const meta = () => ({
  'io.modelcontextprotocol/protocolVersion': VERSION,
  'io.modelcontextprotocol/clientInfo': INFO,
  'io.modelcontextprotocol/clientCapabilities': CAPABILITIES
});

function headersOf(request, more = {}) {
  const name = request.params?.name ?? request.params?.taskId;
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': VERSION,
    'mcp-method': request.method,
    ...(name === undefined ? {} : { 'mcp-name': name }),
    ...more
  };
}

const answerOf = message =>
  message.error ? { kind: 'error', error: message.error } : { kind: 'result', result: message.result };

/** The messages of an event stream, or the one message of a JSON answer. */
async function* messagesOf(response) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield JSON.parse(await response.text());
    return;
  }
  let text = '';
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text
        .slice(0, end)
        .split('\n')
        .filter(line => line.startsWith('data:'))
        .map(line => line.slice(5).trim())
        .join('\n');
      text = text.slice(end + 2);
      if (data !== '') {
        yield JSON.parse(data);
      }
    }
  }
}

/** Requests of the extension over HTTP, which the SDK's own codecs would refuse. */
function overHttp(url) {
  let ids = 0;
  return async (request, options) => {
    // A gateway answers itself if the function died; those of a task may be sent again
    const attempts = request.method.startsWith('tasks/') ? 5 : 1;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const id = ++ids;
      const response = await fetch(url, {
        method: 'POST',
        headers: headersOf(request, options?.context?.headers),
        body: JSON.stringify({ jsonrpc: '2.0', id, ...request }),
        signal: options?.signal
      });
      for await (const message of messagesOf(response)) {
        if (message.id === id) {
          return answerOf(message);
        }
      }
      await new Promise(resolve => setTimeout(resolve, 200 * attempt));
    }
    throw new Error(`no answer to ${request.method}`);
  };
}

/** The same on the pipe of a client that is connected. */
function overPipe(transport) {
  const waiting = new Map();
  const toClient = transport.onmessage;
  transport.onmessage = (message, extra) => {
    const resolve = waiting.get(message.id);
    if (resolve === undefined) {
      toClient(message, extra);
    } else {
      waiting.delete(message.id);
      resolve(answerOf(message));
    }
  };
  return request =>
    new Promise((resolve, reject) => {
      const id = `task-${waiting.size}-${Math.random()}`;
      waiting.set(id, resolve);
      transport.send({ jsonrpc: '2.0', id, ...request }).catch(reject);
    });
}

/**
 * Connects to a URL, or to the command of a process on a pipe.
 *
 * @param onInputRequest answers the questions of tasks
 */
export async function connect(target, onInputRequest) {
  const http = target instanceof URL;
  const transport = http
    ? new StreamableHTTPClientTransport(target)
    : new StdioClientTransport({ ...target, stderr: 'ignore' });
  const client = new Client(INFO, {
    capabilities: CAPABILITIES,
    versionNegotiation: { mode: { pin: VERSION } }
  });
  await client.connect(transport);
  const rawDispatch = http ? overHttp(target) : overPipe(transport);
  const session = createTaskSessionFromClient(client, {
    endpointId: String(http ? target : 'pipe'),
    rawDispatch,
    v2RequestFraming: { protocolVersion: VERSION, clientInfo: INFO, clientCapabilities: CAPABILITIES },
    onInputRequest
  });
  return {
    client,
    session,
    /** A request of the extension, as it is. */
    request: (method, params) => rawDispatch({ method, params: { ...params, _meta: meta() } }),
    async close() {
      await session.close();
      await client.close();
    }
  };
}

/** What is told of tasks over HTTP, until the caller stops. */
export async function* notifications(url, taskIds, signal) {
  const request = {
    method: 'subscriptions/listen',
    params: { notifications: { taskIds }, _meta: meta() }
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: headersOf(request),
    body: JSON.stringify({ jsonrpc: '2.0', id: 'listen', ...request }),
    signal
  });
  yield* messagesOf(response);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { session, close } = await connect(new URL(process.argv[2]), async question => {
    console.log(`asked: ${question.params.message}`);
    return { action: 'accept', content: { signature: 'Ada' } };
  });
  const execution = await session.callTool('report', { year: 2026 });
  let last;
  const { outcome } = await execution.settle({
    onEvent(event) {
      const said = event.type === 'task' ? `${event.task.status} ${event.task.statusMessage ?? ''}` : '';
      if (said !== '' && said !== last) {
        console.log(said);
        last = said;
      }
    }
  });
  console.log(resultFromTaskOutcome(outcome).content[0].text);
  await close();
}
