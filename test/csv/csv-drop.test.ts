import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, dataOf, sandboxClient } from '../kit/client.ts';
import { type House, startHouse } from '../kit/house.ts';
import { browse, buy, variantBySku } from '../kit/shopping.ts';
import { until } from '../kit/until.ts';

const OWNERSHIP = new URL('../../ownership.yaml', import.meta.url);
const SKU = 'HP701-WHITE';
const PRICES = 'sku,channelCode,currencyCode,list,taxIncluded,priceListCode';
const MOVEMENTS = 'id,sku,locationCode,quantity,unit,type,occurredAt';
const price = (list: string, sku = SKU) => `${sku},web-uk,GBP,${list},true,NIGHT`;

describe('a house whose prices and stock come as files every night', () => {
  let directory: string;
  let house: House;
  let admin: Client;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ucg-drop-'));
    await mkdir(join(directory, 'drop', 'in'), { recursive: true });
    const owners = (await readFile(OWNERSHIP, 'utf8')).replace(
      /^ {2}(prices|stockMovements): .*$/gm,
      '  $1: { owner: files, how: [batch] }',
    );
    await writeFile(join(directory, 'ownership.yaml'), owners);
    house = await startHouse({
      environment: {
        CSV_DROP: join(directory, 'drop'),
        OWNERSHIP_FILE: join(directory, 'ownership.yaml'),
      },
    });
    admin = await sandboxClient(house.url, { role: 'admin' });
  });
  afterAll(async () => {
    await house.remove();
    await rm(directory, { recursive: true, force: true });
  });

  /** Puts a file where the house takes it, whole: under another name first, and with its marker. */
  async function put(name: string, lines: readonly string[]): Promise<void> {
    const path = join(directory, 'drop', 'in', name);
    await writeFile(`${path}.part`, `${lines.join('\n')}\n`);
    await rename(`${path}.part`, path);
    await writeFile(`${path}.done`, '');
  }
  const filesIn = async (folder: string) =>
    (await readdir(join(directory, 'drop', folder), { recursive: true })).map(String);
  const archived = (name: string) =>
    until(`${name} is archived`, async () => (await filesIn('archive')).some((path) => path.endsWith(name)));
  const listPrice = async (): Promise<string | undefined> => {
    const channel = await browse(admin);
    return variantBySku(admin, SKU, channel.id).then(
      ({ price: { list } }) => list.amount,
      () => undefined,
    );
  };

  it('sells at the price and out of the stock of the files, once they are there', async () => {
    const { systems } = dataOf(
      await admin.ask<{ systems: { code: string; kind: string; owns: string[] }[] }>(
        '{ systems { code kind owns } }',
      ),
    );
    expect(systems).toContainEqual({
      code: 'files',
      kind: 'FILE_DROP',
      owns: ['prices', 'stockMovements'],
    });
    expect(systems.find(({ code }) => code === 'erp')?.owns).not.toContain('prices');

    await put('prices-01.csv', [PRICES, price('31.50')]);
    await put('stock-movements-01.csv', [
      MOVEMENTS,
      `M-1,${SKU},DC-LEEDS,3,C62,RECEIPT,2026-01-01T00:00:00Z`,
    ]);
    await archived('prices-01.csv');
    await archived('stock-movements-01.csv');
    await until('it has its price', async () => (await listPrice()) === '31.50');
    await until('it can be bought', async () => (await buy(admin, SKU)).order?.status === 'CONFIRMED');
  });

  it('takes what is good of a file, and gives what is bad back to whoever sent it and to people here', async () => {
    await put('prices-02.csv', [PRICES, price('32.00'), price('a lot', 'HP702-BLACK'), `${SKU},web-uk`]);
    await archived('prices-02.csv');
    await until('the good row is there', async () => (await listPrice()) === '32.00');
    const rejected = (await readFile(join(directory, 'drop', 'reject', 'prices-02.csv'), 'utf8')).split(
      '\r\n',
    );
    expect(rejected.slice(0, 3)).toEqual([
      'line,code,field,reason,row',
      expect.stringMatching(/^3,INVALID_VALUE,list,/),
      expect.stringMatching(/^4,WRONG_COLUMN,/),
    ]);
    const told = await until('people are called', async () => {
      const ours = await rejections();
      return ours.length === 2 && ours;
    });
    expect(told.map(({ kind }) => kind)).toEqual(['MASTER_DATA_REJECTED', 'MASTER_DATA_REJECTED']);
    expect(told.map(({ detail }) => detail).join()).toContain('prices-02.csv line 3, column list');
  });

  it('calls nobody any more about a row that came again as it should, and still about the other', async () => {
    await put('prices-02b.csv', [PRICES, price('80.00', 'HP702-BLACK')]);
    const left = await until('the matter is ended', async () => {
      const ours = await rejections();
      return ours.length === 1 && ours;
    });
    expect(left.map(({ detail }) => detail)).toEqual([expect.stringContaining('WRONG_COLUMN')]);
  });

  it('refuses a file of another form whole, and goes on with the next', async () => {
    await put('prices-03.csv', ['article,amount', `${SKU},1.00`]);
    await put('prices-04.csv', [PRICES, price('33.00')]);
    await archived('prices-04.csv');
    await until('the next is there', async () => (await listPrice()) === '33.00');
    expect(await readFile(join(directory, 'drop', 'reject', 'prices-03.csv.reason.txt'), 'utf8')).toMatch(
      /^WRONG_HEADER: /,
    );
  });

  async function rejections() {
    const { businessExceptions } = dataOf(
      await admin.ask<{
        businessExceptions: { edges: { node: { kind: string; subjectId: string; detail: string } }[] };
      }>('{ businessExceptions(first: 50) { edges { node { kind subjectId detail } } } }'),
    );
    return businessExceptions.edges.flatMap(({ node }) =>
      node.subjectId.startsWith('product/files/prices') ? [node] : [],
    );
  }
});
