import { afterEach, describe, expect, it } from 'vitest';
import { ConnectorError } from '../connector-error.ts';
import type { DocumentKind } from '../documents.ts';
import { open } from './documents.ts';
import { namesOf, readAll } from './feeds.ts';
import {
  type ConformanceFault,
  type ConformanceHarness,
  type ConformanceSubject,
  patience,
} from './harness.ts';

/** What a connector makes of a system that fails: each kind of failure means one thing, and one only. */
export function describeFaults(subject: ConformanceSubject, use: () => ConformanceHarness): void {
  if (subject.faults.length === 0) return;
  const within = () => patience(use());
  const kind = subject.documents[0];
  const feed = subject.feeds[0];
  const can = (fault: ConformanceFault) => subject.faults.includes(fault);
  const setFault = async (fault: ConformanceFault, lost?: DocumentKind) => use().setFault?.(fault, lost);

  describe('when the system fails', () => {
    afterEach(() => setFault('none'));

    it.runIf(can('down'))('down: a call certainly did not happen, and works once it is back', async () => {
      await setFault('down');
      await expect(use().connector.ping(within())).rejects.toMatchObject({ outcome: 'not-sent' });
      if (kind !== undefined) {
        const { connector, driver } = open(kind, use);
        await setFault('none');
        const document = await driver.make(`${kind}-down`);
        await connector.ping(within());
        await setFault('down');
        const request = { key: `key-${kind}-down`, signal: within() };
        // The first call may still meet the connection that was cut under it: that one is in doubt.
        await connector.createDocument(kind, document, request).catch(() => undefined);
        await expect(connector.createDocument(kind, document, request)).rejects.toMatchObject({
          outcome: 'not-sent',
          code: 'CONNECTION_REFUSED',
        });
        await setFault('none');
        await connector.createDocument(kind, document, request);
        expect(await driver.count(`${kind}-down`)).toBe(1);
      }
    });

    it.runIf(can('throttled'))('throttled: it did not happen, and the wait is known', async () => {
      await setFault('throttled');
      const error = await use()
        .connector.ping(within())
        .catch((caught) => caught);
      expect(error).toBeInstanceOf(ConnectorError);
      expect(error).toMatchObject({ outcome: 'throttled', code: 'THROTTLED' });
      expect(error.retryAfterMs).toBeGreaterThan(0);
    });

    it.runIf(can('slow') && kind !== undefined)('slow: a call ends at its deadline, in doubt', async () => {
      if (kind === undefined) return;
      const { driver } = open(kind, use);
      const hasty = use().withTimeout?.(200);
      if (hasty === undefined) throw new Error('the harness cannot make a hasty connector');
      const document = await driver.make(`${kind}-slow`);
      await setFault('slow');
      const startedMs = performance.now();
      await expect(
        hasty.createDocument(kind, document, { key: `key-${kind}-slow`, signal: within() }),
      ).rejects.toMatchObject({ outcome: 'in-doubt', code: 'TIMEOUT' });
      expect(performance.now() - startedMs).toBeLessThan(1_500);
      await hasty.close();
    });

    it.runIf(can('slow'))('slow: a call ends when its caller gives up', async () => {
      await setFault('slow');
      const startedMs = performance.now();
      await expect(use().connector.ping(AbortSignal.timeout(200))).rejects.toMatchObject({
        outcome: 'in-doubt',
      });
      expect(performance.now() - startedMs).toBeLessThan(1_500);
    });

    for (const lost of subject.documents) {
      it.runIf(can('lossy-ack'))(
        `lossy-ack: ${lost} is in doubt, found by asking, and never made twice`,
        async () => {
          const { connector, driver } = open(lost, use);
          const reference = `${lost}-lost`;
          const document = await driver.make(reference);
          const request = { key: `key-${reference}`, signal: within() };
          await setFault('lossy-ack', lost);
          await expect(connector.createDocument(lost, document, request)).rejects.toMatchObject({
            outcome: 'in-doubt',
            code: 'CONNECTION_LOST',
          });
          await setFault('none');
          const found = await connector.findDocument(lost, reference, request);
          const repeated = await connector.createDocument(lost, document, request);
          expect(found).toMatchObject({ reference, externalId: repeated.externalId });
          expect(repeated.replayed).toBe(true);
          expect(await driver.count(reference)).toBe(1);
        },
      );
    }

    it.runIf(can('wrong') && kind !== undefined)('wrong: no nonsense is taken for an answer', async () => {
      if (kind === undefined) return;
      const { connector, driver } = open(kind, use);
      const document = await driver.make(`${kind}-wrong`);
      const request = { key: `key-${kind}-wrong`, signal: within() };
      await setFault('wrong');
      // As many as there are kinds of nonsense, in each method: a look-up that cannot be read must not say "not there".
      for (const call of [
        () => connector.createDocument(kind, document, request),
        () => connector.findDocument(kind, `${kind}-wrong`, request),
        () => connector.ping(within()),
      ]) {
        for (let turn = 0; turn < 3; turn += 1)
          await expect(call()).rejects.toMatchObject({ outcome: 'in-doubt' });
      }
      await setFault('none');
      await connector.createDocument(kind, document, request);
      expect(await driver.count(`${kind}-wrong`)).toBe(1);
    });

    for (const fault of ['duplicating', 'reordering'] as const) {
      it.runIf(can(fault) && feed !== undefined)(
        `${fault}: a feed is still given once and in order`,
        async () => {
          if (feed === undefined) return;
          const { connector, feeds } = use();
          const driver = feeds[feed];
          if (driver === undefined) throw new Error(`the harness has no driver for ${feed}`);
          const { cursor } = await readAll(connector, feed, null, 1_000, use().patienceMs);
          const names = ['1', '2', '3', '4', '5', '6', '7'].map((name) => `${feed}-${fault}-${name}`);
          for (const name of names) await driver.write(name);
          await setFault(fault);
          const { changes } = await readAll(connector, feed, cursor, 3, use().patienceMs);
          expect(namesOf(driver, changes)).toEqual(names);
        },
      );
    }
  });
}
