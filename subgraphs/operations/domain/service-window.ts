import { GraphError } from '../../../platform/errors.ts';

const DEFAULT = 'PT24H';
const MIN_MS = 60_000;
const MAX_MS = 31 * 24 * 3_600_000;

/** Milliseconds of an ISO 8601 duration of days, hours and minutes, a day when left out. Throws BAD_USER_INPUT that says what would be right. */
export function windowMs(text: string | null): number {
  const [, days, hours, minutes] = /^P(?!$)(?:(\d{1,3})D)?(?:T(?!$)(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/.exec(
    text ?? DEFAULT,
  ) ?? ['', '0', '0', '0'];
  const ms = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60_000;
  if (ms >= MIN_MS && ms <= MAX_MS) return ms;
  throw new GraphError(
    'BAD_USER_INPUT',
    `argument "window" is an ISO 8601 duration of days, hours and minutes from PT1M to P31D, such as PT1H, not ${text}`,
    { argument: 'window' },
  );
}

/** The same as text, in hours and minutes, rounded up to the minute. */
export function windowText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `PT${hours === 0 ? '' : `${hours}H`}${rest === 0 && hours > 0 ? '' : `${rest}M`}`;
}
