import { hasDue, type Leased, type LeaseOptions, leaseNext } from './lease.ts';
import { LANES } from './operation.ts';
import type { SystemGates, Ticket } from './system-gates.ts';

/** Work that was leased, and leave to make its call. */
export interface Found {
  readonly leased: Leased;
  readonly ticket: Ticket;
}

/** How long after nothing less urgent was found it is not looked for again, while orders fill the system. */
const QUIET_MS = 50;
const LESS_URGENT: readonly number[] = LANES.map((_, rank) => rank).slice(1);

interface Look {
  readonly work: Found | null;
  /** There may be work, but its system must not be called for it now. */
  readonly isShut: boolean;
}

/**
 * Finds the most urgent work that may be done now. Leave is asked before the lease: what must not be called is not even touched, so a
 * backlog of thousands costs the store nothing while its system is away.
 */
export function createWorkFinder(options: {
  owner: string;
  systems: readonly string[];
  gates: SystemGates;
  lease: LeaseOptions;
}): () => Promise<Found | null> {
  const { owner, systems, gates, lease } = options;
  const { clock } = lease;
  const quietUntilMs = new Map<string, number>();
  const isQuiet = (system: string) => clock.now().getTime() < (quietUntilMs.get(system) ?? 0);

  async function lookIn(system: string, laneRank: number): Promise<Look> {
    const lane = LANES[laneRank];
    if (lane === undefined) return { work: null, isShut: true };
    const ticket = await gates.enter(system, lane, () => hasDue({ owner, system, laneRank }, lease));
    if (ticket === null) return { work: null, isShut: true };
    let leased: Leased | null = null;
    try {
      leased = await leaseNext({ owner, system, laneRank, repeats: ticket.allowsRepeat }, lease);
    } finally {
      if (leased === null) ticket.leave();
    }
    return { work: leased === null ? null : { leased, ticket }, isShut: false };
  }

  return async () => {
    for (const system of systems) {
      const { work, isShut } = await lookIn(system, 0);
      if (work !== null) return work;
      if (isShut && isQuiet(system)) continue;
      if (!(await hasDue({ owner, system, laneRank: { $in: LESS_URGENT } }, lease))) {
        quietUntilMs.set(system, clock.now().getTime() + QUIET_MS);
        continue;
      }
      for (const rank of LESS_URGENT) {
        const less = await lookIn(system, rank);
        if (less.work !== null) return less.work;
      }
    }
    return null;
  };
}
