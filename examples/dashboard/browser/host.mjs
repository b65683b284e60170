// A host as an application has it: the official client, and the bridge of the Apps package. It shows the
// page that the tool names in a sandboxed frame, under the policy that the extension sets for pages that
// declare no origins.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import {
  AppBridge,
  PostMessageTransport,
  RESOURCE_MIME_TYPE,
  getToolUiResourceUri
} from '@modelcontextprotocol/ext-apps/app-bridge';

const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'none'"
].join('; ');

const CONTEXT = {
  theme: 'light',
  displayMode: 'inline',
  availableDisplayModes: ['inline'],
  styles: { variables: { '--color-text-primary': 'light-dark(#171717, #fafafa)' } }
};

/** Shows the page for a call, and carries calls of the page to the server unless told otherwise. */
async function show(url, name, args, carries = true) {
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    {
      capabilities: {
        extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [RESOURCE_MIME_TYPE] } }
      }
    }
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const { tools } = await client.listTools();
  const uri = getToolUiResourceUri(tools.find(tool => tool.name === name));
  const { contents } = await client.readResource({ uri });
  if (contents[0].mimeType !== RESOURCE_MIME_TYPE) {
    throw new Error(`The page is ${contents[0].mimeType}`);
  }
  const result = await client.callTool({ name, arguments: args });

  const frame = document.getElementById('view');
  const bridge = new AppBridge(
    client,
    { name: 'host', version: '1.0.0' },
    carries ? { serverTools: {} } : {},
    { hostContext: CONTEXT }
  );
  const ready = new Promise(resolve => {
    bridge.oninitialized = resolve;
  });
  const sized = new Promise(resolve => {
    bridge.onsizechange = resolve;
  });
  await bridge.connect(new PostMessageTransport(frame.contentWindow, frame.contentWindow));
  frame.srcdoc = contents[0].text.replace(
    '<head>',
    `<head><meta http-equiv="Content-Security-Policy" content="${POLICY}">`
  );
  await ready;
  await bridge.sendToolInput({ arguments: args });
  await bridge.sendToolResult(result);
  window.bridge = bridge;
  return {
    uri,
    app: bridge.getAppVersion(),
    capabilities: bridge.getAppCapabilities(),
    size: await sized
  };
}

window.show = show;
