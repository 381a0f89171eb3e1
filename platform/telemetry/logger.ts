import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * JSON lines to standard error, so that a command's answer on standard output stays clean. Secrets and personal data that might
 * be logged with a request are replaced by `[redacted]`.
 */
export function createLogger(options: { level: LogLevel; name?: string }): Logger {
  return pino(
    {
      level: options.level,
      base: { service: options.name ?? 'unified-commerce-graph' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'authorization',
          '*.authorization',
          'headers.cookie',
          'token',
          '*.token',
          'email',
          '*.email',
          'phone',
          '*.phone',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination({ fd: 2, sync: false }),
  );
}

/** Says nothing: for tests and tools. */
export const silentLogger: Logger = pino({ level: 'silent' });
