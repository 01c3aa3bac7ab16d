import { z } from 'zod';
import { instant, name } from './primitives.js';

/**
 * What a request may need: to look, to change what is the tenant's, to read the service's metrics, or to change what is
 * everybody's, such as the limits of a provider.
 */
export type Need = 'read' | 'write' | 'metrics' | 'operate';

/** From the least to the most. */
export const roles = ['metrics', 'read', 'write', 'operate'] as const;
export type Role = (typeof roles)[number];

const allowed: Readonly<Record<Role, readonly Need[]>> = {
  metrics: ['metrics'],
  read: ['read'],
  write: ['read', 'write'],
  operate: ['read', 'write', 'metrics', 'operate'],
};

export const may = (role: Role, need: Need): boolean => allowed[role].includes(need);

/** Roles that may do it, the least first. */
export const rolesFor = (need: Need): readonly Role[] => roles.filter((role) => may(role, need));

/** A key as the file of keys has it: who holds it, and its SHA-256 in place of itself. */
export const apiKeyEntry = z.strictObject({
  /** By which events and metrics tell who asked. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits or "-"'),
  sha256: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/,
      'must be the SHA-256 of the key in 64 small hex digits: npm run cli -- api-key makes one',
    ),
  role: z.enum(roles),
  tenant: name
    .refine(
      (tenant) => tenant !== 'inbox',
      'must not be "inbox": files that wait for import lie under that name',
    )
    .default('default'),
  /** From then on it is refused. Absent: it does not end. */
  expiresAt: instant.optional(),
});
export type ApiKeyEntry = z.output<typeof apiKeyEntry>;

const twice = (values: readonly string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

export const apiKeysFile = z.strictObject({ keys: z.array(apiKeyEntry) }).superRefine(({ keys }, context) => {
  const named = twice(keys.map((key) => key.name));
  if (named !== undefined)
    context.addIssue({ code: 'custom', path: ['keys'], message: `two keys are named "${named}"` });
  if (twice(keys.map((key) => key.sha256)) !== undefined)
    context.addIssue({ code: 'custom', path: ['keys'], message: 'one key is there twice' });
});
