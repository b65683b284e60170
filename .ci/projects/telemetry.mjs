// Calls a server that runs with OpenTelemetry's agent, and reads back the spans and metrics that the agent writes to
// the server's output as OTLP in JSON. Usage: node telemetry.mjs URL OUTPUT TOOL ARGUMENTS

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [url, output, tool, argumentsAsJson] = process.argv.slice(2);
const LIMIT_MS = 30_000;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const REVISION = '2026-07-28';

/** Sends a POST request; gives its status and text. */
function post(body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method: 'POST',
      timeout: LIMIT_MS,
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...headers
      }
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('response', response => {
      let text = '';
      response.setEncoding('utf8').on('data', piece => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.end(body);
  });
}

/** Calls a tool as a client of the newest revision. */
function call(id, name, args, meta, headers) {
  const params = {
    name,
    arguments: args,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': REVISION,
      'io.modelcontextprotocol/clientInfo': { name: 'telemetry', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
      ...meta
    }
  };
  return post(JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params }), {
    'MCP-Protocol-Version': REVISION,
    'Mcp-Method': 'tools/call',
    'Mcp-Name': name,
    ...headers
  });
}

const attributesOf = ({ attributes }) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** What the agent has written so far. A line that is half written is left for the next time. */
function exported() {
  const lines = readFileSync(output, 'utf8').split('\n').slice(0, -1);
  const all = lines.filter(line => line.startsWith('{"resource')).map(line => JSON.parse(line));
  const spans = all
    .flatMap(({ resourceSpans = [] }) => resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ scope, spans }) => spans.map(span => ({ ...span, scope: scope.name })));
  const newest = all.findLast(({ resourceMetrics }) =>
    JSON.stringify(resourceMetrics ?? '').includes('mcp.server.operation.duration')
  );
  const points = (newest?.resourceMetrics ?? [])
    .flatMap(({ scopeMetrics }) => scopeMetrics)
    .flatMap(({ metrics }) => metrics)
    .filter(({ name }) => name === 'mcp.server.operation.duration')
    .flatMap(metric => {
      assert.equal(metric.unit, 's');
      return metric.histogram.dataPoints;
    });
  return { spans, points };
}

/** Waits until what was exported satisfies the check; then the check's own failure counts. */
async function eventually(check) {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      return check(exported());
    } catch (failure) {
      if (Date.now() > end) {
        throw failure;
      }
    }
    await sleep(200);
  }
}

const args = JSON.parse(argumentsAsJson);
const before = exported();
const ours = span => span.scope === 'dev.statelessmcp';
const seen = new Set(before.spans.map(span => span.spanId));

assert.equal((await call('with-parent', tool, args, { traceparent: `00-${TRACE}-${PARENT}-01` })).status, 200);
assert.equal((await call('without-parent', tool, args)).status, 200);
assert.equal((await call('wrong-arguments', tool, {})).status, 200);
await call('unknown-tool', 'no-such-tool', {});
assert.equal((await post('{', {})).status, 400);
assert.equal((await call('refused', tool, args, {}, { Host: 'evil.example' })).status, 403);

await eventually(({ spans, points }) => {
  const fresh = spans.filter(span => !seen.has(span.spanId));
  const mine = fresh.filter(ours);
  assert.equal(mine.length, 6, `the spans ${mine.map(span => span.name)}`);
  assert.ok(mine.every(span => span.kind === 2), 'server spans');
  const byId = id => {
    const found = mine.find(span => attributesOf(span)['jsonrpc.request.id'] === id);
    assert.ok(found, `a span of request ${id}`);
    return found;
  };
  const httpSpan = id => fresh.find(span => !ours(span) && span.spanId === id);

  // The parent is the client's span; the agent's span of the HTTP request is linked
  const withParent = byId('with-parent');
  assert.equal(withParent.name, `tools/call ${tool}`);
  assert.equal(withParent.traceId, TRACE);
  assert.equal(withParent.parentSpanId, PARENT);
  assert.equal(withParent.links?.length, 1);
  assert.equal(httpSpan(withParent.links[0].spanId)?.kind, 2, 'the link is to the HTTP span');
  const attributes = attributesOf(withParent);
  assert.equal(attributes['mcp.method.name'], 'tools/call');
  assert.equal(attributes['gen_ai.tool.name'], tool);
  assert.equal(attributes['gen_ai.operation.name'], 'execute_tool');
  assert.equal(attributes['mcp.protocol.version'], REVISION);
  assert.equal(attributes['network.transport'], 'tcp');
  assert.equal(attributes['network.protocol.name'], 'http');
  assert.equal(attributes['gen_ai.tool.call.arguments'], undefined);
  assert.notEqual(withParent.status?.code, 2);

  // Without one, the agent's span is the parent
  const withoutParent = byId('without-parent');
  assert.equal(httpSpan(withoutParent.parentSpanId)?.kind, 2, 'the parent is the HTTP span');
  assert.deepEqual(withoutParent.links ?? [], []);

  const outcome = span => {
    const { 'error.type': type, 'rpc.response.status_code': code } = attributesOf(span);
    return [type, code, span.status?.code === 2];
  };
  assert.deepEqual(outcome(byId('wrong-arguments')), ['tool_error', undefined, true]);
  assert.deepEqual(outcome(byId('unknown-tool')), [undefined, '-32602', false]);
  const unread = mine.filter(span => attributesOf(span)['mcp.method.name'] === '_OTHER');
  assert.deepEqual(unread.map(outcome).sort(), [
    [undefined, '-32600', false],
    [undefined, '-32700', false]
  ]);

  // One measurement each, those of refused requests too
  const count = (...wanted) =>
    points
      .filter(point => {
        const found = attributesOf(point);
        return wanted.every(([name, value]) => found[name] === value);
      })
      .reduce((sum, point) => sum + Number(point.count), 0);
  const measured = (what, ...wanted) => assert.ok(count(...wanted) >= 1, `no measurement of ${what}`);
  measured('the call', ['gen_ai.tool.name', tool], ['error.type', undefined]);
  measured('the tool error', ['gen_ai.tool.name', tool], ['error.type', 'tool_error']);
  measured('the unknown tool', ['rpc.response.status_code', '-32602'], ['gen_ai.tool.name', undefined]);
  measured('the broken message', ['rpc.response.status_code', '-32700']);
  measured('the refused request', ['rpc.response.status_code', '-32600']);
  assert.equal(count(), spans.filter(ours).length, 'as many measurements as spans');
});
