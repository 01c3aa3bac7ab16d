import { spotifyExport } from '../spotify-export/index.js';
import { accountFiles } from './spotify-export-files.js';
import { uploadsTo } from './uploads.js';
import { zip, type ZipFile } from './zip-writer.js';

export const { uploaded, outcomeOf } = uploadsTo(spotifyExport, 'my_spotify_data.zip');

export const json = (name: string, value: unknown): ZipFile => ({ name, text: JSON.stringify(value) });

/** Account data in which one file says something else. */
export const replaced = (name: string, value: unknown): Buffer =>
  zip([...accountFiles().filter((file) => !file.name.endsWith(name)), json(name, value)]);
