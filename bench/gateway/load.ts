import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { bodyOf, VARIANTS } from './graph/heavy-query.ts';
import { referenceAnswer } from './graph/reference.ts';

export interface Slice {
  readonly requests: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
}

/** Users of one gateway, over connections that stay open between its turns. */
export interface Load {
  /** Compares the answers to all variants with the reference. Throws with what differs. */
  checkAnswers(): Promise<void>;
  /** Keeps the users busy for so long, each with one request at a time. Throws on an answer of another length than was checked. */
  run(seconds: number, pauseMs?: number): Promise<Slice>;
  stop(): Promise<void>;
}

interface Variant {
  readonly body: string;
  readonly first: number;
  bytes: number;
}

export function createLoad(target: { readonly name: string; readonly url: string }, users: number): Load {
  const { origin, pathname: path } = new URL(target.url);
  const pool = new Pool(origin, { connections: users });
  const variants: Variant[] = VARIANTS.map((each) => ({ ...each, body: bodyOf(each), bytes: 0 }));

  const post = async (body: string, user: number): Promise<ArrayBuffer> => {
    const response = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', authorization: `Bearer user-${user}` },
      body,
    });
    const bytes = await response.body.arrayBuffer();
    if (response.statusCode === 200) return bytes;
    throw new Error(
      `${target.name} answers ${response.statusCode}: ${Buffer.from(bytes).toString().slice(0, 500)}`,
    );
  };

  return {
    async checkAnswers() {
      for (const variant of variants) {
        const bytes = await post(variant.body, 0);
        const answer: unknown = JSON.parse(Buffer.from(bytes).toString());
        if (!isDeepStrictEqual(answer, await referenceAnswer(variant))) {
          throw new Error(
            `${target.name} answers first: ${variant.first} with other data than the reference`,
          );
        }
        variant.bytes = bytes.byteLength;
      }
    },
    async run(seconds, pauseMs = 0) {
      const latenciesMs: number[] = [];
      const beganMs = performance.now();
      const untilMs = beganMs + seconds * 1000;
      const user = async (number: number) => {
        // Users start at different variants, so that what is under way at a time differs.
        for (let at = number; performance.now() < untilMs; at += 1) {
          const variant = variants[at % variants.length];
          if (variant === undefined) return;
          const sentMs = performance.now();
          const bytes = await post(variant.body, number);
          latenciesMs.push(performance.now() - sentMs);
          if (bytes.byteLength !== variant.bytes) {
            throw new Error(`${target.name} answered ${bytes.byteLength} bytes, not ${variant.bytes}`);
          }
          if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
      };
      await Promise.all(Array.from({ length: users }, (_, number) => user(number)));
      return { requests: latenciesMs.length, seconds: (performance.now() - beganMs) / 1000, latenciesMs };
    },
    stop: () => pool.destroy(),
  };
}
