import { createServer } from 'node:http';
import { VARIANTS } from './graph/heavy-query.ts';
import { referenceAnswer } from './graph/reference.ts';
import { listen } from './listen.ts';
import { reportTo } from './report-figures.ts';

/** A floor: plain node:http that sends the same bytes and asks nobody. */
const answers = new Map<number, Buffer>();
for (const variables of VARIANTS) {
  answers.set(variables.first, Buffer.from(JSON.stringify(await referenceAnswer(variables))));
}

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    text += chunk;
  });
  request.on('end', () => {
    const answer = answers.get(JSON.parse(text).variables.first);
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': answer?.byteLength ?? 0,
    });
    response.end(answer);
  });
});

reportTo(process, { url: `${await listen(server)}/graphql` });
