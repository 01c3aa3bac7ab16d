import { Tokenizer, TokenType } from '@streamparser/json';
/** ChatGPT nests some ten deep. */ const MAX_DEPTH = 200;
/** A message with a pasted book has some megabytes; a string is held as a whole, so it has to end. */ const MAX_STRING_BYTES = 16 * 1024 * 1024;
/** With a buffer, strings of many pieces cost no string for each piece. */ const STRING_BUFFER = 64 * 1024;
/**
 * Walks JSON by its tokens and builds nothing of it: a conversation of any size costs no more than its longest string.
 * Throws at what is not JSON, at over 200 levels, and at a string over 16 MiB.
 */ export class JsonWalk {
    #tokenizer;
    #path;
    #levels;
    #expected;
    #sinceToken;
    constructor(visitor){
        this.visitor = visitor;
        this.#tokenizer = new Tokenizer({
            stringBufferSize: STRING_BUFFER,
            numberBufferSize: 64
        });
        this.#path = [];
        this.#levels = [];
        this.#expected = 'value';
        this.#sinceToken = 0;
        this.#tokenizer.onToken = (token)=>this.#take(token);
    }
    write(piece) {
        this.#sinceToken += piece.length;
        this.#tokenizer.write(piece);
        if (this.#sinceToken > MAX_STRING_BYTES) throw new Error('a string without end');
    }
    finish() {
        if (this.#expected !== 'end') throw new Error('cut off');
    }
    #take({ token, value }) {
        this.#sinceToken = 0;
        switch(token){
            case TokenType.LEFT_BRACE:
                return this.#open('object');
            case TokenType.LEFT_BRACKET:
                return this.#open('array');
            case TokenType.RIGHT_BRACE:
                return this.#close('object');
            case TokenType.RIGHT_BRACKET:
                return this.#close('array');
            case TokenType.COLON:
                return this.#step('colon', 'value');
            case TokenType.COMMA:
                return this.#comma();
            case TokenType.STRING:
                if (this.#expected === 'name') return this.#name(String(value));
                return this.#scalar(String(value));
            default:
                return this.#scalar(value);
        }
    }
    #open(kind) {
        this.#step('value', kind === 'object' ? 'name' : 'value');
        if (this.#levels.push({
            kind,
            count: 0
        }) > MAX_DEPTH) throw new Error('nested too deep');
        this.#path.push(kind === 'object' ? '' : 0);
    }
    #close(kind) {
        const level = this.#levels.pop();
        // An empty container ends where its first element would begin.
        const first = kind === 'object' ? 'name' : 'value';
        const ends = this.#expected === 'next' || level?.count === 0 && this.#expected === first;
        if (level?.kind !== kind || !ends) throw new Error('unexpected end');
        this.#path.pop();
        this.visitor.close(this.#path, kind);
        this.#passed();
    }
    #comma() {
        const level = this.#levels.at(-1);
        this.#step('next', level?.kind === 'object' ? 'name' : 'value');
        if (level?.kind === 'array') this.#path[this.#path.length - 1] = level.count;
    }
    #name(name) {
        this.#step('name', 'colon');
        this.#path[this.#path.length - 1] = name;
    }
    #scalar(value) {
        this.#step('value', 'value');
        if (this.#levels.length === 0) throw new Error('neither list nor object');
        this.visitor.scalar(this.#path, value);
        this.#passed();
    }
    #passed() {
        const level = this.#levels.at(-1);
        if (level !== undefined) level.count++;
        this.#expected = level === undefined ? 'end' : 'next';
    }
    #step(from, to) {
        if (this.#expected !== from) throw new Error('unexpected token');
        this.#expected = to;
    }
}

//# sourceMappingURL=json-walk.js.map