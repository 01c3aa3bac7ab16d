import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError } from './config.js';
/**
 * The default export of a module that the configuration names: a path from the working folder that begins with a dot
 * or a slash, or a package's name. What is a function is called first.
 * @throws {ConfigurationError} where it cannot be loaded.
 */ export async function loadModule(setting, named) {
    const url = /^[./]/.test(named) ? pathToFileURL(resolve(named)).href : named;
    try {
        const exported = (await import(url)).default;
        return typeof exported === 'function' ? await exported() : exported;
    } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new ConfigurationError(`${setting}=${named} cannot be loaded: ${why}`);
    }
}

//# sourceMappingURL=load-module.js.map