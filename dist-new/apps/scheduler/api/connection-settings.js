import { checkInput } from '#lib/contracts/api';
import { problem, ProblemException } from './problem.js';
/** What every connector may find beside its own secrets: when the user consented. */ const ALSO = 'consented_at';
/** An upload names its file later. */ const comesLater = ({ transport }, { field }, config)=>transport === 'file_import' && field === 'config.file' && !Object.hasOwn(config, 'file');
function wrongSecrets({ id, secrets, secretsOf }, given) {
    const known = secretsOf?.(given.config) ?? secrets;
    const told = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
    return Object.keys(given.credentials ?? {}).filter((name)=>name !== ALSO && !known.includes(name)).map((name)=>({
            field: `credentials.${name}`,
            message: `is no secret that ${id} looks for: ${told}`,
            code: 'unknown_secret'
        }));
}
/**
 * Holds a connection against what the connector that serves it takes, where that is known here: it is named, or connectors do the
 * work. A product's own engine gives settings a meaning of its own.
 * @throws {ProblemException} 422 with each field that could not work
 */ export function assertSettings({ connectors, connectorsServe }, given) {
    const manifest = connectors.manifestOf(given);
    if (manifest === undefined || given.connector === undefined && !connectorsServe) return;
    const { config = {} } = given;
    const checked = checkInput(manifest.config, connectors.withDefaults(manifest.id, config), 'config');
    const settings = checked.ok ? [] : checked.errors.filter((error)=>!comesLater(manifest, error, config));
    const wrong = settings.length > 0 ? settings : wrongSecrets(manifest, given);
    if (wrong.length === 0) return;
    const told = wrong.map(({ field, message })=>`${field}: ${message}`).join('; ');
    throw new ProblemException(problem(422, 'invalid_body', `${manifest.id} cannot use this: ${told.slice(0, 1_000)}`, {
        errors: wrong
    }));
}

//# sourceMappingURL=connection-settings.js.map