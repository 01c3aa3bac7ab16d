import { draws } from '#lib/ports/testing';

/** Draws of one seed: the same everywhere. Each part of the world has its own, so that taking a part away moves no other. */
export class Random {
  /** Uniform in [0, 1). */
  readonly fraction: () => number;

  constructor(seed: number) {
    this.fraction = draws(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b));
  }

  /** A whole number in [from, to]. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.fraction() * from.length)];
    if (picked === undefined) throw new Error('there is nothing to pick from');
    return picked;
  }
}
