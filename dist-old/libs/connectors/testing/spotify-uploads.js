import { spotifyExport } from '../spotify-export/index.js';
import { accountFiles } from './spotify-export-files.js';
import { uploadsTo } from './uploads.js';
import { zip } from './zip-writer.js';
export const { uploaded, outcomeOf } = uploadsTo(spotifyExport, 'my_spotify_data.zip');
export const json = (name, value)=>({
        name,
        text: JSON.stringify(value)
    });
/** Account data in which one file says something else. */ export const replaced = (name, value)=>zip([
        ...accountFiles().filter((file)=>!file.name.endsWith(name)),
        json(name, value)
    ]);

//# sourceMappingURL=spotify-uploads.js.map