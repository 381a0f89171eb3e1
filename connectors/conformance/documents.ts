import { describe, expect, it } from 'vitest';
import type { DocumentKind } from '../documents.ts';
import { type ConformanceHarness, type DocumentDriver, patience } from './harness.ts';

export function describeDocument(kind: DocumentKind, use: () => ConformanceHarness): void {
  const within = () => patience(use());
  describe(`document ${kind}`, () => {
    it('is created, with the number the system gave it, and found by our reference', async () => {
      const { connector, driver } = open(kind, use);
      const document = await driver.make(`${kind}-new`);
      const request = { key: `key-${kind}-new`, signal: within() };
      const receipt = await connector.createDocument(kind, document, request);

      expect(receipt).toMatchObject({ kind, reference: `${kind}-new`, replayed: false });
      expect(receipt.number).not.toBe('');
      const found = await connector.findDocument(kind, `${kind}-new`, request);
      expect(found).toMatchObject({ externalId: receipt.externalId, number: receipt.number });
    });

    it('is one document, however often and however concurrently it is sent', async () => {
      const { connector, driver } = open(kind, use);
      const reference = `${kind}-once`;
      const document = await driver.make(reference);
      // What must be searched for first cannot be raced: its callers take a lock per reference, as the port demands.
      const raced = connector.capabilities.documents[kind]?.dedupe !== 'search-before-create';
      const send = () =>
        connector.createDocument(kind, document, { key: `key-${reference}`, signal: within() });
      const receipts = raced
        ? await Promise.all(Array.from({ length: 20 }, send))
        : [await send(), await send()];
      receipts.push(await send());

      expect(new Set(receipts.map(({ externalId }) => externalId)).size).toBe(1);
      expect(receipts.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(await driver.count(reference)).toBe(1);
    });

    it('is refused when its reference and key stand for another content already', async () => {
      const { connector, driver } = open(kind, use);
      const reference = `${kind}-reused`;
      const document = await driver.make(reference);
      const request = { key: `key-${reference}`, signal: within() };
      await connector.createDocument(kind, document, request);
      const other = await driver.make(`${kind}-reused-other`);

      await expect(connector.createDocument(kind, { ...other, reference }, request)).rejects.toMatchObject({
        outcome: 'rejected',
        code: 'REFERENCE_REUSED',
      });
      expect(await driver.count(reference)).toBe(1);
    });

    it('is refused with a code and the field when the system says no, and does not exist then', async () => {
      const { connector, driver } = open(kind, use);
      const { document, code, field } = await driver.refused(`${kind}-bad`);
      const request = { key: `key-${kind}-bad`, signal: within() };
      await expect(connector.createDocument(kind, document, request)).rejects.toMatchObject({
        outcome: 'rejected',
        code,
        field,
        system: connector.system,
      });
      expect(await connector.findDocument(kind, `${kind}-bad`, request)).toBeNull();
    });

    it('is not found when it was never sent', async () => {
      const { connector } = open(kind, use);
      expect(await connector.findDocument(kind, `${kind}-never`, { signal: within() })).toBeNull();
    });

    it('is certainly not sent when the caller had given up before', async () => {
      const { connector, driver } = open(kind, use);
      const document = await driver.make(`${kind}-given-up`);
      await expect(
        connector.createDocument(kind, document, {
          key: `key-${kind}-given-up`,
          signal: AbortSignal.abort(),
        }),
      ).rejects.toMatchObject({ outcome: 'not-sent' });
      expect(await driver.count(`${kind}-given-up`)).toBe(0);
    });
  });
}

export function open<K extends DocumentKind>(kind: K, use: () => ConformanceHarness) {
  const { connector, documents } = use();
  const driver: DocumentDriver<K> | undefined = documents[kind];
  if (driver === undefined) throw new Error(`the harness has no driver for ${kind}`);
  return { connector, driver };
}
