/** Something that has a place in a numbered feed. */
export interface Placed {
  /** 1 for the first change of the feed, then without holes. */
  readonly position: number;
}

export interface Arranged<C extends Placed> {
  /** The ones that go on from the place without a hole, in their order: to be applied now. */
  readonly next: readonly C[];
  /** At or before the place, or a second telling of what is in `next`: nothing is left to do. */
  readonly past: readonly C[];
  /** Behind a hole: to be kept until it is filled. */
  readonly early: readonly C[];
}

/** Sorts what was pushed, in whatever order and however often, by what a feed that stands at `position` may do with it. */
export function arrange<C extends Placed>(position: number, waiting: readonly C[]): Arranged<C> {
  const next: C[] = [];
  const past: C[] = [];
  const early: C[] = [];
  let reached = position;
  for (const change of [...waiting].sort((left, right) => left.position - right.position)) {
    if (change.position <= reached) past.push(change);
    else if (change.position === reached + 1) {
      next.push(change);
      reached = change.position;
    } else early.push(change);
  }
  return { next, past, early };
}
