import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The page as `npm run build` left it: an index that names its files, and files whose names change with what is in them.
 * They are few and small: read when first asked for, and kept.
 */
export type DashboardFile = { readonly type: string; readonly content: Buffer };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export const assetFolder = '/assets/';

/** What holds nothing of anybody's: the page asks for a key itself, and for everything else with it. */
export const isDashboardPath = (path: string): boolean => path === '/' || path.startsWith(assetFolder);

/** Beside the sources or in `dist`, the code that runs has the same build: that of the package it is part of. */
function buildFolder(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return join(folder, 'dist', 'apps', 'dashboard');
}

export class DashboardFiles {
  #files: ReadonlyMap<string, DashboardFile> | undefined;

  constructor(private readonly folder: string | undefined = buildFolder()) {}

  get index(): DashboardFile | undefined {
    return this.#all().get('index.html');
  }

  /** By its bare name: what is not in the folder cannot be asked for. */
  asset(name: string): DashboardFile | undefined {
    return this.#all().get(`assets/${name}`);
  }

  #all(): ReadonlyMap<string, DashboardFile> {
    this.#files ??= new Map([...this.#read(''), ...this.#read('assets')]);
    return this.#files;
  }

  #read(within: string): readonly (readonly [string, DashboardFile])[] {
    const folder = this.folder === undefined ? undefined : join(this.folder, within);
    if (folder === undefined || !existsSync(folder)) return [];
    return readdirSync(folder).flatMap((name) => {
      const type = types[extname(name)];
      if (type === undefined) return [];
      return [
        [within === '' ? name : `${within}/${name}`, { type, content: readFileSync(join(folder, name)) }],
      ] as const;
    });
  }
}
