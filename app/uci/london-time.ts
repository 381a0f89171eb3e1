/** Hours and minutes as the shop's wall clock showed them, without a zone: `2010-12-01 08:26:00`. */
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Whether a text is a wall-clock time of the file's form that the calendar has; 30 February is none. */
export function isLocalTime(text: string): boolean {
  return utcAsIf(text) !== null;
}

/**
 * The instant at which a clock in London showed this time, as RFC 3339 in UTC; null for what is no such time. The hour that comes
 * twice in October is taken as summer time; the hour that is missing in March counts as the hour after it.
 */
export function londonInstant(text: string): string | null {
  const asIfUtc = utcAsIf(text);
  if (asIfUtc === null) return null;
  // London is never behind UTC, so the offset an hour earlier is summer time wherever summer time is possible.
  const summer = asIfUtc - 3_600_000;
  const instant = offsetMs(summer) > 0 ? summer : asIfUtc;
  return new Date(instant).toISOString();
}

/** How far London's clocks are ahead of UTC at an instant. */
function offsetMs(instant: number): number {
  const part = Object.fromEntries(wallClock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const shown = utcAsIf(
    `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']}`,
  );
  return shown === null ? 0 : shown - instant;
}

/** The time as if it had been read off a clock in UTC, in milliseconds since the epoch. */
function utcAsIf(text: string): number | null {
  if (!LOCAL_TIME.test(text)) return null;
  const iso = `${text.replace(' ', 'T')}.000Z`;
  const instant = Date.parse(iso);
  // Date.parse takes 30 February for 2 March.
  return Number.isNaN(instant) || new Date(instant).toISOString() !== iso ? null : instant;
}
