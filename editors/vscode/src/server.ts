/** Finds the server to run: the setting's, the project's, PATH's or the bundled one, in this order. */

import * as path from 'node:path';

export interface Server {
	readonly command: string;
	readonly args: readonly string[];
	/** Why this one, for the log. */
	readonly why: string;
}

export interface Missing {
	/** What was looked at and not found, a line each, for the log. */
	readonly looked: readonly string[];
	/** What to tell the person. */
	readonly message: string;
}

/** Everything that the search depends on, so that it can be tested without an editor or a disk. */
export interface Surroundings {
	/** The setting `mlq.path`, empty where unset. */
	readonly setting: string;
	/** Whether programs that the workspace brings along may run. */
	readonly isTrusted: boolean;
	/** The workspace's folders, the first one first. */
	readonly folders: readonly string[];
	/** The interpreter that the Python extension has selected, where there is one. */
	readonly interpreter?: string | undefined;
	/** The entries of PATH. */
	readonly searchPath: readonly string[];
	/** The script that runs the bundled server. */
	readonly bundle: string;
	readonly home: string;
	readonly isWindows: boolean;
	readonly exists: (file: string) => boolean;
}

export function findServer(where: Surroundings): Server | Missing {
	if (where.setting) {
		return fromSetting(where);
	}
	const looked: string[] = [];
	for (const find of [fromInterpreter, fromSearchPath, fromBundle]) {
		const server = find(where, looked);
		if (server) {
			return server;
		}
	}
	return {
		looked,
		message: 'mlq: the language server is not installed. Run "pip install mlq-lsp" in the project\'s environment, or set mlq.path.',
	};
}

export function isServer(found: Server | Missing): found is Server {
	return 'command' in found;
}

function fromSetting(where: Surroundings): Server | Missing {
	const command = expand(where.setting, where);
	if (where.exists(command)) {
		return { command, args: [], why: 'the setting mlq.path names it' };
	}
	// A wrong setting is the person's to mend: another server in its place would only hide it.
	return {
		looked: [`${command}: the setting mlq.path names it, but there is no such file`],
		message: `mlq: there is no language server at ${command}, where the setting mlq.path says it is.`,
	};
}

function fromInterpreter(where: Surroundings, looked: string[]): Server | undefined {
	const interpreters = projectInterpreters(where);
	if (!where.isTrusted) {
		looked.push("the project's interpreter: not looked at, the workspace is not trusted");
		return undefined;
	}
	if (interpreters.length === 0) {
		looked.push("the project's interpreter: none is selected, and no folder has a .venv or venv");
	}
	for (const interpreter of interpreters) {
		const scripts = scriptsBeside(interpreter, where);
		const command = scripts.find(where.exists);
		if (command) {
			return { command, args: [], why: `it is installed with the project's interpreter, ${interpreter}` };
		}
		looked.push(`${interpreter}: mlq-lsp is not installed with it`);
	}
	return undefined;
}

/** The selected interpreter and those of the folders' virtual environments, best first. */
function projectInterpreters(where: Surroundings): string[] {
	const python = where.isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
	const environments = where.folders.flatMap((folder) =>
		['.venv', 'venv'].map((name) => path.join(folder, name, ...python)),
	);
	const selected = where.interpreter ? [where.interpreter] : [];
	return [...new Set([...selected, ...environments.filter(where.exists)])];
}

function scriptsBeside(interpreter: string, where: Surroundings): string[] {
	const folder = path.dirname(interpreter);
	// Conda keeps python.exe above Scripts, venv beside the scripts.
	return where.isWindows
		? [path.join(folder, 'mlq-lsp.exe'), path.join(folder, 'Scripts', 'mlq-lsp.exe')]
		: [path.join(folder, 'mlq-lsp')];
}

function fromSearchPath(where: Surroundings, looked: string[]): Server | undefined {
	const command = onSearchPath(where, where.isWindows ? ['mlq-lsp.exe'] : ['mlq-lsp']);
	if (command) {
		return { command, args: [], why: 'it is on PATH' };
	}
	looked.push('PATH: there is no mlq-lsp on it');
	return undefined;
}

function fromBundle(where: Surroundings, looked: string[]): Server | undefined {
	if (!where.exists(where.bundle)) {
		looked.push('the bundled server: this build of the extension has none');
		return undefined;
	}
	const projects = where.isTrusted ? projectInterpreters(where)[0] : undefined;
	const names = where.isWindows ? ['python.exe'] : ['python3', 'python'];
	const python = projects ?? onSearchPath(where, names);
	if (!python) {
		looked.push('the bundled server: there is no Python to run it with');
		return undefined;
	}
	// -I: neither the folder's files nor the person's packages get between the bundle and its own.
	return { command: python, args: ['-I', where.bundle], why: `nothing else was found, and ${python} runs the bundled one` };
}

function onSearchPath(where: Surroundings, names: readonly string[]): string | undefined {
	// A relative entry would mean a program of the workspace.
	const folders = where.searchPath.filter((folder) => path.isAbsolute(folder));
	return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(where.exists);
}

function expand(setting: string, where: Surroundings): string {
	return setting
		.replace(/^~(?=$|[\\/])/, where.home)
		.replaceAll('${workspaceFolder}', where.folders[0] ?? '');
}
