import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOperationManifest } from './operation-manifest.ts';

const directory = mkdtempSync(join(tmpdir(), 'ucg-manifest-'));
afterAll(() => rmSync(directory, { recursive: true }));
const fileWith = (content: string) => {
  const file = join(directory, 'operations.json');
  writeFileSync(file, content);
  return file;
};

describe('an operation manifest', () => {
  it("may be Apollo's, with or without names", () => {
    const operations = [{ id: 'a', name: 'A', type: 'query', body: 'query A { a }' }, { body: '{ b }' }];
    const file = fileWith(
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    expect(readOperationManifest(file)).toEqual([
      { source: 'query A { a }', operationName: 'A' },
      { source: '{ b }' },
    ]);
  });

  it("may be Relay's: texts by hash", () => {
    expect(readOperationManifest(fileWith('{"4f1c": "{ a }"}'))).toEqual([{ source: '{ a }' }]);
  });

  it.each([
    ['is no JSON', 'query { a }', 'cannot be read as JSON'],
    ['is something else', '{"operations": 3}', 'neither'],
    [
      'is of a later version',
      '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}',
      'neither',
    ],
  ])('stops the start when it %s, naming the setting', (_what, content, reason) => {
    expect(() => readOperationManifest(fileWith(content))).toThrow(reason);
    expect(() => readOperationManifest(fileWith(content))).toThrow('OPERATION_MANIFEST');
  });
});
