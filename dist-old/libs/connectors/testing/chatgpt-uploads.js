import { chatgptExport } from '../chatgpt-export/index.js';
import { chatgptFile } from './chatgpt-files.js';
import { uploadsTo } from './uploads.js';
import { zip } from './zip-writer.js';
export const { uploaded, outcomeOf } = uploadsTo(chatgptExport, 'chatgpt.zip');
export const conversations = (items, more = [])=>zip([
        chatgptFile('conversations.json', items),
        ...more
    ]);
/** Day, model, answers and questions of every row. */ export const told = ({ sink })=>sink.of('usage').map(({ data })=>[
            data['occurred_at'],
            data['item'],
            data['amount'],
            data['questions']
        ]);

//# sourceMappingURL=chatgpt-uploads.js.map