import { until } from '../kit/until.ts';

/** The references of the documents the sandbox ERP really holds, page by page. */
export async function erpReferences(url: string, kind: string): Promise<string[]> {
  const references: string[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const answer = await fetch(`${url}/sandbox/documents?system=erp&kind=${kind}&after=${after}`);
    // The sandbox's own list; a wrong shape fails the test that reads it.
    const page = (await answer.json()) as { documents: { reference: string }[]; next: number | null };
    references.push(...page.documents.map(({ reference }) => reference));
    after = page.next;
  }
  return references;
}

/** Waits until the ERP holds as many documents of a kind; they arrive through the outbox, after the answer. */
export async function untilErpHas(url: string, kind: string, count: number): Promise<string[]> {
  return until(
    `the ERP has ${count} documents of kind ${kind}`,
    async () => {
      const references = await erpReferences(url, kind);
      return references.length >= count ? references : undefined;
    },
    60_000,
  );
}
