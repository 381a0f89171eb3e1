import type { Dispatcher } from 'undici';
import { AnswerTooLargeError, type HttpReply } from './http-reply.ts';

interface HttpPost {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Ends the exchange at once with the signal's reason, wherever it is. */
  readonly signal: AbortSignal;
  /** An answer larger than this is refused with an AnswerTooLargeError. */
  readonly maxAnswerBytes: number;
}

/**
 * Posts and reads the reply whole. It hears the dispatcher's events itself: the stream that `request()` puts between costs more than
 * twice as much as everything else of a call.
 */
export function post(
  dispatcher: Dispatcher,
  { path, headers, body, ...options }: HttpPost,
): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const exchange = new Exchange(options, resolve, reject);
    try {
      dispatcher.dispatch({ path, method: 'POST', headers, body }, exchange);
    } catch (cause) {
      exchange.onResponseError(undefined, cause instanceof Error ? cause : new Error(String(cause)));
    }
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #maxBytes: number;
  readonly #resolve: (reply: HttpReply) => void;
  readonly #reject: (cause: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #bytes = 0;
  #status = 0;
  #settled = false;

  constructor(
    { signal, maxAnswerBytes }: Pick<HttpPost, 'signal' | 'maxAnswerBytes'>,
    resolve: (reply: HttpReply) => void,
    reject: (cause: unknown) => void,
  ) {
    this.#signal = signal;
    this.#maxBytes = maxAnswerBytes;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this, { once: true });
  }

  /** The signal's call; an object that listens costs no closure. */
  handleEvent(): void {
    this.#refuse(this.#signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It ended while it waited for a connection.
    if (this.#settled) controller.abort(new Error('nobody waits for the answer'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.byteLength;
    if (this.#bytes > this.#maxBytes) {
      this.#refuse(new AnswerTooLargeError(this.#maxBytes));
    } else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settle()) return;
    const [only] = this.#chunks;
    const whole = this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, text: whole.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, cause: Error): void {
    if (this.#settle()) this.#reject(cause);
  }

  #refuse(cause: unknown): void {
    if (!this.#settle()) return;
    this.#reject(cause);
    this.#controller?.abort(new Error('nobody waits for the answer'));
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#signal.removeEventListener('abort', this);
    return true;
  }
}
