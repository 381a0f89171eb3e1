import { request as send } from 'undici';

const TIMEOUT_MS = 5_000;

/** Tells a stand-in system where its changes are to be pushed, and the secret to sign them with. Throws when it does not take it. */
export async function pushTo(options: {
  /** The stand-ins' control face. */
  systemsUrl: string;
  systemsToken: string;
  /** Whose changes. */
  system: 'erp' | 'wms' | 'carrier';
  url: string;
  secret: string;
}): Promise<void> {
  const { system, url, secret } = options;
  const answer = await send(`${options.systemsUrl}/webhook-endpoint`, {
    method: 'POST',
    headers: { authorization: `Bearer ${options.systemsToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ system, url, secret }),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const said = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`the stand-in ${system} does not push to ${url}: ${said}`);
}
