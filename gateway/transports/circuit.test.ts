import { describe, expect, it } from 'vitest';
import { type CallOutcome, Circuit } from './circuit.ts';

const options = { window: 4, failuresToOpen: 2, openForMs: 100, maxOpenForMs: 300 };

const call = (circuit: Circuit, outcome: CallOutcome, nowMs: number) => {
  expect(circuit.refusedForMs(nowMs)).toBeUndefined();
  circuit.record(circuit.enter(), outcome, nowMs);
};
const openAt = (nowMs: number) => {
  const circuit = new Circuit(options);
  call(circuit, 'failed', nowMs);
  call(circuit, 'failed', nowMs);
  return circuit;
};

describe('a circuit', () => {
  it('stays closed while failures are few among the latest calls', () => {
    const circuit = new Circuit(options);
    for (let round = 0; round < 10; round += 1) {
      call(circuit, 'failed', round);
      for (let good = 0; good < 3; good += 1) call(circuit, 'answered', round);
    }
    expect(circuit.isClosed).toBe(true);
  });

  it('opens when enough of them failed, and says for how long', () => {
    const circuit = openAt(1000);
    expect(circuit.isClosed).toBe(false);
    expect(circuit.refusedForMs(1000)).toBe(100);
    expect(circuit.refusedForMs(1099)).toBe(1);
    expect(circuit.refusedForMs(1100)).toBeUndefined();
  });

  it('learns nothing from calls nobody waited for', () => {
    const circuit = new Circuit(options);
    for (let round = 0; round < 10; round += 1) call(circuit, 'unknown', round);
    expect(circuit.isClosed).toBe(true);
  });

  it('lets one call try when its time is over, and closes when that is answered', () => {
    const circuit = openAt(0);
    const trial = circuit.enter();
    expect(trial.trial).toBe(true);
    expect(circuit.refusedForMs(100)).toBe(100);
    circuit.record(trial, 'answered', 120);
    expect(circuit.isClosed).toBe(true);
    call(circuit, 'failed', 130);
    expect(circuit.isClosed).toBe(true);
  });

  it('stays open twice as long after each try that failed, up to its limit', () => {
    const circuit = openAt(0);
    const lengths: (number | undefined)[] = [];
    for (let nowMs = 100; lengths.length < 4; ) {
      call(circuit, 'failed', nowMs);
      const refusedForMs = circuit.refusedForMs(nowMs) ?? 0;
      lengths.push(refusedForMs);
      nowMs += refusedForMs;
    }
    expect(lengths).toEqual([200, 300, 300, 300]);
  });

  it('lets another call try when nobody waited for the first', () => {
    const circuit = openAt(0);
    call(circuit, 'unknown', 100);
    expect(circuit.refusedForMs(100)).toBeUndefined();
    expect(circuit.isClosed).toBe(false);
    call(circuit, 'answered', 100);
    expect(circuit.isClosed).toBe(true);
  });

  it('takes no news from calls that began before it opened', () => {
    const circuit = new Circuit(options);
    const early = circuit.enter();
    call(circuit, 'failed', 0);
    call(circuit, 'failed', 0);
    circuit.record(early, 'answered', 10);
    expect(circuit.isClosed).toBe(false);
    const trial = circuit.enter();
    circuit.record(early, 'failed', 100);
    circuit.record(trial, 'answered', 110);
    expect(circuit.isClosed).toBe(true);
  });
});
