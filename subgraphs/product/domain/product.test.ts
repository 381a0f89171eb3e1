import { describe, expect, it } from 'vitest';
import { idFromKey } from '../../../platform/ids.ts';
import type { Product, Variant } from './article.ts';
import { variantOf } from './item.ts';
import { commonTitle, newProduct, productOf, sameProduct, withTitle } from './product.ts';

const head = { id: idFromKey('product', 'TEE'), code: 'TEE' };

function variant(sku: string, more: Partial<Variant> = {}): Variant {
  const item = variantOf({
    sku,
    productCode: 'TEE',
    title: `Tee ${sku}`,
    baseUnit: 'C62',
    unitConversions: [],
    taxCategoryCode: 'STANDARD',
    trackInventory: true,
    categories: [],
    status: 'ACTIVE',
  });
  return { ...item, ...more };
}

describe('a product of several variants', () => {
  it('is called what their titles begin with, in whole words', () => {
    expect(commonTitle(['Cotton tee, Blue, M', 'Cotton tee, Black, M'])).toBe('Cotton tee');
    expect(commonTitle(['Mug Blue', 'Mug Black'])).toBe('Mug');
    expect(commonTitle(['Mug', 'Mug'])).toBe('Mug');
    expect(commonTitle(['Mug', 'Mug, large'])).toBe('Mug');
    expect(commonTitle(['Red mug', 'Blue mug'])).toBe('Red mug');
    expect(commonTitle(['A lamp', 'A clock'])).toBe('A lamp');
  });

  it('is as lively as its liveliest variant', () => {
    const statusOf = (...statuses: Product['status'][]) =>
      productOf(
        head,
        statuses.map((status, index) => variant(`S${index}`, { status })),
        [],
        null,
      ).status;
    expect(statusOf('ARCHIVED', 'ACTIVE', 'DRAFT')).toBe('ACTIVE');
    expect(statusOf('ARCHIVED', 'DISCONTINUED', 'DRAFT')).toBe('DISCONTINUED');
    expect(statusOf('ARCHIVED', 'DRAFT')).toBe('DRAFT');
    expect(statusOf('ARCHIVED')).toBe('ARCHIVED');
  });

  it('is the same whatever the order its variants are read in', () => {
    const variants = [variant('B', { brand: 'Later' }), variant('A', { brand: 'Plain' }), variant('C')];
    const product = productOf(head, variants, ['two', 'one'], null);
    expect(product.brand).toBe('Plain');
    expect(sameProduct(product, productOf(head, variants.toReversed(), ['one', 'two', 'one'], null))).toBe(
      true,
    );
  });
});

describe('a title of ours', () => {
  const before = productOf(head, [variant('A', { title: 'TEE BLU' })], [], null);
  const ours = withTitle(before, 'Cotton tee', [variant('A', { title: 'TEE BLU' })]);

  it('stays when the variants change, while everything else follows them', () => {
    const after = productOf(head, [variant('A', { title: 'TEE BLUE', brand: 'Plain' })], [], ours);
    expect(after).toMatchObject({ title: 'Cotton tee', titleOwner: 'CONTENT', brand: 'Plain' });
    expect(after.tokens).toEqual(expect.arrayContaining(['cotton', 'blue', 'plain']));
  });

  it('replaces the old one in what the product is found by', () => {
    expect(ours.tokens).toEqual(['cotton', 'tee', 'a', 'blu']);
  });
});

describe('a product without variants', () => {
  it('is a draft when it was made here', () => {
    expect(newProduct('p1', 'Gift box')).toMatchObject({ status: 'DRAFT', code: null, title: 'Gift box' });
  });

  it('keeps its title and is archived when its last variant moved elsewhere', () => {
    const before = productOf(head, [variant('A', { title: 'Cotton tee' })], ['web'], null);
    expect(productOf(head, [], ['web'], before)).toMatchObject({
      title: 'Cotton tee',
      status: 'ARCHIVED',
      channelIds: ['web'],
    });
  });
});

describe('an ERP item', () => {
  it('is its own product unless it names one, and its SKU is upper case', () => {
    const item = variantOf({
      sku: 'post-a',
      title: 'Postage',
      gtin: '96385074',
      baseUnit: 'C62',
      unitConversions: [{ unit: 'BX', factor: '6', gtin: '00000096385074' }],
      taxCategoryCode: 'ZERO',
      trackInventory: false,
      categories: [],
      status: 'ACTIVE',
    });
    expect(item).toMatchObject({
      id: idFromKey('variant', 'POST-A'),
      sku: 'POST-A',
      productId: idFromKey('product', 'POST-A'),
      standsAlone: true,
      gtins: ['00000096385074'],
    });
  });
});
