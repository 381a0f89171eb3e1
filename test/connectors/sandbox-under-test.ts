import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { SandboxSystem } from '../../connectors/sandbox/system/fault-switch.ts';
import { startSandboxSystems } from '../../connectors/sandbox/system/start-sandbox-systems.ts';

export const TOKEN = 'a-token-for-tests-only';

const documentListSchema = z.object({ documents: z.array(z.object({ reference: z.string() })) });

/** Sandbox systems on free ports with books in a directory of their own, and the control face to look behind them. */
export async function startSandboxUnderTest() {
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-systems-'));
  const systems = await startSandboxSystems({ directory, host: '127.0.0.1', port: 0, token: TOKEN });

  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

  async function ask(url: string, init: { method?: string; body?: unknown } = {}) {
    const response = await fetch(url, {
      method: init.method ?? 'GET',
      headers,
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  return {
    systems,
    headers,
    ask,
    post: (url: string, body: unknown) => ask(url, { method: 'POST', body }),
    async setFault(system: SandboxSystem, mode: string) {
      const { status } = await ask(`${systems.url}/faults`, {
        method: 'POST',
        body: { system, mode, latencyMs: 2_000 },
      });
      if (status !== 200) throw new Error(`the fault ${mode} was not taken`);
    },
    /** How many documents of a kind are held under a reference. */
    async count(system: SandboxSystem, kind: string, reference: string): Promise<number> {
      const query = new URLSearchParams({ system, kind, reference });
      const { body } = await ask(`${systems.url}/documents?${query}`);
      const { documents } = documentListSchema.parse(body);
      return documents.filter((document) => document.reference === reference).length;
    },
    /** How many documents of a kind are held in all. */
    async total(system: SandboxSystem, kind: string): Promise<number> {
      const query = new URLSearchParams({ system, kind, limit: '0' });
      const { body } = await ask(`${systems.url}/documents?${query}`);
      return z.object({ total: z.number() }).parse(body).total;
    },
    async stop() {
      await systems.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
