import { refused } from '../amazon-export/upload/index.js';
import { isConnectorError, throwIfCancelled } from '../kit/index.js';
import { JsonWalk } from './json-walk.js';
/**
 * Streams what `conversations.json` tells of conversations and messages, in the order of the file.
 * @throws {ConnectorError} CONFIG: not JSON, cut off, or of sizes that no export has; CANCELLED.
 */ export async function* findings(open, label, signal) {
    const stream = await open();
    const gatherer = new Gatherer();
    const walk = new JsonWalk(gatherer);
    try {
        for await (const piece of stream){
            throwIfCancelled(signal);
            walk.write(piece);
            yield* gatherer.taken();
        }
        walk.finish();
    } catch (error) {
        if (isConnectorError(error)) throw error;
        // Unpacking fails in its own words when a ZIP is damaged; the words of either may quote the text.
        throw refused('json_broken', `${label} is not complete JSON: download and upload it again`);
    } finally{
        stream.destroy();
    }
}
/** `[i].mapping.<node>.message`, by difegam.github.io/chatgpt-to-markdown/explanation/export-format. */ let Gatherer = class Gatherer {
    #found;
    #conversation;
    #message;
    #mapping;
    taken() {
        const found = this.#found;
        this.#found = [];
        return found;
    }
    scalar(path, value) {
        if (path.length === 1) this.#end(false);
        else if (path.length === 2) this.#keep(this.#conversation, String(path[1]), value);
        else if (path[1] === 'mapping' && path[3] === 'message' && path.length < 7) this.#keep(this.#message, path.slice(4).join('.'), value);
    }
    close(path, kind) {
        if (path.length === 4 && path[1] === 'mapping' && path[3] === 'message') this.#endMessage();
        else if (path.length === 2 && path[1] === 'mapping') this.#mapping = kind === 'object';
        else if (path.length === 1) this.#end(typeof path[0] === 'number' && this.#mapping);
        else if (path.length === 0 && kind === 'object') this.#end(false);
    }
    /** Only what is used: everything else, titles first of all, is gone with the next token. */ #keep(facts, name, value) {
        if (KEPT.has(name)) facts[name] = value;
    }
    #endMessage() {
        const { 'author.role': role, create_time: at, 'metadata.model_slug': model } = this.#message;
        const { 'content.content_type': type, 'metadata.is_user_system_message': system } = this.#message;
        const isContext = system === true || String(type).endsWith('_editable_context');
        const hidden = this.#message['metadata.is_visually_hidden_from_conversation'] === true;
        this.#found.push({
            kind: 'message',
            role,
            at,
            model,
            isContext,
            hidden
        });
        this.#message = {};
    }
    #end(whole) {
        const { id, conversation_id, update_time, create_time, default_model_slug } = this.#conversation;
        this.#found.push({
            kind: 'conversation',
            id: conversation_id ?? id,
            updated: update_time ?? create_time,
            model: default_model_slug,
            whole
        });
        this.#conversation = {};
        this.#mapping = false;
    }
    constructor(){
        this.#found = [];
        this.#conversation = {};
        this.#message = {};
        this.#mapping = false;
    }
};
const KEPT = new Set([
    'id',
    'conversation_id',
    'update_time',
    'create_time',
    'default_model_slug',
    'author.role',
    'content.content_type',
    'metadata.is_user_system_message',
    'metadata.is_visually_hidden_from_conversation',
    'metadata.model_slug'
]);

//# sourceMappingURL=chats.js.map