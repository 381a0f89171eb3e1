import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeFromFile } from '../gateway/supergraph/compose.ts';

const SUPERGRAPH_FILE = 'supergraph.graphql';

/** `npm run compose` writes supergraph.graphql; with `-- --check` it only says whether the committed one is up to date. */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const supergraph = composeFromFile('supergraph.yaml');
if (!values.check) writeFileSync(SUPERGRAPH_FILE, supergraph);
else if (readFileSync(SUPERGRAPH_FILE, 'utf8') !== supergraph) {
  console.error(`${SUPERGRAPH_FILE} is stale: run npm run compose and commit it`);
  process.exitCode = 1;
}
