import { z } from 'zod';
import { tokenText } from '../kit/index.js';

// Only what is read is named; all else is dropped, and what Spotify removed in 2026 may be missing at any time.

export const tokenAnswer = z.object({
  access_token: tokenText,
  /** Seconds. */
  expires_in: z.number().positive().max(86_400),
  /** Absent when the old one stays valid. */
  refresh_token: tokenText.optional(),
});

export const profileAnswer = z.object({
  /** Immutable, since May 2026. */
  account_id: z.string().min(1).optional(),
  id: z.string().min(1).optional(),
  /** Removed for development-mode apps in February 2026: absent means unknown, never free. */
  product: z.string().min(1).nullish(),
});
export type Profile = z.infer<typeof profileAnswer>;

const track = z.object({
  /** Null for files of the listener's own. */
  id: z.string().nullish(),
  uri: z.string().nullish(),
  name: z.string(),
  duration_ms: z.number().int().nonnegative().nullish(),
  artists: z.array(z.object({ name: z.string() })).default([]),
});

export const playsAnswer = z.object({
  items: z.array(z.object({ track, played_at: z.iso.datetime({ offset: true }) })).max(50),
  next: z.string().nullish(),
  cursors: z.object({ after: z.string().nullish(), before: z.string().nullish() }).nullish(),
});
export type PlaysPage = z.infer<typeof playsAnswer>;
export type Play = PlaysPage['items'][number];
