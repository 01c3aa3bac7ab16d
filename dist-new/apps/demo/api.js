/** The service's HTTP API, as any client would call it. */ export class Api {
    constructor(url){
        this.url = url;
        this.get = (path)=>this.#send('GET', path);
        this.post = (path, body)=>this.#send('POST', path, body);
        this.put = (path, body)=>this.#send('PUT', path, body);
    }
    async #send(method, path, body) {
        const response = await fetch(this.url + path, {
            method,
            ...body === undefined ? {} : {
                headers: {
                    'content-type': 'application/json'
                },
                body: JSON.stringify(body)
            }
        });
        return {
            status: response.status,
            body: await response.json()
        };
    }
    /** Calls back for each live event until the signal ends it. */ async follow(signal, on) {
        const response = await fetch(`${this.url}/v1/events?after=0`, {
            signal
        });
        let text = '';
        for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []){
            text += chunk;
            const frames = text.split('\n\n');
            text = frames.pop() ?? '';
            for (const frame of frames){
                const data = /^data: (.*)$/m.exec(frame)?.[1];
                if (data !== undefined) on(JSON.parse(data));
            }
        }
    }
}

//# sourceMappingURL=api.js.map