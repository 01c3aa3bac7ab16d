import { amazonExport } from '../amazon-export/index.js';
import { amazonFiles } from './amazon-files.js';
import { uploadsTo } from './uploads.js';
export const { uploaded, outcomeOf } = uploadsTo(amazonExport, 'amazon.zip');
/** An export in which one file says something else. */ export const changed = (name, text)=>[
        ...amazonFiles().filter((file)=>!file.name.endsWith(`/${name}`)),
        {
            name: `Digital.Subscriptions.2/${name}`,
            text
        }
    ];

//# sourceMappingURL=amazon-uploads.js.map