import { describe, expect, it } from 'vitest';
import type { SystemRecord } from '../../../platform/outbox/system-record.ts';
import { systemState } from './system-state.ts';

const now = new Date('2026-03-01T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const nothing = { count: 0, oldestAt: null };
const system = (more: Partial<SystemRecord> = {}): SystemRecord => ({
  _id: 'erp',
  connector: 'sandbox',
  kind: 'ERP',
  owns: [],
  breaker: 'CLOSED',
  openUntil: null,
  openMs: 0,
  heldUntil: null,
  paused: null,
  lastSuccessAt: ago(5),
  lastErrorAt: null,
  lastErrorCode: null,
  conformance: '',
  ...more,
});

describe('how a system is doing', () => {
  it('is DOWN while calls are held back, whatever else is known', () => {
    expect(systemState(system({ breaker: 'OPEN' }), nothing, now)).toBe('DOWN');
  });

  it('is DEGRADED while it is tried out, its last call failed, or work waits for over a minute', () => {
    expect(systemState(system({ breaker: 'HALF_OPEN' }), nothing, now)).toBe('DEGRADED');
    expect(systemState(system({ lastErrorAt: ago(1) }), nothing, now)).toBe('DEGRADED');
    expect(systemState(system(), { count: 1, oldestAt: ago(61) }, now)).toBe('DEGRADED');
  });

  it('is PAUSED while a person has calls stopped, however it is', () => {
    const paused = { by: 'operator', reason: 'upgrade', at: now };
    expect(systemState(system({ paused, breaker: 'OPEN' }), nothing, now)).toBe('PAUSED');
  });

  it('is UP otherwise', () => {
    expect(systemState(system(), { count: 1, oldestAt: ago(59) }, now)).toBe('UP');
    expect(systemState(system({ lastErrorAt: ago(9) }), nothing, now)).toBe('UP');
    expect(systemState(system({ lastSuccessAt: null }), nothing, now)).toBe('UP');
  });
});
