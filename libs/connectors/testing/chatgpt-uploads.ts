import { chatgptExport } from '../chatgpt-export/index.js';
import { chatgptFile } from './chatgpt-files.js';
import type { Rig } from './rig.js';
import { uploadsTo } from './uploads.js';
import { zip, type ZipFile } from './zip-writer.js';

export const { uploaded, outcomeOf } = uploadsTo(chatgptExport, 'chatgpt.zip');

export const conversations = (items: unknown, more: readonly ZipFile[] = []): Buffer =>
  zip([chatgptFile('conversations.json', items), ...more]);

/** Day, model, answers and questions of every row. */
export const told = ({ sink }: Rig): unknown[] =>
  sink.of('usage').map(({ data }) => [data['occurred_at'], data['item'], data['amount'], data['questions']]);
