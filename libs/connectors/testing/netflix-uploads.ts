import { netflixExport } from '../netflix-export/index.js';
import { netflixFiles } from './netflix-files.js';
import { uploadsTo } from './uploads.js';
import type { ZipFile } from './zip-writer.js';

export const { uploaded, outcomeOf } = uploadsTo(netflixExport, 'export.zip');

/** An export in which one file says something else. */
export const changed = (name: string, text: string | Buffer): readonly ZipFile[] => [
  ...netflixFiles().filter((file) => !file.name.endsWith(name)),
  { name, text },
];
