/** Draws of one seed, uniform in [0, 1). Whoever draws has a generator of its own: what others do moves none of its draws. */
export function seeded(seed: number): () => number;
