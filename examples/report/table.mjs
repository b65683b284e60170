// A table like that of the template, in a DynamoDB that runs in this process: dynalite, which is under an
// open-source licence and listens on loopback alone. It lives as long as its standard input is open.
//
//   table.mjs [PORT]   prints "table: listening on URL"

import { once } from 'node:events';
import dynalite from 'dynalite';

const port = Number(process.argv[2] ?? 0);
// A client that is killed in the middle of a request makes dynalite throw, which would end the table for all others
process.on('uncaughtException', error => {
  if (error.code !== 'ECONNRESET') {
    console.error(error);
    process.exit(1);
  }
});

const server = dynalite({ createTableMs: 0 });
server.listen(port, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}`;

async function call(operation, request) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=id/20260101/local/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0'
    },
    body: JSON.stringify(request)
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${operation}: ${answer.status} ${text}`);
  }
  return JSON.parse(text);
}

await call('CreateTable', {
  TableName: 'tasks',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }]
});
for (let status = ''; status !== 'ACTIVE'; ) {
  status = (await call('DescribeTable', { TableName: 'tasks' })).Table.TableStatus;
}
console.log(`table: listening on ${url}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
