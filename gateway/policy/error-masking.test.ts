import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../../platform/errors.ts';
import { maskError } from './error-masking.ts';

function requestWithLog() {
  const lines: Record<string, unknown>[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  return { lines, request: { correlationId: 'c-9', logger: logger.child({ correlationId: 'c-9' }) } };
}

describe('masking errors', () => {
  it('given a coded error, then it passes with its facts, its origin and the correlation id, and is not logged', () => {
    const { lines, request } = requestWithLog();
    const extensions = new GraphError('PAGE_TOO_LARGE', 'too many', { allowed: 100 }).extensions;
    const masked = maskError({ message: 'too many', path: ['a', 0], extensions, subgraph: 'order' }, request);
    expect(masked.toJSON()).toEqual({
      message: 'too many',
      path: ['a', 0],
      extensions: { code: 'PAGE_TOO_LARGE', allowed: 100, serviceName: 'order', correlationId: 'c-9' },
    });
    expect(lines).toEqual([]);
  });

  it('given a coded error with a stack trace, then the trace stays inside', () => {
    const { request } = requestWithLog();
    const extensions = { code: 'FORBIDDEN', stacktrace: ['at secret.ts:1'], exception: { stack: 'x' } };
    expect(JSON.stringify(maskError({ message: 'no', extensions }, request))).not.toMatch(/secret|stack/);
  });

  it.each([[undefined], [{}], [{ code: 'INTERNAL_SERVER_ERROR' }], [{ code: 42 }], [{ code: 'not a code' }]])(
    'given an error without a good code (%j), then the client learns nothing and the log has it once',
    (extensions) => {
      const { lines, request } = requestWithLog();
      const cause = new Error('password is hunter2');
      const masked = maskError({ message: 'password is hunter2', path: ['x'], extensions, cause }, request);
      expect(masked.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', correlationId: 'c-9' });
      expect(JSON.stringify(masked)).not.toContain('hunter2');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ correlationId: 'c-9', err: { message: 'password is hunter2' } });
    },
  );
});
