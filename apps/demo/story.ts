import type { Api } from './api.js';

/** What the demo sets up: connections of four users and a schedule of every frequency, all through the API. */

export async function registerConnections(
  api: Api,
  grants: Readonly<Record<string, string>>,
): Promise<string[]> {
  const told: string[] = [];
  for (const [user, refresh_token] of Object.entries(grants)) {
    const credentials = { refresh_token, consented_at: new Date().toISOString() };
    const { status } = await api.put(`/v1/connections/${user}-spotify`, {
      user,
      provider: 'spotify',
      connector: 'spotify.webapi',
      credentials,
    });
    told.push(`${status}  ${user}-spotify (spotify.webapi; the refresh token goes to the vault)`);
  }
  const files = { ann: 'ann-netflix.zip', bob: 'bob-viewing.csv', cem: 'cem-netflix.zip' };
  for (const [user, file] of Object.entries(files)) {
    const config = file.endsWith('.csv') ? { file, dateFormat: 'year-first' } : { file };
    const { status } = await api.put(`/v1/connections/${user}-netflix`, {
      user,
      provider: 'netflix',
      connector: 'netflix.export',
      config,
    });
    told.push(`${status}  ${user}-netflix (netflix.export, ${file})`);
  }
  return told;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Recurrences that come true within the next minute. */
export function recurrences(now: Date) {
  const soon = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);
  const time = (date: Date): string => date.toISOString().slice(11, 19);
  return {
    interval: { frequency: 'interval', every: 'PT5S' },
    cron: { frequency: 'cron', expression: '*/4 * * * * *' },
    hourly: { frequency: 'hourly', minute: soon(60).getUTCMinutes() },
    daily: { frequency: 'daily', times: [time(soon(6))] },
    weekly: { frequency: 'weekly', weekdays: [weekdays[soon(9).getUTCDay()]], times: [time(soon(9))] },
    monthly: { frequency: 'monthly', days: [soon(12).getUTCDate()], times: [time(soon(12))] },
  } as const;
}

const netflix = (name: string, user: string, recurrence: object, more: object = {}): object => ({
  name,
  user,
  connection: `${user}-netflix`,
  provider: 'netflix',
  recurrence,
  ...more,
});

const spotify = (name: string, user: string, recurrence: object, more: object = {}): object => ({
  name,
  user,
  connection: `${user}-spotify`,
  provider: 'spotify',
  recurrence,
  retry: { maxAttempts: 5, base: 'PT1S', factor: 3, jitter: 'none' },
  timeout: 'PT7S',
  ...more,
});

export function schedules(now: Date): readonly object[] {
  const on = recurrences(now);
  return [
    spotify('Ann’s plays', 'ann', on.interval, { priority: 'high' }),
    spotify('Bob’s plays', 'bob', on.cron),
    spotify('Dana, whose consent is gone', 'dana', on.interval),
    netflix('Ann’s Netflix export', 'ann', on.daily),
    netflix('Bob’s viewing history', 'bob', on.weekly),
    netflix('Cem’s Netflix, in full', 'cem', on.monthly, { operation: 'full_sync' }),
    netflix('Cem’s Netflix', 'cem', on.hourly),
  ];
}
