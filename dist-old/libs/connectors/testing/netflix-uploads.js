import { netflixExport } from '../netflix-export/index.js';
import { netflixFiles } from './netflix-files.js';
import { uploadsTo } from './uploads.js';
export const { uploaded, outcomeOf } = uploadsTo(netflixExport, 'export.zip');
/** An export in which one file says something else. */ export const changed = (name, text)=>[
        ...netflixFiles().filter((file)=>!file.name.endsWith(name)),
        {
            name,
            text
        }
    ];

//# sourceMappingURL=netflix-uploads.js.map