import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDocument } from './documents.ts';
import { describeFaults } from './faults.ts';
import { describeFeed } from './feeds.ts';
import type { ConformanceHarness, ConformanceSubject } from './harness.ts';

/**
 * The promises of the port, as tests. Every connector passes them against a real system or a faithful stand-in, over real
 * sockets or real files: call this at the top of the connector's own conformance test.
 */
export function describeConnectorConformance(subject: ConformanceSubject): void {
  describe(`${subject.name} keeps the promises of a connector`, () => {
    let harness: ConformanceHarness | undefined;
    const use = () => {
      if (harness === undefined) throw new Error('the harness did not start');
      return harness;
    };

    beforeAll(async () => {
      harness = await subject.start();
    });
    afterAll(async () => {
      await harness?.connector.close();
      await harness?.stop();
    });

    it('declares what it can do, and no more', async () => {
      const { capabilities } = use().connector;
      expect(Object.keys(capabilities.feeds).sort()).toEqual([...subject.feeds].sort());
      expect(Object.keys(capabilities.documents).sort()).toEqual([...subject.documents].sort());
      for (const document of Object.values(capabilities.documents)) {
        expect(document.settlingMs).toBeGreaterThanOrEqual(0);
      }
    });

    it('answers a ping', async () => {
      await expect(use().connector.ping(AbortSignal.timeout(5_000))).resolves.toBeUndefined();
    });

    for (const feed of subject.feeds) describeFeed(feed, use);
    for (const kind of subject.documents) describeDocument(kind, use);
    describeFaults(subject, use);
  });
}
